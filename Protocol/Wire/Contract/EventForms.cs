using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>Events and what nobody keeps, as a person is sent them.</summary>
public static class EventForms
{
    private static readonly Field Seq = new("seq", Shapes.Number);
    private static readonly Field Mentions = Maybe("mentions", Everybody());
    private static readonly Field Everyone = Maybe("everyone", Shapes.Flag);
    private static readonly Listing<Field> Said =
    [
        Maybe("body", Shapes.BodyOrNone),
        FileForms.Files,
        Maybe("gone", Words("redacted")),
    ];
    private static readonly Listing<Field> About =
    [
        Seq,
        new("message_version", Shapes.Number),
        Maybe("message_by", Shapes.Token),
    ];

    /// <summary>Every type of event, and the place of what may not be seen.</summary>
    public static Listing<Form> All { get; } =
    [
        Of(
            "created",
            "Made; the first member is its owner.",
            new("kind", Shapes.Kind),
            Those("members"),
            Maybe("name", Shapes.Name)
        ),
        Of("renamed", "It got another name.", new Field("name", Shapes.Name)),
        Of("topic_set", "It is about something else now.", new Field("topic", Shapes.Topic)),
        Of("nicknamed", "A member is called something else.", new Field("nickname", Shapes.Nickname)),
        Of("invited", "People were asked in.", Those("people")),
        Of("joined", "Somebody came in."),
        Of("left", "Somebody went out."),
        Of(
            "message",
            "Something was said; reply_to is seq and version of what it answers.",
            [
                Seq,
                .. Said,
                Maybe("reply_to", new Shape.Pair(Shapes.Number, Shapes.Number)),
                Maybe("reply_to_by", Shapes.Token),
                Mentions,
                Everyone,
                Maybe("action", new Shape.Flag()),
            ]
        ),
        Of("edited", "It says something else now.", [.. About, .. Said, Mentions, Everyone]),
        Of(
            "redacted",
            "It was taken back.",
            [.. About, new Field("author", Shapes.Token), Maybe("reason", Shapes.Reason)]
        ),
        Of("reacted", "An emoji was put under it.", [.. About, new Field("emoji", Shapes.Emoji)]),
        Of("unreacted", "An emoji was taken away.", [.. About, new Field("emoji", Shapes.Emoji)]),
        Of("pinned", "It was pinned.", [.. About]),
        Of("unpinned", "The pin was taken off.", [.. About]),
        .. GoverningForms.Events.Select(form => Of(form.Name, form.Says, [.. form.Fields])),
        new(
            "hidden",
            "What one may not see, and where it stands.",
            [
                new("conversation", Shapes.Token),
                new("version", Shapes.Number),
                Maybe("until", Shapes.Number),
                Type("hidden"),
            ]
        ),
    ];

    /// <summary>What stands between messages and is none: the same, without the conversation.</summary>
    public static Listing<Form> Lines { get; } =
        Listing.From(
            All.Where(form => form.Name is "called" or "partied")
                .Select(form => form with { Name = $"line_{form.Name}", Fields = Listing.From(form.Fields.Skip(1)) })
        );

    /// <summary>What people are told of a conversation and nobody keeps.</summary>
    public static Listing<Form> Ephemerals { get; } =
    [
        new(
            "receipt",
            "How far somebody is.",
            [
                new("conversation", Shapes.Token),
                Type("receipt"),
                new("by", Shapes.Token),
                new("read", Shapes.Number),
                new("delivered", Shapes.Number),
            ]
        ),
        new(
            "typing",
            "Somebody is writing; it lasts a few seconds.",
            [new("conversation", Shapes.Token), Type("typing"), new("by", Shapes.Token)]
        ),
        new(
            "reported",
            "What was reported about a conversation has changed; to who handles its reports. To who told, what came "
                + "of it, and where they told the staff - for the conversation.",
            [new("conversation", Shapes.Token), Type("reported"), Maybe("outcome", Words("acted", "dismissed"))]
        ),
    ];

    /// <summary>How far conversations have got.</summary>
    public static Form Heads { get; } =
        new(
            "heads",
            "Conversations and versions: whoever is behind resumes, and with reset whoever holds one of them.",
            [
                Type("heads"),
                new("heads", new Shape.Many(new Shape.Pair(Shapes.Token, Shapes.Number), Fields.MaxElements)),
                Maybe("reset", Shapes.Flag),
            ]
        );

    private static Field Type(string name) => new("type", Words(name));

    private static Field Those(string name) => new(name, Everybody());

    private static Form Of(string type, string says, params Field[] rest) =>
        new(
            type,
            says,
            [
                new("conversation", Shapes.Token),
                new("version", Shapes.Number),
                Type(type),
                new("by", Shapes.Token),
                new("at", new Shape.Time()),
                Maybe("occurred_at", new Shape.Time()),
                .. rest,
            ]
        );
}

/// <summary>Every refusal, by its code.</summary>
public static class Refusals
{
    /// <summary>The codes, with what each means.</summary>
    public static Listing<(string Code, string Says)> All { get; } =
    [
        ("malformed", "Fields break a rule, each named with it."),
        ("too_large", "The body is."),
        ("not_found", "It is not there, or not yours."),
        ("not_a_member", "Join first."),
        ("forbidden", "The rules say who may: where the permission was lost, then which it is."),
        ("banned", "Kept out; until retry_after_ms have passed, where it says so."),
        ("muted", "Not now; again after retry_after_ms."),
        ("locked", "Nothing changes here now, but by who may unlock it."),
        ("unwanted", "A rule about words keeps it from being said; the last rule names it."),
        ("slow_mode", "Messages are to be further apart; again after retry_after_ms."),
        ("too_late", "The time in which it could be done is over."),
        ("unsupported", "This verb, or this kind of conversation, has no such thing."),
        ("gone", "The message was taken back."),
        ("full", "A bound is reached; the rule names it."),
        ("link_ended", "The link has expired, is used up, or its maker may not ask in any more."),
        ("rate_limited", "Asked more often than anybody may; again after retry_after_ms."),
        ("not_accepting", "They take nothing from the caller."),
        ("conflict", "The same client_id came before with something else."),
        ("busy", "Not now; again after retry_after_ms, under the same client_id."),
        ("unavailable", "Not now; again after retry_after_ms, under the same client_id."),
        ("moved", "Not now; again after retry_after_ms, under the same client_id."),
    ];
}
