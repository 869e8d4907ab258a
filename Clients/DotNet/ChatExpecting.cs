using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Protocol.Following;

namespace Chat.Client;

/// <summary>Asking with an eye on what will come of it, before a host has said so.</summary>
public static class ChatExpecting
{
    /// <summary>Changes a conversation, and lays that over what is held until it is seen or refused.</summary>
    public static Task<Either<Refusal, Receipt>> AskAsync(
        this ChatSession session,
        ConversationId conversation,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    ) => session.Outgoing.AskAsync(conversation, command, id ?? ChatClient.NewId(), stop);

    /// <summary>
    /// A conversation with all that was asked of it through the session and is not seen yet laid over it, and what is
    /// to be expected of each. What others did meanwhile comes before it; nothing of it counts as accepted.
    /// </summary>
    public static Option<(ConversationView View, Seq<Expected> Each)> Expect(
        this ChatSession session,
        ConversationId conversation
    ) => session.Outgoing.Over(conversation);
}

/// <summary>What a session has asked and does not see yet.</summary>
internal sealed class Outgoing(ChatSession session, ChatClient client, TimeProvider clock)
{
    private readonly Lock gate = new();
    private HashMap<ConversationId, Outbox> outboxes;

    public async Task<Either<Refusal, Receipt>> AskAsync(
        ConversationId conversation,
        Command command,
        ClientId id,
        CancellationToken stop
    )
    {
        var at = new Instant(clock.GetUtcNow().ToUnixTimeMilliseconds());
        Change(conversation, (outbox, _) => outbox.Ask(id, command, at));
        var answer = await client.ChangeAsync(conversation, command, id, stop);
        Change(conversation, (outbox, held) => outbox.Answered(id, answer, held));
        return answer;
    }

    public Option<(ConversationView View, Seq<Expected> Each)> Over(ConversationId conversation)
    {
        lock (gate)
            return session
                .Find(conversation)
                .Map(held => outboxes.Find(conversation).IfNone(Outbox.Empty).Over(held, client.Options.Device));
    }

    private void Change(ConversationId conversation, Func<Outbox, Option<ConversationView>, Outbox> change)
    {
        lock (gate)
        {
            var held = session.Find(conversation);
            var changed = change(outboxes.Find(conversation).IfNone(Outbox.Empty), held);
            outboxes = outboxes.AddOrUpdate(conversation, held.Map(changed.Seen).IfNone(changed));
        }
    }
}
