using Chat.Domain.Rooms;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about rooms.</summary>
public static class RoomForms
{
    private static readonly Shape RoomName = new Shape.Text(Domain.Values.RoomName.MaxBytes);
    private static readonly Shape Way = new Shape.Word(Wire.Words.Ways);
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Field Person = new("person", Shapes.Token);
    private static readonly Field Text = new("text", new Shape.Text(RoomText.MaxBytes));

    /// <summary>The log of a game.</summary>
    public static Form Log { get; } =
        new(
            "game_log",
            "All of a game that has ended, each entry with the link after it, and whether it proves the deal.",
            [
                new(
                    "log",
                    Many(
                        new Form(
                            "log_entry",
                            "What happened, by whom and when.",
                            [new("entry", new Shape.Played()), new("link", Shapes.Token)]
                        ),
                        Fields.MaxElements
                    )
                ),
                new("verdict", new Shape.Played()),
            ]
        );

    /// <summary>What was accepted.</summary>
    public static Form Receipt { get; } =
        new(
            "room_receipt",
            "What was accepted, and of which room.",
            [new("room", Shapes.Token), new("replayed", Shapes.Flag)]
        );

    internal static readonly Form Card = new(
        "card",
        "A room from outside, with the game that is played. Of a locked one only its name is said: not who is inside.",
        [
            new("room", Shapes.Token),
            new("name", RoomName),
            new("locked", Shapes.Flag),
            new("full", Shapes.Flag),
            new("mine", Shapes.Flag),
            Maybe(
                "occupants",
                Many(
                    new Form(
                        "face",
                        "Somebody inside; of a stranger to the caller, via is through whom they came in.",
                        [Person, Maybe("stranger", Shapes.Flag), Maybe("via", Shapes.Token)]
                    ),
                    Room.MaxCapacity
                )
            ),
            Maybe("game", Shapes.Token),
        ]
    );

    private static readonly Form Inside = new(
        "room_view",
        "A room from inside; the keeper may put others out, and says who are its guests.",
        [
            new("name", RoomName),
            new("capacity", new Shape.Whole(2, Room.MaxCapacity)),
            Maybe("keeper", Shapes.Token),
            Maybe("locked_by", Shapes.Token),
            new(
                "occupants",
                Many(
                    new Form(
                        "occupant",
                        "Somebody inside, and what let them in, through whom.",
                        [Person, new("since", Shapes.Time), new("way", Way), Maybe("by", Shapes.Token)]
                    ),
                    Room.MaxCapacity
                )
            ),
            new(
                "knocks",
                Many(
                    new Form(
                        "knock",
                        "Somebody at the door; it counts for two minutes. via is their friend inside.",
                        [Person, new("at", Shapes.Time), new("via", Shapes.Token)]
                    ),
                    Room.MaxKnocks
                )
            ),
            new("guests", Shapes.People(Room.MaxGuests)),
            new(
                "talk",
                Many(
                    new Form(
                        "line",
                        "Something that was said or happened; who is whom it happened to, or for whom it is.",
                        [
                            new("version", Shapes.Number),
                            new(
                                "what",
                                Words("lit", "entered", "left", "expelled", "locked", "unlocked", "said", "noted")
                            ),
                            new("by", Shapes.Token),
                            new("at", Shapes.Time),
                            Maybe("who", Shapes.Token),
                            Maybe("way", Way),
                            Maybe("text", new Shape.Text(RoomText.MaxBytes)),
                        ]
                    ),
                    Room.MaxTalk
                )
            ),
            Maybe("wish", Inner(Parties.WishForm)),
            Maybe("table", new Shape.Played()),
        ]
    );

    /// <summary>A room as it is now.</summary>
    public static Form Changed { get; } =
        new(
            "room_changed",
            "A room as it is now; the highest version is how. talk is what came after since: who lacks that asks anew.",
            [
                new("room", Shapes.Token),
                new("version", Shapes.Number),
                new("since", Shapes.Number),
                new("view", Inner(Inside)),
            ]
        );

    /// <summary>A room to whoever asks.</summary>
    public static Form Looked { get; } =
        new(
            "room_looked",
            "A room: view and version to who is inside, else the card.",
            [
                Maybe("room", Shapes.Token),
                Maybe("version", Shapes.Number),
                Maybe("since", Shapes.Number),
                Maybe("view", Inner(Inside)),
                Maybe("card", Inner(Card)),
            ]
        );

    /// <summary>One is in it no more.</summary>
    public static Form Gone { get; } =
        new(
            "room_gone",
            "One is not in it any more.",
            [new("room", Shapes.Token), new("version", Shapes.Number), new("gone", Words("left", "expelled"))]
        );

    /// <summary>What flies over a room.</summary>
    public static Form Flung { get; } =
        new(
            "room_reaction",
            "Something flies over the room.",
            [
                new("type", Words("reaction")),
                new("room", Shapes.Token),
                new("by", Shapes.Token),
                new("emoji", Shapes.Emoji),
            ]
        );

    /// <summary>What devices pass on.</summary>
    public static Form Passed { get; } =
        new(
            "room_signal",
            "Something that a device of somebody in the same room passes on: for calls.",
            [
                new("type", Words("signal")),
                new("room", Shapes.Token),
                new("by", Shapes.Token),
                new("device", Shapes.Token),
                Maybe("target", Shapes.Token),
                new("data", new Shape.Text(CallSignal.MaxBytes)),
            ]
        );

    /// <summary>A knock was answered.</summary>
    public static Form Answered { get; } =
        new(
            "room_answered",
            "A knock was answered; who is admitted may enter within two minutes.",
            [new("type", Words("answered")), new("room", Shapes.Token), new("admitted", Shapes.Flag)]
        );

    /// <summary>What nobody keeps.</summary>
    public static Listing<Form> Ephemerals { get; } = [Flung, Passed, Answered];

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        new(
            RoomRequests.Area,
            "light",
            true,
            "Light a room and be in it; guests are friends for whom it is, without any it is for friends of who is in.",
            [
                Client,
                new("name", RoomName),
                Maybe("locked", Shapes.Flag),
                Maybe("guests", Shapes.People(Room.MaxGuests)),
                Maybe("capacity", new Shape.Whole(2, Room.MaxCapacity)),
            ],
            Receipt
        ),
        Of("enter", "Walk in, out of whatever room one is in."),
        Of("leave", "Go. When the last has gone it is dark."),
        Of("lock", "Let nobody walk in any more."),
        Of("unlock", "Let friends walk in again."),
        Of("knock", "Ask to be let in, where a friend is inside and it is locked."),
        Of("withdraw", "Take one's knock back."),
        Of("admit", "Let somebody in who knocked.", Person),
        Of("decline", "Not let somebody in who knocked.", Person),
        Of("expel", "Put somebody out, for good; by the keeper.", Person),
        Of("say", "Say something to all inside.", Text),
        Of("note", "Say something to one of them.", Person, Text),
        Of("guests", "Say for whom it is; by the keeper.", new Field("guests", Shapes.People(Room.MaxGuests), true)),
        Of(
            "keep",
            "Want a record in a conversation that all inside are in; without one, want none any more.",
            Maybe("conversation", Shapes.Token)
        ),
        Of("play", "Do something at the table.", new Field("do", new Shape.Played())),
        new(RoomRequests.Area, "log", false, "The log of the last game there, once it has ended.", [], Log),
        new(RoomRequests.Area, "get", false, "What a room is, to the caller.", [], Looked),
        new(RoomRequests.Area, "react", false, "Let something fly over the room.", [new("emoji", Shapes.Emoji)], null),
        new(
            RoomRequests.Area,
            "signal",
            false,
            "Pass something on to somebody in the same room, to one device or all of theirs.",
            [new("to", Shapes.Token), Maybe("device", Shapes.Token), new("data", new Shape.Text(CallSignal.MaxBytes))],
            null
        ),
    ];

    private static Verb Of(string name, string says, params Field[] fields) =>
        new(RoomRequests.Area, name, false, says, [Client, .. fields], Receipt);
}
