using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>What one line of a log says. Every line is one entry, so that none is lost silently.</summary>
public abstract record Entry
{
    private Entry() { }

    /// <summary>Somebody said something.</summary>
    /// <param name="Nick">Who, as the log writes it.</param>
    /// <param name="Text">What, to the last blank.</param>
    public sealed record Said(string Nick, string Text) : Entry;

    /// <summary>Somebody did something: IRC's <c>/me</c>.</summary>
    public sealed record Acted(string Nick, string Text) : Entry;

    /// <summary>Somebody came in.</summary>
    public sealed record Joined(string Nick) : Entry;

    /// <summary>Somebody left the channel.</summary>
    public sealed record Left(string Nick, string Reason) : Entry;

    /// <summary>Somebody left the network, of their own will or not.</summary>
    public sealed record Quit(string Nick, string Reason) : Entry;

    /// <summary>Somebody was put out.</summary>
    public sealed record Kicked(string Nick, string By, string Reason) : Entry;

    /// <summary>Somebody goes by another nick.</summary>
    public sealed record Renamed(string Old, string New) : Entry;

    /// <summary>The channel is about something else.</summary>
    /// <param name="By">Who said so; null where the log does not tell.</param>
    /// <param name="Topic">The topic.</param>
    public sealed record TopicSet(string? By, string Topic) : Entry;

    /// <summary>A mode was changed.</summary>
    public sealed record ModeChanged(string Text) : Entry;

    /// <summary>Anything else that the server or the logging client had to say.</summary>
    public sealed record Noticed(string Text) : Entry;

    /// <summary>A line that says nothing that can be kept, with the reason.</summary>
    public sealed record Malformed(string Why) : Entry;
}

/// <summary>A line of a log in its place.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Raw">The line as decoded, without its line ending.</param>
/// <param name="At">When, to the minute; of a line without a time, when the timed line before it was.</param>
/// <param name="Entry">What it says.</param>
public sealed record LogLine(int Number, string Raw, Instant At, Entry Entry);
