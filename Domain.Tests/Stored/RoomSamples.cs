using Chat.Domain.Deciding;
using Chat.Domain.Notices;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Placed = Chat.Domain.Places.Event;

namespace Chat.Domain.Tests.Stored;

/// <summary>An event of each type that happens in the house.</summary>
internal static class RoomSamples
{
    private static readonly PersonId Bob = PersonId.Of("bob");
    private static readonly RoomId Kitchen = RoomId.Of("r0b0");
    private static readonly Stamp Now = new(PersonId.Of("ann"), new Instant(1_700_000_000_123));

    /// <summary>What is kept of a party.</summary>
    public static Party Party { get; } =
        new(
            Samples.Text(RoomName.Create("Küche")),
            new Instant(1_700_000_000_123),
            new Instant(1_700_000_900_456),
            [
                new Attended(Bob, new Instant(1_700_000_000_123), new Instant(1_700_000_800_000)),
                new Attended(PersonId.Of("ann"), new Instant(1_700_000_100_000), new Instant(1_700_000_900_456)),
            ],
            [new PartyGame("trivia", true, [new Games.Score(Bob, 1_200), new Games.Score(PersonId.Of("ann"), 0)])]
        );

    /// <summary>Of rooms.</summary>
    public static AnyEvent[] Rooms =>
        [
            new Event.Lit(Now, Samples.Text(RoomName.Create("Küche")), true, [Bob], 8),
            new Event.Entered(Now, new Entry(Way.Friend, Bob)),
            new Event.Left(Now),
            new Event.Locked(Now),
            new Event.Unlocked(Now),
            new Event.Knocked(Now, Bob),
            new Event.Withdrew(Now),
            new Event.Admitted(Now, Bob),
            new Event.Declined(Now, Bob),
            new Event.Expelled(Now, Bob),
            new Event.Said(Now, Samples.Text(RoomText.Create("the cat\ntypes"))),
            new Event.Noted(Now, Bob, Samples.Text(RoomText.Create("only for you"))),
            new Event.GuestsSet(Now, [Bob]),
            new Event.KeepSet(Now, ConversationId.Of("c0ffee")),
            new Event.Played(Now, new Games.Event.Sat(Bob, new Bits256(1, 2))),
        ];

    /// <summary>Of places.</summary>
    public static AnyEvent[] Places =>
        [
            new Placed.Moved(Now, Kitchen),
            new Placed.PrivateSet(Now, true),
            new Placed.QuietSet(Now, Samples.Text(QuietHours.Create(1_320, 420, 60))),
            new Placed.Ghosted(Now, Bob),
            new Placed.Unghosted(Now, Bob),
            new Placed.Muted(Now, Bob),
            new Placed.Unmuted(Now, Bob),
            new Placed.Waved(Now, Kitchen, true),
            new Placed.WavesSeen(Now),
            new Placed.OnCall(Now, Bob),
        ];

    /// <summary>Of lines.</summary>
    public static AnyEvent[] Lines =>
        [
            new Domain.Calls.Event.Rung(Now, Bob, DeviceId.Of("phone"), true),
            new Domain.Calls.Event.Answered(Now, DeviceId.Of("desk")),
            new Domain.Calls.Event.Ended(Now, Domain.Calls.Ending.HungUp),
        ];
}
