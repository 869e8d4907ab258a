using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>What a device asks to follow its conversations; <see cref="ChatSession"/> asks it by itself.</summary>
public static class ChatResuming
{
    /// <summary>A page of what was missed since a cursor, and what some conversations come to.</summary>
    public static Task<Either<Refusal, ResumePage>> ResumeAsync(
        this ChatClient client,
        string? cursor,
        Listing<ConversationId>? certify = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "sync",
            Subjects.Nothing,
            "resume",
            AskBodies.Resume(cursor, certify ?? []),
            Decoding.Resume,
            stop
        );

    /// <summary>
    /// All that is needed to begin a conversation anew, of one moment: what it is, and its newest messages. In what had
    /// drifted that was held is for the host's operators.
    /// </summary>
    public static Task<Either<Refusal, Resumption.Reset>> BeginAsync(
        this ChatClient client,
        ConversationId conversation,
        Listing<ViewPart>? drifted = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "begin",
            AskBodies.Begin(drifted ?? []),
            Decoding.Begun,
            stop
        );
}
