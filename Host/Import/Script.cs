using System.Collections.Immutable;
using Chat.Domain.Conversations;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>One request of an import.</summary>
/// <param name="Line">The line that it comes of; 0 for what the import adds before the first.</param>
/// <param name="Person">Who asks.</param>
/// <param name="Client">The id of the request: the same on every run, which is what makes an import resumable.</param>
/// <param name="Command">What they ask.</param>
/// <param name="OccurredAt">When it happened.</param>
public sealed record ImportStep(int Line, PersonId Person, ClientId Client, Command Command, Instant OccurredAt);

/// <summary>A line of which the conversation keeps nothing, with the reason.</summary>
public sealed record Unkept(int Line, string Raw, string Why);

/// <summary>How many lines there are of each kind; together all of them.</summary>
public sealed record LineCounts(
    int Said,
    int Acted,
    int Joined,
    int Left,
    int Renamed,
    int TopicSet,
    int Notices,
    int Malformed
)
{
    /// <summary>All lines.</summary>
    public int All => Said + Acted + Joined + Left + Renamed + TopicSet + Notices + Malformed;
}

/// <summary>
/// A log as the requests that make a conversation of it. Every step changes something when it is first carried out, in
/// this order: a step that found things "already so" would leave no trace, and might do something on a later run.
/// </summary>
/// <param name="Name">The channel's name.</param>
/// <param name="Conversation">Its id: it follows from the first step.</param>
/// <param name="Start">When the first line was.</param>
/// <param name="Steps">The requests, in order.</param>
/// <param name="Lines">The kinds of the log's lines.</param>
/// <param name="People">The people behind its nicks.</param>
/// <param name="Implied">Steps that no line says, but that must have happened: the log begins in the middle.</param>
/// <param name="Malformed">Lines that say nothing that can be kept.</param>
/// <param name="NotKept">Lines that a conversation has no event for: modes, notices, and changes that change
/// nothing.</param>
public sealed record Script(
    string Name,
    ConversationId Conversation,
    Instant Start,
    ImmutableArray<ImportStep> Steps,
    LineCounts Lines,
    int People,
    int Implied,
    ImmutableArray<Unkept> Malformed,
    ImmutableArray<Unkept> NotKept
)
{
    /// <summary>Who creates the channels and says their topics. A capital letter: no nick's person has one.</summary>
    public static PersonId Importer { get; } = PersonId.Of("IRC-import");

    /// <summary>The device of all that is imported.</summary>
    public static DeviceId Device { get; } = DeviceId.Of("irc-import");

    /// <summary>
    /// What a channel is called without a name of its own: the file's, without what tells that it is a log.
    /// </summary>
    public static string NameOf(string file)
    {
        foreach (var end in (ReadOnlySpan<string>)[".raw.txt", ".txt", ".log"])
            if (file.EndsWith(end, StringComparison.OrdinalIgnoreCase) && file.Length > end.Length)
                return file[..^end.Length];
        return file;
    }

    /// <summary>The script of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="name">The channel's name; the file's if null. A log under another name is another import.</param>
    /// <param name="tenant">The tenant; the main one by default.</param>
    /// <exception cref="ArgumentException">It cannot be the name of a conversation.</exception>
    public static Script Of(IrcLog log, string? name = null, TenantId? tenant = null)
    {
        var channel = ConversationName
            .Create(name ?? NameOf(log.File))
            .Match(
                Succ: made => made,
                Fail: faults => throw new ArgumentException($"the name: {faults[0].Rule}", nameof(name))
            );
        var writing = new Writing(log, channel, tenant ?? TenantId.Main);
        foreach (var line in log.Lines)
            writing.Write(line);
        return writing.Done();
    }
}
