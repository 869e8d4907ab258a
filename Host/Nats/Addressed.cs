using Chat.Domain.Conversations;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Host.Nats;

/// <summary>A request that changes something, and the stream that it goes to.</summary>
/// <param name="Stream">
/// Of a conversation or its desk; of somebody, for the staff; or of the caller, or of them and another, which nobody
/// else can address.
/// </param>
/// <param name="Client">The client's id of the request.</param>
/// <param name="Command">What is wanted.</param>
/// <param name="Normal">The request in its normal form, for its digest.</param>
internal sealed record Addressed(StreamKey Stream, ClientId Client, AnyCommand Command, byte[] Normal)
{
    /// <summary>
    /// What changes something; null for a query, and for what is asked of the staff, or by them, where there is none.
    /// </summary>
    public static Addressed? Of(TenantId tenant, Address to, Ask ask, ConversationId? staff) =>
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
            Ask.ChangeDesk desk when DeskOf(desk.Command, staff) is { } place => new(
                StreamKey.Desk(tenant, place),
                desk.Client,
                desk.Command,
                ReportRequests.Normal(desk.Command)
            ),
            Ask.ChangeRoom room => new(
                StreamKey.Of(tenant, room.Room ?? Domain.Rooms.Room.IdOf(tenant, to.Person, to.Device, room.Client)),
                room.Client,
                room.Command,
                RoomRequests.Normal(room.Command)
            ),
            Ask.Play { What: { } what } play => new(
                StreamKey.Of(tenant, play.Room),
                play.Client,
                new Domain.Rooms.Command.Play(what, Dice()),
                TableData.Normal(what)
            ),
            Ask.ChangePlace place => new(
                StreamKey.Place(tenant, place.Of ?? to.Person),
                place.Client,
                place.Command,
                HouseRequests.Normal(place.Command, place.Of ?? to.Person)
            ),
            Ask.ChangeLine line => new(
                StreamKey.Line(tenant, to.Person, line.Other),
                line.Client,
                line.Command,
                CallRequests.Normal(line.Command)
            ),
            Ask.Suspend suspend when staff is { } place => new(
                StreamKey.Of(tenant, suspend.Who),
                suspend.Client,
                new Domain.People.Command.Suspend(place, suspend.ForMs, suspend.Why),
                SuspensionRequests.Normal(suspend)
            ),
            Ask.Restore restore when staff is { } place => new(
                StreamKey.Of(tenant, restore.Who),
                restore.Client,
                new Domain.People.Command.Restore(place),
                SuspensionRequests.Normal(restore)
            ),
            _ => null,
        };

    private static Secret Dice() => new(Bits256.Of(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)));

    private static ConversationId? DeskOf(Domain.Desks.Command command, ConversationId? staff) =>
        command switch
        {
            Domain.Desks.Command.File file => file.To ?? staff,
            Domain.Desks.Command.Assign assign => assign.Place,
            Domain.Desks.Command.Look look => look.Place,
            Domain.Desks.Command.Settle settle => settle.Place,
            // It comes with what it is about.
            Domain.Desks.Command.Flag => null,
        };

    private static ConversationId Created(TenantId tenant, Address to, Ask.Change change) =>
        Conversation.IdOf(tenant, to.Person, to.Device, change.Client, (Command.Create)change.Command);
}
