using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>What a message carries beside its words.</summary>
public enum Carried
{
    /// <summary>A file, of whatever sort.</summary>
    File = 1,

    /// <summary>A picture.</summary>
    Picture = 2,
}

/// <summary>What there is to say of it.</summary>
public static class Carrying
{
    /// <summary>Whether a file is one such.</summary>
    public static bool Is(this Carried sort, Attachment file) => sort is Carried.File || file.IsPicture;
}

/// <summary>
/// What somebody looks for among the messages that they may see. All of it must be so; a query without a word, an
/// author, a mention and something carried finds nothing.
/// </summary>
/// <param name="Words">Every word of these stands in the message.</param>
/// <param name="Author">Who said it.</param>
/// <param name="Mention">Whom it mentions.</param>
/// <param name="Before">It was said earlier than this.</param>
/// <param name="After">It was said later than this.</param>
/// <param name="Has">It carries one such at least.</param>
public sealed record SearchQuery(
    SearchWords? Words,
    PersonId? Author = null,
    PersonId? Mention = null,
    Instant? Before = null,
    Instant? After = null,
    Carried? Has = null
)
{
    /// <summary>What a message must be found by.</summary>
    public Listing<string> Wanted => Words is null ? Listing<string>.Empty : Lexemes.Of(Words);

    /// <summary>Whether nothing can be found: words without a word in them, or nothing to go by.</summary>
    public bool FindsNothing => Words is null ? Author is null && Mention is null && Has is null : Wanted.Count == 0;

    /// <summary>When a message was said: what was imported, where it happened, but never after it came here.</summary>
    public static Instant SaidAt(Instant at, Instant? occurredAt) =>
        occurredAt is { } occurred && occurred < at ? occurred : at;

    /// <summary>Whether this is about a message, as its reader sees it. One that was taken back is not found.</summary>
    public bool Finds(Message message) =>
        !FindsNothing
        && !message.IsRedacted
        && message.Content is Content.Present present
        && (Author is not { } author || message.By == author)
        && (Mention is not { } mention || message.Mentions.Contains(mention))
        && (Has is not { } has || present.Files.Any(file => has.Is(file)))
        && IsInTime(SaidAt(message.At, message.OccurredAt))
        && Wanted.All(Lexemes.Of(present.Body).Contains);

    private bool IsInTime(Instant said) =>
        (Before is not { } before || said < before) && (After is not { } after || said > after);
}
