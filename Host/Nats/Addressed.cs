using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Host.Nats;

/// <summary>A request that changes something, and the stream that it goes to.</summary>
/// <param name="Stream">Of a conversation; or of the caller, which nobody else can address.</param>
/// <param name="Client">The client's id of the request.</param>
/// <param name="Command">What is wanted.</param>
/// <param name="Normal">The request in its normal form, for its digest.</param>
internal sealed record Addressed(StreamKey Stream, ClientId Client, AnyCommand Command, byte[] Normal)
{
    public static Addressed? Of(TenantId tenant, Address to, Ask ask) =>
        ask switch
        {
            Ask.Change change => new(
                StreamKey.Of(tenant, change.Conversation ?? Created(tenant, to, change)),
                change.Client,
                change.Command,
                RequestBodies.Normal(change.Command)
            ),
            Ask.ChangeSelf self => new(
                StreamKey.Of(tenant, to.Person),
                self.Client,
                self.Command,
                PeopleRequests.Normal(self.Command)
            ),
            Ask.ChangePair pair => new(
                StreamKey.Of(tenant, to.Person, pair.Command.Other),
                pair.Client,
                pair.Command,
                PairRequests.Normal(pair.Command)
            ),
            _ => null,
        };

    private static ConversationId Created(TenantId tenant, Address to, Ask.Change change) =>
        Conversation.IdOf(tenant, to.Person, to.Device, change.Client, (Command.Create)change.Command);
}
