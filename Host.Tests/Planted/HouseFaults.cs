using Chat.Domain.Deciding;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Chat.Spec.Mistakes;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of the house: who comes into a room, and what people are shown and told of it.</summary>
internal static class HouseFaults
{
    // The first scenario that is in a house.
    private const int InHouse = 50;
    private const int Locking = 75;
    private const int Recording = 70;

    public static IEnumerable<Fault> All =>
        [
            Decided("lets people through locks", Locking, PartyMistakes.ignoresLocks.House.Rooms),
            Decided("lets one more in than there is room", InHouse, PartyMistakes.oneTooMany.House.Rooms),
            Decided("leaves people in the room that they left", InHouse, RoomMistakes.staysWhereOneWas.Rooms),
            Decided("keeps a party that not all want kept", Recording, KeepsakeMistakes.takesAllForAgreed.Rooms),
            Decided("keeps no party", Recording, KeepsakeMistakes.wantsNothing.Rooms),
            new("tells nobody what happens in a room", InHouse)
            {
                Publish = (to, what) =>
                {
                    if (what.Stream.Kind is not StreamKind.Room)
                        to.Publish(what);
                },
            },
            new("shows a room to whoever asks", InHouse)
            {
                Answer = (queries, person, device, ask) =>
                    queries.AnswerAsync(ask is Ask.Look ? AsAnn(person) : person, device, ask),
            },
            Fault.Of<Ask.House, HouseView>(
                "leaves rooms out of the house",
                InHouse,
                HouseAnswers.House,
                (_, house) => HouseAnswers.Ok(house with { Rooms = [] })
            ),
        ];

    private static PersonId AsAnn(PersonId person) =>
        PersonId.Of("ann" + person.Value[person.Value.IndexOf('-', StringComparison.Ordinal)..]);

    private static Fault Decided(string name, int from, Decider<State, Command, Event> mistaken) =>
        new(name, from)
        {
            Load = stream => stream is Stream<State, Command, Event> of ? of with { Decider = mistaken } : stream,
        };
}
