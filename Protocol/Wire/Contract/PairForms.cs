using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about friendship and block.</summary>
public static class PairForms
{
    private static readonly Listing<Field> Entry =
    [
        new("person", Shapes.Token),
        new("version", Shapes.Number),
        new("state", Words("none", "asked", "asks", "friend")),
        new("blocked", Shapes.Flag),
        new("at", Shapes.Time),
    ];

    /// <summary>What was accepted.</summary>
    public static Form Receipt { get; } =
        new(
            "silent_receipt",
            "What was accepted; neither version nor time, which would tell what others do in silence.",
            [new("replayed", Shapes.Flag)]
        );

    /// <summary>A page.</summary>
    public static Form Page { get; } =
        new(
            "friends_page",
            "How the caller stands to others; version counts what the caller was told of each.",
            [
                new(
                    "friends",
                    Shapes.Many(
                        new Form("friend", "Somebody, and how the caller stands to them.", Entry),
                        Requests.MaxMembersPage
                    )
                ),
                new("more", Shapes.Flag),
            ]
        );

    /// <summary>One stands otherwise to somebody now.</summary>
    public static Form Changed { get; } =
        new("friend_changed", "One stands otherwise to somebody now; the highest version is how.", Entry);

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        Change("request", "Ask somebody to be friends; if they have asked, both are."),
        Change("accept", "Say yes to their request."),
        Change("decline", "Say no; they are not told."),
        Change("cancel", "Take one's own request back."),
        Change("remove", "Be friends no more."),
        Change("block", "Have nothing more to do with somebody; they are not told."),
        Change("unblock", "Undo that; what ended stays ended."),
        new(
            PairRequests.Area,
            "list",
            true,
            "Friends, requests and whom the caller has blocked, in order of their ids.",
            [Maybe("after", Shapes.Token), Maybe("limit", new Shape.Whole(1, Requests.MaxMembersPage))],
            Page
        ),
    ];

    private static Verb Change(string name, string says) =>
        new(PairRequests.Area, name, false, says, [new("client_id", Shapes.Token)], Receipt);
}
