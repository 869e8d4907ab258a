using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The maps that a host writes. Laws hold what is written to them, and them to what is written.</summary>
public static class Forms
{
    private static readonly Listing<Field> MarkFields = [new("read", Shapes.Number), new("delivered", Shapes.Number)];

    /// <summary>What was accepted.</summary>
    public static Form Receipt { get; } =
        new(
            "receipt",
            "What was accepted; the same on every retry but for replayed.",
            [
                new("conversation", Shapes.Token),
                new("version", Shapes.Number),
                Maybe("seq", Shapes.Number),
                new("at", Shapes.Time),
                new("replayed", Shapes.Flag),
            ]
        );

    /// <summary>Marks as they stand.</summary>
    public static Form Marks { get; } = new("marks", "How far one is in a conversation.", MarkFields);

    private static readonly Form Reactions = new(
        "reactions",
        "One emoji under a message, and who put it there.",
        [new("emoji", Shapes.Emoji), new("people", Everybody())]
    );

    internal static readonly Form Message = new(
        "message",
        "A message as one reads it: with body, or gone.",
        [
            new("seq", Shapes.Number),
            new("version", Shapes.Number),
            new("by", Shapes.Token),
            new("at", Shapes.Time),
            Maybe("body", Shapes.BodyOrNone),
            FileForms.Files,
            Maybe("gone", Words("redacted")),
            Maybe("occurred_at", Shapes.Time),
            Maybe("action", Shapes.Flag),
            Maybe("reply_to", Shapes.Number),
            Maybe("mentions", Everybody()),
            Maybe("everyone", Shapes.Flag),
            Maybe("edited_at", Shapes.Time),
            Maybe("redacted_by", Shapes.Token),
            Maybe("reason", Shapes.Reason),
            Maybe("reactions", Many(Reactions, Fields.MaxElements)),
        ]
    );

    private static readonly Form Entry = new(
        "entry",
        "A line of the inbox.",
        [
            new("conversation", Shapes.Token),
            new("standing", Words("member", "invited", "former")),
            new("kind", Shapes.Kind),
            Maybe("name", Shapes.Name),
            new("version", Shapes.Number),
            new("seq", Shapes.Number),
            .. MarkFields,
            new("unread", Shapes.Number),
            new("mentions", Shapes.Number),
            Maybe("last", Inner(Message)),
        ]
    );

    private static readonly Form Member = new(
        "member",
        "A member as others see them; joined_at is a version.",
        [
            new("joined_at", Shapes.Number),
            new("person", Shapes.Token),
            new("role", Words("member", "owner")),
            Maybe("nickname", Shapes.Nickname),
            Maybe("roles", GoverningForms.RoleIds),
            Maybe("timed_out_until", Shapes.Time),
            .. GoverningForms.Grant,
        ]
    );

    /// <summary>A page of history.</summary>
    public static Form HistoryPage { get; } =
        new(
            "history_page",
            "Messages, oldest first, and what stands between them.",
            [new("messages", Many(Message, Shapes.MaxPage)), Lines, More()]
        );

    /// <summary>A page of the inbox.</summary>
    public static Form InboxPage { get; } =
        new("inbox_page", "Lines of the inbox.", [new("conversations", Many(Entry, Shapes.MaxPage)), More()]);

    /// <summary>A page of members.</summary>
    public static Form MembersPage { get; } =
        new("members_page", "Members.", [new("members", Many(Member, Requests.MaxMembersPage)), More()]);

    /// <summary>A conversation as its person sees it.</summary>
    public static Form Details { get; } =
        new(
            "details",
            "A conversation as the caller sees it, with its first members.",
            [
                new("entry", Inner(Entry)),
                Maybe("topic", Shapes.Topic),
                new("joined_seq", Shapes.Number),
                new("member_count", Shapes.Number),
                new("members", Many(Member, Wire.Details.MaxMembers)),
                new("invited", Everybody()),
                new("rules", Inner(GoverningForms.Rules)),
            ]
        );

    /// <summary>A conversation to begin anew.</summary>
    public static Form Begun { get; } =
        new(
            "begun_anew",
            "Begin again from here.",
            [
                new("conversation", Shapes.Token),
                new("reset", Inner(Details)),
                new("messages", Many(Message, Shapes.MaxPage)),
                Lines,
            ]
        );

    /// <summary>A page of what could be seen.</summary>
    public static Form HindsightPage { get; } =
        new(
            "hindsight_page",
            "What could be seen after a version; hidden has the numbers of what the caller may not see themselves.",
            [
                Maybe("details", Inner(Details)),
                new("messages", Many(Message, Shapes.MaxPage)),
                new("hidden", new Shape.Many(Shapes.Number, Shapes.MaxPage)),
                More(),
            ]
        );

    /// <summary>What a conversation comes to.</summary>
    public static Form Certified { get; } =
        new(
            "certificate",
            "What a conversation comes to at a version, in digests: whoever holds it otherwise begins it anew.",
            [
                new("conversation", Shapes.Token),
                new("version", Shapes.Number),
                .. MarkFields,
                new("unread", Shapes.Number),
                new("mentions", Shapes.Number),
                new("from", Shapes.Number),
                new("details", Shapes.Number),
                Maybe("members", Shapes.Number),
                new("messages", Shapes.Number),
            ]
        );

    /// <summary>A page of what was missed.</summary>
    public static Form ResumePage { get; } =
        new(
            "resume_page",
            "What was missed; more says to ask again at once.",
            [
                new("cursor", new Shape.Opaque(Requests.MaxCursor)),
                new("reset", Shapes.Flag),
                new("conversations", new Shape.Many(new Shape.Inner(Resumptions()), Fields.MaxElements)),
                More(),
                Maybe("certificates", Many(Certified, Certificate.Most)),
            ]
        );

    /// <summary>A refusal.</summary>
    public static Form Refused { get; } =
        new(
            "refused",
            "Why not: the deciding rule is the last.",
            [
                new("code", new Shape.Word(Listing.From(Refusals.All.Select(one => one.Code)))),
                new("because", new Shape.Many(new Shape.Opaque(Requests.MaxCursor), Fields.MaxElements)),
                Maybe("retry_after_ms", Shapes.Number),
            ]
        );

    private static Listing<Form> Resumptions() =>
        [
            new(
                "missed",
                "The events that are missing, and one's marks.",
                [
                    new("conversation", Shapes.Token),
                    .. MarkFields,
                    new("events", new Shape.Many(new Shape.Inner(EventForms.All), Fields.MaxElements)),
                ]
            ),
            Begun,
            new(
                "tombstone",
                "One is in it no more.",
                [new("conversation", Shapes.Token), new("left", Shapes.Flag), new("version", Shapes.Number)]
            ),
        ];

    private static Field Lines =>
        Shapes.Maybe("lines", new Shape.Many(new Shape.Inner(EventForms.Lines), Domain.Views.Line.MaxPage));

    private static Field More() => new("more", Shapes.Flag);
}
