namespace Chat.Domain.Desks;

/// <summary>What somebody wants of those who look after a conversation, or of the staff.</summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>
    /// Tell them of something. Who is told is whoever handles reports there, less whom it is about; nobody else learns
    /// of it.
    /// </summary>
    /// <param name="To">
    /// The conversation whose moderators are told, by a member and of what is in it; null for the staff, who are told
    /// of anything.
    /// </param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="Why">What is wrong with it.</param>
    /// <param name="Words">More on that.</param>
    public sealed record File(ConversationId? To, Subject Subject, Cause Why, Reason? Words) : Command;

    /// <summary>
    /// Tell the moderators of a message of whoever asks, because a rule about words flags it. Nobody asks this by
    /// itself: it comes with the message.
    /// </summary>
    public sealed record Flag(ConversationId Place, long Seq, WordRuleId Rule) : Command;

    /// <summary>Give a report to one of those who handle them, or to nobody in particular.</summary>
    public sealed record Assign(ConversationId Place, long Report, PersonId? To) : Command;

    /// <summary>
    /// Look at the message that a report is about, wherever it was said: at that one, for a while. That one did, and
    /// why, stays.
    /// </summary>
    public sealed record Look(ConversationId Place, long Report, Reason Why) : Command;

    /// <summary>Have done with a report.</summary>
    public sealed record Settle(ConversationId Place, long Report, Outcome Outcome, Reason? Note) : Command;
}
