using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs and maps about reports.</summary>
public static class ReportForms
{
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Field Number = new("report", new Shape.Whole(1, Requests.MaxNumber));
    private static readonly Field Why = new("why", Words([.. Wire.Words.Causes]));
    private static readonly Field More = Maybe("reason", Shapes.Reason);
    private static readonly Shape Outcomes = Words("acted", "dismissed");

    /// <summary>A page.</summary>
    public static Form Page { get; } =
        new(
            "reports_page",
            "Reports, the newest first. Handler says whether the caller handles them; else it is what they told, less "
                + "its number and who handled it. About a message, a person, or a whole conversation.",
            [
                new(
                    "reports",
                    Many(
                        new Form(
                            "report",
                            "Something that was told, by its author's own words where a rule flags them; open "
                                + "while it has no outcome.",
                            [
                                Maybe("report", Shapes.Number),
                                new("by", Shapes.Token),
                                new("at", Shapes.Time),
                                Maybe("conversation", Shapes.Token),
                                Maybe("seq", Shapes.Number),
                                Maybe("person", Shapes.Token),
                                Maybe("about", Shapes.Token),
                                Why,
                                More,
                                Maybe("assignee", Shapes.Token),
                                Maybe("outcome", Outcomes),
                                Maybe("settled_at", Shapes.Time),
                                Maybe("settled_by", Shapes.Token),
                                Maybe("note", Shapes.Reason),
                                Maybe("rule", Shapes.Token),
                            ]
                        ),
                        ReportAnswers.MaxPage
                    )
                ),
                new("handler", Shapes.Flag),
                new("more", Shapes.Flag),
            ]
        );

    /// <summary>What was done with reports.</summary>
    public static Form Audit { get; } =
        new(
            "report_audit",
            "What was done with reports, by whom, why and by which rules, the newest first.",
            [
                new(
                    "done",
                    Many(
                        new Form(
                            "report_line",
                            "Something that was done with a report: filed, assigned, looked or settled. The person is "
                                + "whom it is about, or whose it is now.",
                            [
                                new("version", Shapes.Number),
                                new("at", Shapes.Time),
                                new("by", Shapes.Token),
                                new("what", Shapes.Token),
                                new("report", Shapes.Number),
                                Maybe("person", Shapes.Token),
                                Maybe("outcome", Outcomes),
                                Maybe("reason", Shapes.Reason),
                                new(
                                    "because",
                                    new Shape.Many(new Shape.Opaque(Requests.MaxCursor), Fields.MaxElements)
                                ),
                            ]
                        ),
                        AuditAnswers.MaxPage
                    )
                ),
                new("more", Shapes.Flag),
            ]
        );

    /// <summary>The verbs.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        Change(
            "file",
            "Tell the moderators of a conversation of a message, of a person, or of all of it; or the staff, which "
                + "goes for a message and for all of it.",
            Maybe("seq", new Shape.Whole(1, Requests.MaxNumber)),
            Maybe("person", Shapes.Token),
            Maybe("staff", Shapes.Flag),
            Why,
            More
        ),
        Change("person", "Tell the staff of a person.", Why, More),
        Change(
            "assign",
            "Give a report to who handles them; without a person to nobody.",
            Number,
            Maybe("person", Shapes.Token)
        ),
        Change(
            "look",
            "Say why one looks at the message that a report is about; one may read it for an hour then.",
            Number,
            new("reason", Shapes.Reason)
        ),
        new(
            ReportRequests.Area,
            "message",
            false,
            "The message that a report is about, and nothing else of where it was said; for who looks at it.",
            [Number],
            SearchForms.Found
        ),
        new(
            ReportRequests.Area,
            "fetch",
            false,
            "Where a file of that message is fetched from.",
            [Number, new("file", Shapes.Token)],
            FileForms.Door
        ),
        new(
            ReportRequests.Area,
            "audit",
            false,
            "What was done with the reports about a conversation, before a version; for who handles them, less what "
                + "is about them.",
            [
                Maybe("before", new Shape.Whole(1, Requests.MaxNumber)),
                Maybe("limit", new Shape.Whole(1, AuditAnswers.MaxPage)),
            ],
            Audit
        ),
        Change("settle", "Have done with a report.", Number, new("outcome", Outcomes), More),
        new(
            ReportRequests.Area,
            "list",
            false,
            "What was reported about a conversation and waits, or was settled: to who handles reports all but what is "
                + "about them, to others what they told.",
            [
                Maybe("settled", Shapes.Flag),
                Maybe("before", new Shape.Whole(1, Requests.MaxNumber)),
                Maybe("limit", new Shape.Whole(1, ReportAnswers.MaxPage)),
            ],
            Page
        ),
    ];

    private static Verb Change(string name, string says, params Field[] fields) =>
        new(ReportRequests.Area, name, false, says, [Client, .. fields], PairForms.Receipt);
}
