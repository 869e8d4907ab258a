namespace Chat.Protocol.Wire;

/// <summary>Every verb: <see cref="Requests"/> takes these and no other.</summary>
public static class Verbs
{
    private static readonly Field Seq = new("seq", new Shape.Whole(1, Requests.MaxNumber));

    /// <summary>All of them.</summary>
    public static Listing<Verb> All { get; } =
    [
        .. ChangeForms.Verbs,
        Of("read", "Move one's mark of what was read.", [Seq], Forms.Marks),
        Of("delivered", "Move one's mark of what was received.", [Seq], Forms.Marks),
        Of("typing", "Let the others know that one is writing.", [], null),
        Of("get", "What a conversation is, to the caller.", [], Forms.Details),
        Of(
            "begin",
            "All that is needed to begin it anew, of one moment; drifted says in what another thing was held.",
            [new("drifted", new Shape.Many(new Shape.Word(Words.Parts), Words.Parts.Count), IsOptional: true)],
            Forms.Begun
        ),
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
        Of(
            "view",
            "What the caller could see after a version, or for who may change its settings another person.",
            [
                new("version", new Shape.Whole(1, Requests.MaxNumber)),
                new("person", Shapes.Token, IsOptional: true),
                Anchor("before"),
                Anchor("after"),
                Anchor("around"),
                Limit(Shapes.MaxPage),
            ],
            Forms.HindsightPage
        ),
        .. ExplainForms.Verbs,
        .. FileForms.Verbs,
        SearchForms.Verb,
        new(
            "sync",
            "resume",
            true,
            "All that was missed since a cursor; without one, everything.",
            [
                new("cursor", new Shape.Opaque(Requests.MaxCursor), IsOptional: true),
                new("certify", new Shape.Many(Shapes.Token, Certificate.Most), IsOptional: true),
            ],
            Forms.ResumePage
        ),
        .. PeopleForms.Verbs,
        .. PairForms.Verbs,
        .. ReportForms.Verbs,
        .. RoomForms.Verbs,
        .. HouseForms.Verbs,
        .. CallForms.Verbs,
        .. MeetingForms.Verbs,
    ];

    private static readonly IReadOnlyDictionary<(string, string), Verb> ByName = All.ToDictionary(verb =>
        (verb.Area, verb.Name)
    );

    /// <summary>The verb of an area.</summary>
    public static Option<Verb> Find(string area, string name) =>
        ByName.TryGetValue((area, name), out var found) ? Some(found) : None;

    private static Verb Of(string name, string says, Listing<Field> fields, Form? ok) =>
        new("conversation", name, false, says, fields, ok);

    private static Listing<Field> Page(int most) => [new("after", Shapes.Token, IsOptional: true), Limit(most)];

    private static Field Limit(int most) => new("limit", new Shape.Whole(1, most), IsOptional: true);

    private static Field Anchor(string name) => new(name, new Shape.Whole(0, Requests.MaxNumber), IsOptional: true);
}
