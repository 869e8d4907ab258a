using Chat.Domain.Notices;
using Chat.Domain.Places;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about the house.</summary>
public static class HouseForms
{
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Shape Minute = new Shape.Whole(0, QuietHours.LastMinute);
    private static readonly Shape Minutes = new Shape.Whole(0, QuietHours.MaxOffset);

    private static readonly Listing<Field> Quiet =
    [
        new("from", Minute),
        new("to", Minute),
        Maybe("ahead", Minutes),
        Maybe("behind", Minutes),
    ];

    private static readonly Field Room = Maybe("room", Shapes.Token);

    private static readonly Form Mine = new(
        "mine",
        "One's own place in the house.",
        [
            Room,
            new("private", Shapes.Flag),
            new("sneaking", Shapes.Flag),
            new("ghosted", Shapes.People(Place.MaxNamed)),
            new("muted", Shapes.People(Place.MaxNamed)),
            Maybe("call", Shapes.Token),
            Maybe(
                "quiet",
                Inner(
                    new Form(
                        "quiet",
                        "Hours in which nothing is told, in minutes of the day, and how far that clock is from UTC.",
                        Quiet
                    )
                )
            ),
        ]
    );

    private static readonly Listing<Field> Friend =
    [
        new("person", Shapes.Token),
        new("where", new Shape.Word(Wire.Words.Wheres)),
        Room,
    ];

    private static readonly Listing<Field> Wave =
    [
        new("by", Shapes.Token),
        new("at", Shapes.Time),
        Room,
        new("buzz", Shapes.Flag),
    ];

    /// <summary>The house.</summary>
    public static Form House { get; } =
        new(
            "house",
            "Who is in, as far as the caller may know: of who is in a locked room nothing is said.",
            [
                new("me", Inner(Mine)),
                new("friends", Many(new Form("friend_here", "A friend who is in.", Friend), Fields.MaxElements)),
                new("rooms", Many(RoomForms.Card, HouseAnswers.MaxRooms)),
                new(
                    "waves",
                    Many(new Form("wave", "Somebody waved, into a room or in greeting.", Wave), Place.MaxWaves)
                ),
            ]
        );

    /// <summary>How long one is in.</summary>
    public static Form Leased { get; } =
        new(
            "leased",
            "How long one is in without asking again: ask after a third of it.",
            [new("lease_ms", Shapes.Number)]
        );

    /// <summary>What is told of the house.</summary>
    public static Listing<Form> Told { get; } =
    [
        new("house_card", "A room looks so now.", [Type("card"), new("card", Inner(RoomForms.Card))]),
        new("house_closed", "A room is dark now, or not to be seen.", [Type("closed"), new("room", Shapes.Token)]),
        new("house_friend", "A friend is there now.", [Type("friend"), .. Friend]),
        new("house_wave", "Somebody waves.", [Type("wave"), .. Wave]),
        new("house_anew", "The house is to be asked for anew: one stands otherwise to others.", [Type("anew")]),
        new(
            "house_notice",
            "Friends have come in: one notice for some of them.",
            [Type("notice"), new("people", Everybody())]
        ),
    ];

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        new(HouseRequests.Area, "get", true, "Who is in the house, and which rooms are lit.", [], House),
        new(
            HouseRequests.Area,
            "here",
            true,
            "Be in the house for as long as a lease lasts; sneak: untold; away: not any more.",
            [Maybe("sneak", Shapes.Flag), Maybe("away", Shapes.Flag)],
            Leased
        ),
        Of("private", true, "Lock every room that one enters, or do so no more.", new Field("private", Shapes.Flag)),
        Of("quiet", true, "Have nothing told in some hours, in minutes of the day of one's own clock.", [.. Quiet]),
        Of("unquiet", true, "Have it told at any time."),
        Of("seen", true, "Have seen the waves that there are."),
        Of("ghost", false, "Not have a friend told of oneself; they do not learn it."),
        Of("unghost", false, "Have them told again."),
        Of("mute", false, "Not be told of a friend; they do not learn it."),
        Of("unmute", false, "Be told again."),
        Of(
            "wave",
            false,
            "Wave at a friend; with the room that one is in they may come in, locked or not.",
            Room,
            Maybe("buzz", Shapes.Flag)
        ),
    ];

    private static Field Type(string word) => new("type", Words(word));

    private static Verb Of(string name, bool isOfNothing, string says, params Field[] fields) =>
        new(HouseRequests.Area, name, isOfNothing, says, [Client, .. fields], PairForms.Receipt);
}
