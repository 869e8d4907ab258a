using Chat.Domain.Closeness;
using Chat.Domain.Meeting;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about whom one might meet, and about who is close.</summary>
public static class MeetingForms
{
    private static readonly Listing<Field> Suggestion =
    [
        .. PeopleForms.Profile,
        new("mutual", Shapes.Number),
        new(
            "through",
            Many(
                new Form("through", "A friend of both, and what they are called.", PeopleForms.Profile),
                Suggesting.MaxNamed
            )
        ),
        Maybe("met_at", Shapes.Time),
    ];

    private static readonly Listing<Field> Close =
    [
        new("person", Shapes.Token),
        new("words", Shapes.Number),
        new("rooms", Shapes.Number),
        Maybe("calls", Shapes.Number),
        new("given", Shapes.Number),
        new("got", Shapes.Number),
        new("last_at", Shapes.Time),
    ];

    /// <summary>Whom one might want to meet.</summary>
    public static Form Suggestions { get; } =
        new(
            "suggestions",
            "Whom one might want to meet, the first first.",
            [
                new(
                    "people",
                    Many(
                        new Form(
                            "suggestion",
                            "Somebody, how many open friends one has with them, and who.",
                            Suggestion
                        ),
                        Suggesting.Most
                    )
                ),
            ]
        );

    /// <summary>Who is close.</summary>
    public static Form Closest { get; } =
        new(
            "closest",
            "Who is close, the closest first: by the points of words, rooms and calls together.",
            [
                new(
                    "people",
                    Many(
                        new Form("close", "Somebody, and what makes them close; given and got count messages.", Close),
                        Ranking.Most
                    )
                ),
            ]
        );

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        new(
            "person",
            "dismiss",
            false,
            "Not have somebody suggested, for ever; they do not learn it.",
            [new("client_id", Shapes.Token)],
            PeopleForms.Receipt
        ),
        new("person", "meet", true, "Whom one might want to meet.", [Limit(Suggesting.Most)], Suggestions),
        new(
            HouseRequests.Area,
            "closest",
            true,
            "Who is close; nobody else can ask it.",
            [Limit(Ranking.Most)],
            Closest
        ),
    ];

    private static Field Limit(int most) => Maybe("limit", new Shape.Whole(1, most));
}
