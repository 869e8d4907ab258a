using Chat.Domain.People;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about people and their devices.</summary>
public static class PeopleForms
{
    internal static readonly Listing<Field> Profile =
    [
        new("person", Shapes.Token),
        Maybe("name", new Shape.Text(DisplayName.MaxBytes)),
        Maybe("about", new Shape.Text(About.MaxBytes)),
    ];

    /// <summary>What was accepted of a request about oneself.</summary>
    public static Form Receipt { get; } =
        new(
            "person_receipt",
            "What was accepted about oneself; the same on every retry but for replayed.",
            [
                new("person", Shapes.Token),
                new("version", Shapes.Number),
                new("at", Shapes.Time),
                new("replayed", Shapes.Flag),
            ]
        );

    private static readonly Shape Openness = Words("everyone", "friends", "nobody");

    private static readonly Listing<Field> Named =
    [
        Maybe("name", new Shape.Text(DisplayName.MaxBytes)),
        Maybe("about", new Shape.Text(About.MaxBytes)),
    ];

    /// <summary>Oneself.</summary>
    public static Form Self { get; } =
        new(
            "self",
            "What one said of oneself, who may reach one and who learns what of one.",
            [
                .. Named,
                new("messages", Openness),
                new("invites", Openness),
                new("meet", Shapes.Flag),
                new("find", Openness),
                new("presence", Openness),
                new("receipts", Openness),
            ]
        );

    /// <summary>Whether somebody is closed out.</summary>
    public static Form Suspension { get; } =
        new(
            "suspension",
            "Whether somebody is closed out of everything, by whom, since when, until when and why.",
            [
                new("suspended", Shapes.Flag),
                Maybe("by", Shapes.Token),
                Maybe("at", Shapes.Time),
                Maybe("until", Shapes.Time),
                Maybe("reason", Shapes.Reason),
            ]
        );

    /// <summary>Some people.</summary>
    public static Form People { get; } =
        new("people", "Those of whom one may know.", [new("people", Many("person", "As others see them.", Profile))]);

    /// <summary>One's devices.</summary>
    public static Form Devices { get; } =
        new(
            "devices",
            "One's devices.",
            [
                new(
                    "devices",
                    Many(
                        "device",
                        "One of them; what was issued to it until revoked_at is void.",
                        [
                            new("device", Shapes.Token),
                            new("live", Shapes.Flag),
                            Maybe("seen_at", Shapes.Time),
                            Maybe("revoked_at", Shapes.Time),
                        ]
                    )
                ),
            ]
        );

    /// <summary>Somebody is called otherwise now.</summary>
    public static Form Changed { get; } =
        new("profile", "Somebody is called or described otherwise now.", [new("type", Words("profile")), .. Profile]);

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        new(
            "person",
            "get",
            true,
            "Who some people are, as far as one may know of them.",
            [new("people", Shapes.People(PeopleRequests.MaxPeople), IsOptional: true)],
            People
        ),
        new(
            "person",
            "update",
            true,
            "Be called and described so; what is not named stays, a blank description clears it.",
            [
                new("client_id", Shapes.Token),
                Maybe("name", new Shape.Text(DisplayName.MaxBytes)),
                Maybe("about", new Shape.Text(About.MaxBytes, MayBeBlank: true)),
            ],
            Receipt
        ),
        new(
            "person",
            "privacy",
            true,
            "Say who may begin a direct conversation with one, who may ask one in anywhere, whether one may be "
                + "suggested to others, and one's friendships used for that, who finds one, who sees that one is in "
                + "the house, and who is told how far one has read, and of whom one is.",
            [
                new("client_id", Shapes.Token),
                Maybe("messages", Openness),
                Maybe("invites", Openness),
                Maybe("meet", Shapes.Flag),
                Maybe("find", Openness),
                Maybe("presence", Openness),
                Maybe("receipts", Openness),
            ],
            Receipt
        ),
        new(
            "person",
            "find",
            true,
            "Who is called so, of whom one may find: by their whole handle, or by how words of their name begin.",
            [
                new("words", new Shape.Text(SearchWords.MaxBytes, MayBeBlank: true)),
                Maybe("limit", new Shape.Whole(1, Finding.Most)),
            ],
            People
        ),
        new(
            "conversation",
            "decline",
            false,
            "Not come where one was asked in; nobody else is told.",
            [new("client_id", Shapes.Token)],
            Receipt
        ),
        new(
            "person",
            "self",
            true,
            "What one said of oneself, who may reach one and who learns what of one.",
            [],
            Self
        ),
        new(
            "person",
            "suspend",
            false,
            "Close somebody out of everything, for a time or until restored; for who may ban among the staff, of "
                + "whoever stands below them there.",
            [
                new("client_id", Shapes.Token),
                Maybe("for_ms", new Shape.Whole(1, Domain.Conversations.Limits.LongestMs)),
                Maybe("reason", Shapes.Reason),
            ],
            Receipt
        ),
        new("person", "restore", false, "Let somebody in again.", [new("client_id", Shapes.Token)], Receipt),
        new("person", "suspension", false, "Whether somebody is closed out; for the same.", [], Suspension),
        new("device", "list", true, "One's devices.", [], Devices),
        new("device", "revoke", false, "Close a device of one's own out.", [new("client_id", Shapes.Token)], Receipt),
    ];

    private static Shape Many(string name, string says, Listing<Field> fields) =>
        new Shape.Many(new Shape.Inner([new Form(name, says, fields)]), Fields.MaxElements);
}
