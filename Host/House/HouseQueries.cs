using Chat.Domain.Closeness;
using Chat.Domain.Rooms;
using Chat.Host.Nats;
using Chat.Host.Store;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using Npgsql;

namespace Chat.Host.House;

/// <summary>Answers about the house and its rooms, and passes on what goes from one to others in a room.</summary>
internal sealed class HouseQueries(
    TenantId tenant,
    Presences presences,
    Func<PersonId, Tie, bool> isInHall,
    Sessions sessions,
    Veils veils,
    Rankings rankings,
    INatsConnection connection,
    Func<Instant> now
)
{
    public async Task<Either<Refusal, byte[]>> AnswerAsync(
        NpgsqlConnection connected,
        PersonId person,
        DeviceId device,
        Ask ask
    ) =>
        ask switch
        {
            Ask.House => HouseAnswers.Ok(await HouseAsync(connected, person)),
            Ask.Closest closest => MeetingAnswers.Ok(
                Listing.From((await rankings.CurrentAsync(connected, person)).Take(closest.Limit))
            ),
            Ask.Look look => await LookAsync(connected, person, look.Room),
            Ask.Here here => Here(person, device, here),
            Ask.Fling fling => (await InsideAsync(connected, person, fling.Room)).Map(room =>
                Fling(person, fling, room)
            ),
            Ask.GameLog log => (await InsideAsync(connected, person, log.Room)).Bind(LogOf),
            Ask.Pass pass => Pass(person, device, pass, await RoomAsync(connected, pass.Room)),
            _ => new Refusal.Unsupported("verb.unknown"),
        };

    private Either<Refusal, byte[]> Here(PersonId person, DeviceId device, Ask.Here here)
    {
        if (here.IsAway)
            presences.End(person, device);
        else
            presences.Renew(person, device, here.IsSneaking);
        return HouseAnswers.Leased(Presences.LeaseMs);
    }

    private async Task<HouseView> HouseAsync(NpgsqlConnection connected, PersonId person)
    {
        var place = await HouseReads.PlaceAsync(connected, tenant, person);
        var friends = await HouseReads.FriendsAsync(connected, person);
        var closed = await HouseReads.ClosedAsync(connected, person);
        var byPerson = friends.ToDictionary(friend => friend.Person);
        var cards = new List<Card>();
        foreach (var room in RoomsOf(place, friends))
            (await CardAsync(connected, person, room, TieTo)).IfSome(cards.Add);
        var seen = cards.Where(card => card.Occupants is not null).Select(card => card.Room).ToHashSet();
        var mine = new Mine(
            place.Room,
            place.IsPrivate,
            presences.IsSneaking(person),
            Listing.From(place.Ghosted),
            Listing.From(place.Muted),
            place.Quiet
        )
        {
            OnCallWith = place.OnCallWith,
        };
        var here = friends.Where(one => !one.IsGhost).SelectMany(one => WhereIs(one, seen)).ToList();
        // Nothing is to be ordered of one.
        var ranking = here.Count + seen.Count > 2 ? await rankings.OfAsync(connected, person) : Ranking.Nobody;
        return new HouseView(
            mine,
            ranking.Order(here, one => one.Person),
            ranking.Order(cards),
            Listing.From(WavesOf(place))
        );

        Tie TieTo(PersonId other) =>
            byPerson.TryGetValue(other, out var friend)
                ? new Tie(true, closed.Contains(other), friend.IsGhost)
                : new Tie(false, closed.Contains(other), false);
    }

    // By their ids where there are too many: who is in which is not to be told by which are left out.
    private static IEnumerable<RoomId> RoomsOf(Domain.Places.State place, List<FriendPlace> friends) =>
        friends
            .Where(friend => !friend.IsGhost)
            .Select(friend => friend.Room)
            .Order()
            .Prepend(place.Room)
            .OfType<RoomId>()
            .Distinct()
            .Take(HouseAnswers.MaxRooms);

    // Of who is in a locked room nothing is said, not even that they are in.
    private Option<FriendHere> WhereIs(FriendPlace friend, System.Collections.Generic.HashSet<RoomId> seen) =>
        friend.Room is { } room
            ? seen.Contains(room)
                ? Some(new FriendHere(friend.Person, Whereabouts.Room, room))
                : None
            : isInHall(friend.Person, new Tie(true, false, friend.IsGhost))
                ? Some(new FriendHere(friend.Person, Whereabouts.Hall, null))
                : None;

    private static IEnumerable<WaveAt> WavesOf(Domain.Places.State place) =>
        place
            .Waves.AsEnumerable()
            .Where(one => !one.Value.IsSeen && !place.Muted.Contains(one.Key))
            .OrderBy(one => one.Value.At.Milliseconds)
            .Select(one => new WaveAt(one.Key, one.Value.At, one.Value.Room, one.Value.IsBuzz));

    private async Task<Option<Card>> CardAsync(
        NpgsqlConnection connected,
        PersonId person,
        RoomId room,
        Func<PersonId, Tie> tie
    ) => Card.Of(room, await RoomAsync(connected, room), person, tie);

    private async Task<State> RoomAsync(NpgsqlConnection connected, RoomId room) =>
        (State)(await StreamReads.LoadAsync(connected, StreamKey.Of(tenant, room))).Current.State;

    private async Task<Either<Refusal, byte[]>> LookAsync(NpgsqlConnection connected, PersonId person, RoomId room)
    {
        var state = await RoomAsync(connected, room);
        if (state.Occupants.ContainsKey(person))
        {
            var closed = await HouseReads.ClosedAsync(connected, person);
            return RoomView
                .Of(room, state, person, closed.Contains, now())
                .Map(RoomAnswers.Ok)
                .ToEither((Refusal)new Refusal.NotFound("room.unknown"));
        }
        var ties = await HouseReads.TiesAsync(connected, state.Inside.ToList());
        return Card.Of(room, state, person, other => ties.GetValueOrDefault((person, other)))
            .Map(RoomAnswers.Ok)
            .ToEither((Refusal)new Refusal.NotFound("room.unknown"));
    }

    private async Task<Either<Refusal, State>> InsideAsync(NpgsqlConnection connected, PersonId person, RoomId room)
    {
        var state = await RoomAsync(connected, room);
        return state.Occupants.ContainsKey(person) ? state : new Refusal.NotFound("room.not_inside");
    }

    private static Either<Refusal, byte[]> LogOf(State room) =>
        Playing
            .Proof(room)
            .Map(proof => TableData.Ok(proof.Log, proof.Verdict))
            .ToEither((Refusal)new Refusal.NotFound("game.none"));

    private byte[] Fling(PersonId person, Ask.Fling fling, State room)
    {
        var payload = RoomAnswers.Flung(fling.Room, person, fling.Emoji);
        foreach (var other in room.Inside.Filter(other => !veils.Part(person, other)))
            Send(other, fling.Room, payload);
        return Answers.Ok();
    }

    private Either<Refusal, byte[]> Pass(PersonId person, DeviceId device, Ask.Pass pass, State room) =>
        Passing
            .Goes(room, person, pass.To, () => veils.Part(person, pass.To))
            .Map(goes =>
            {
                if (goes)
                    Send(pass.To, pass.Room, RoomAnswers.Passed(pass.Room, person, device, pass.Device, pass.Data));
                return Answers.Ok();
            });

    private void Send(PersonId person, RoomId room, byte[] payload)
    {
        if (sessions.IsLive(person.Value))
            _ = connection.PublishAsync(Subjects.Ephemeral(person, room), payload).AsTask();
    }
}
