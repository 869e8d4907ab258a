using Chat.Domain.Conversations;

namespace Chat.Protocol.Wire;

/// <summary>Every verb: <see cref="Requests"/> takes these and no other.</summary>
public static class Verbs
{
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Field Seq = new("seq", new Shape.Whole(1, Requests.MaxNumber));
    private static readonly Field Name = new("name", Shapes.Name);
    private static readonly Field Said = new("body", Shapes.Body);
    private static readonly Field Mentions = new("mentions", Shapes.People(Limits.PeopleAtOnce), IsOptional: true);
    private static readonly Field Emoji = new("emoji", Shapes.Emoji);

    /// <summary>All of them.</summary>
    public static Listing<Verb> All { get; } =
    [
        .. Changes(),
        Of("read", "Move one's mark of what was read.", [Seq], Forms.Marks),
        Of("delivered", "Move one's mark of what was received.", [Seq], Forms.Marks),
        Of("typing", "Let the others know that one is writing.", [], null),
        Of("get", "What a conversation is, to the caller.", [], Forms.Details),
        Of("members", "Its members, in order of their ids.", Page(Requests.MaxMembersPage), Forms.MembersPage),
        new(
            "conversation",
            "list",
            true,
            "The inbox, in order of the conversations' ids.",
            Page(Shapes.MaxPage),
            Forms.InboxPage
        ),
        Of(
            "history",
            "Messages, oldest first; at most one of before, after and around, and without one the newest.",
            [Anchor("before"), Anchor("after"), Anchor("around"), Limit(Shapes.MaxPage)],
            Forms.HistoryPage
        ),
        SearchForms.Verb,
        new(
            "sync",
            "resume",
            true,
            "All that was missed since a cursor; without one, everything.",
            [new("cursor", new Shape.Opaque(Requests.MaxCursor), IsOptional: true)],
            Forms.ResumePage
        ),
        .. PeopleForms.Verbs,
    ];

    private static readonly IReadOnlyDictionary<(string, string), Verb> ByName = All.ToDictionary(verb =>
        (verb.Area, verb.Name)
    );

    /// <summary>The verb of an area.</summary>
    public static Option<Verb> Find(string area, string name) =>
        ByName.TryGetValue((area, name), out var found) ? Some(found) : None;

    private static Listing<Verb> Changes() =>
        [
            new(
                "conversation",
                "create",
                true,
                "Make a conversation; a direct one is there once for each pair.",
                [
                    Client,
                    new("kind", Shapes.Kind),
                    new("members", Shapes.People(Limits.PeopleAtOnce), IsOptional: true),
                    Name with
                    {
                        IsOptional = true,
                    },
                ],
                Forms.Receipt
            ),
            Change("rename", "Give it another name.", Name),
            Change("topic", "Say what it is about; blank clears it.", new Field("topic", Shapes.Topic)),
            Change("nickname", "Call oneself something in it.", new Field("nickname", Shapes.Nickname)),
            Change(
                "invite",
                "Ask people in.",
                new Field("people", Shapes.People(Limits.PeopleAtOnce), IsOptional: true)
            ),
            Change("join", "Come in."),
            Change("leave", "Go out."),
            Change(
                "send",
                "Say something.",
                Said,
                new Field("reply_to", new Shape.Whole(1, Requests.MaxNumber), IsOptional: true),
                Mentions,
                new Field("action", new Shape.Flag(), IsOptional: true)
            ),
            Change("edit", "Say it otherwise.", Seq, Said, Mentions),
            Change("redact", "Take a message back.", Seq, new Field("reason", Shapes.Reason, IsOptional: true)),
            Change("react", "Put an emoji under a message.", Seq, Emoji),
            Change("unreact", "Take one's own emoji away.", Seq, Emoji),
            .. GoverningForms.Verbs.Select(verb => Change(verb.Name, verb.Says, [.. verb.Fields])),
        ];

    private static Verb Of(string name, string says, Listing<Field> fields, Form? ok) =>
        new("conversation", name, false, says, fields, ok);

    private static Verb Change(string name, string says, params Field[] fields) =>
        Of(name, says, [Client, .. fields], Forms.Receipt);

    private static Listing<Field> Page(int most) => [new("after", Shapes.Token, IsOptional: true), Limit(most)];

    private static Field Limit(int most) => new("limit", new Shape.Whole(1, most), IsOptional: true);

    private static Field Anchor(string name) => new(name, new Shape.Whole(0, Requests.MaxNumber), IsOptional: true);
}
