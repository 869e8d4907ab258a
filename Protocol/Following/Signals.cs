using Chat.Domain.Views;
using Chat.Protocol.Wire;

namespace Chat.Protocol.Following;

/// <summary>What a device that follows its conversations is told: by the host, or by its own clock.</summary>
public abstract record Signal
{
    private Signal() { }

    /// <summary>Something happened, as its person sees it.</summary>
    public sealed record Happened(ConversationId Conversation, Seen Seen) : Signal;

    /// <summary>How far conversations have got.</summary>
    public sealed record Announced(Ephemeral.Heads Heads) : Signal;

    /// <summary>Its person's own marks moved, on whichever of their devices.</summary>
    public sealed record Marked(ConversationId Conversation, Marks Marks) : Signal;

    /// <summary>
    /// It may have missed something: it is connected anew, something was dropped on the way, or some minutes have gone
    /// by.
    /// </summary>
    public sealed record Woken : Signal;

    /// <summary>A page of what was missed.</summary>
    public sealed record Resumed(ResumePage Page) : Signal;

    /// <summary>A conversation as it is, asked for by <see cref="Wish.Begin"/>.</summary>
    public sealed record Begun(Resumption.Reset Conversation) : Signal;

    /// <summary>There is no such conversation for this person.</summary>
    public sealed record Refused(ConversationId Conversation) : Signal;

    /// <summary>The cursor is of no use any more: everything from the start.</summary>
    public sealed record CursorRefused : Signal;

    /// <summary>What was asked for last was not answered, or not now.</summary>
    public sealed record Unanswered : Signal;
}

/// <summary>What a device wants done. Of questions there is one at a time.</summary>
public abstract record Wish
{
    private Wish() { }

    /// <summary>
    /// Ask for what was missed, and what some of what is held comes to: <see cref="Signal.Resumed"/>, or unanswered.
    /// </summary>
    public sealed record Resume(string? Cursor, Listing<ConversationId> Certify) : Wish;

    /// <summary>
    /// Ask for a conversation as it is, and say in what it had drifted: <see cref="Signal.Begun"/>, refused or
    /// unanswered.
    /// </summary>
    public sealed record Begin(ConversationId Conversation, Listing<ViewPart> Drifted) : Wish;

    /// <summary>Wake it soon: it could not get what it lacks.</summary>
    public sealed record WakeSoon : Wish;

    /// <summary>A view has changed.</summary>
    public sealed record Show(ConversationView View) : Wish;

    /// <summary>Its person is not in a conversation any more.</summary>
    public sealed record Drop(ConversationId Conversation) : Wish;
}
