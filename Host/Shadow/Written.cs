using Chat.Domain.Conversations;
using Chat.Host.Nats;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Host.Shadow;

/// <summary>
/// A request as a client writes it: the form that the protocol promises, and so the one that a later version reads.
/// </summary>
/// <param name="Area">The area of its subject.</param>
/// <param name="Id">What it addresses there.</param>
/// <param name="Verb">Its verb.</param>
/// <param name="Body">Its body as MessagePack.</param>
/// <param name="Staff">Who the staff were, where it matters.</param>
internal sealed record Written(string Area, string Id, string Verb, byte[] Body, ConversationId? Staff)
{
    /// <summary>A request's form; null for what nobody can ask.</summary>
    public static Written? Of(Arrival.Request request) =>
        request.Command switch
        {
            Command command => new Written(
                "conversation",
                command is Command.Create ? Subjects.Nothing : request.Stream.Id,
                RequestBodies.VerbOf(command),
                RequestBodies.Of(command, request.Client),
                null
            ),
            Domain.People.Command.Suspend one => OfStaff(
                new Ask.Suspend(request.Client, PersonId.Of(request.Stream.Id), one.ForMs, one.Why),
                one.Staff
            ),
            Domain.People.Command.Restore one => OfStaff(
                new Ask.Restore(request.Client, PersonId.Of(request.Stream.Id)),
                one.Staff
            ),
            Domain.People.Command self => Of(
                PeopleRequests.AddressOf(self),
                PeopleRequests.Of(self, request.Client),
                null
            ),
            Domain.Pairs.Command pair => Of(PairRequests.AddressOf(pair), PairRequests.Of(request.Client), null),
            Domain.Desks.Command.Flag => null,
            Domain.Desks.Command desk => Of(
                ReportRequests.AddressOf(desk),
                ReportRequests.Of(desk, request.Client),
                request.Stream.Conversation
            ),
            Domain.Rooms.Command.Elapse => null,
            Domain.Rooms.Command room => new Written(
                "room",
                room is Domain.Rooms.Command.Light ? Subjects.Nothing : request.Stream.Id,
                RoomRequests.VerbOf(room),
                RoomRequests.Of(room, request.Client),
                null
            ),
            Domain.Places.Command place => OfHouse(place, PersonId.Of(request.Stream.Id), request.Client),
            // Whom a call is with is not in what is asked of the line.
            _ => null,
        };

    /// <summary>What it asks, as this version reads it; a refusal where it would not take it.</summary>
    public Either<Refusal, Addressed> Read(Origin origin)
    {
        var to = new Address(origin.Person, origin.Device, Area, Id, Verb);
        return Fields
            .Read(Body)
            .Bind(fields => Requests.Parse(to, fields))
            .Bind(ask =>
                Addressed.Of(origin.Stream.Tenant, to, ask, Staff) is { } change
                    ? Right<Refusal, Addressed>(change)
                    : Left<Refusal, Addressed>(new Refusal.Unsupported("verb.changes_nothing"))
            );
    }

    private static Written OfHouse(Domain.Places.Command place, PersonId of, ClientId client)
    {
        var (id, verb) = HouseRequests.AddressOf(place, of);
        return new Written("house", id, verb, HouseRequests.Of(place, client), null);
    }

    private static Written OfStaff(Ask ask, ConversationId staff) =>
        Of(SuspensionRequests.AddressOf(ask), SuspensionRequests.Of(ask), staff);

    private static Written Of((string Area, string Id, string Verb) to, byte[] body, ConversationId? staff) =>
        new(to.Area, to.Id, to.Verb, body, staff);
}
