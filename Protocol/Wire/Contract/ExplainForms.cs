using Chat.Domain.Permitting;
using static Chat.Protocol.Wire.Shapes;

namespace Chat.Protocol.Wire;

/// <summary>The verbs that say who may do what, and what they answer.</summary>
public static class ExplainForms
{
    private static readonly Field Person = new("person", Shapes.Token);

    private static readonly Listing<Field> Verdict =
    [
        new("allowed", Shapes.Flag),
        new("because", new Shape.Many(new Shape.Opaque(Requests.MaxCursor), Fields.MaxElements)),
        Maybe("refused", Inner(Forms.Refused)),
    ];

    /// <summary>Whether something may be done.</summary>
    public static Form Explanation { get; } =
        new(
            "explanation",
            "Whether it may be done, by which rules, and who could make it otherwise.",
            [.. Verdict, new("who", People(Domain.Permitting.Explanation.MaxWho)), Maybe("sees_from", Shapes.Number)]
        );

    /// <summary>What something would come to.</summary>
    public static Form WhatIf { get; } =
        new(
            "what_if",
            "What would be gained and lost, worked out at a version; lock_out says that the caller could not undo it.",
            [
                new("version", Shapes.Number),
                .. Verdict,
                new(
                    "differences",
                    Many(
                        new Form(
                            "difference",
                            "Something that somebody could do then and not now, or the other way round.",
                            [
                                Person,
                                new("permission", Words([.. Enum.GetValues<Permission>().Select(one => one.Word())])),
                                new("gained", Shapes.Flag),
                            ]
                        ),
                        Fields.MaxElements
                    )
                ),
                new("lock_out", Shapes.Flag),
            ]
        );

    /// <summary>Who is kept out.</summary>
    public static Form BansPage { get; } =
        new(
            "bans_page",
            "Who is kept out; without until, for good.",
            [
                new(
                    "bans",
                    Many(
                        new Form("ban", "Somebody who is kept out.", [Person, Maybe("until", Shapes.Time)]),
                        Requests.MaxMembersPage
                    )
                ),
                new("more", Shapes.Flag),
            ]
        );

    /// <summary>Links that let people in.</summary>
    public static Form LinksPage { get; } =
        new(
            "links_page",
            "Links that let people in: without until for ever, without max_uses any number, without people anybody.",
            [
                new(
                    "links",
                    Many(
                        new Form(
                            "link",
                            "A link, whose it is, and how many have come by it.",
                            [
                                new("link", Shapes.Token),
                                new("by", Shapes.Token),
                                new("uses", Shapes.Number),
                                Maybe("until", Shapes.Time),
                                Maybe("max_uses", Shapes.Number),
                                Maybe("people", Everybody()),
                            ]
                        ),
                        LinkAnswers.MaxPage
                    )
                ),
                new("more", Shapes.Flag),
            ]
        );

    /// <summary>The rules about words.</summary>
    public static Form WordsHeld { get; } = new("words_held", "The rules about words.", [WordRules.Field]);

    /// <summary>What was done.</summary>
    public static Form AuditPage { get; } =
        new(
            "audit_page",
            "What was done, by whom, to whom, why and by which rules, the newest first.",
            [
                new(
                    "done",
                    Many(
                        new Form(
                            "audit_line",
                            "Something that was done; what is a type of event, link_made, link_dropped or words_set.",
                            [
                                new("version", Shapes.Number),
                                new("at", Shapes.Time),
                                new("by", Shapes.Token),
                                new("what", Shapes.Token),
                                Maybe("person", Shapes.Token),
                                Maybe("seq", Shapes.Number),
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
        new(
            "conversation",
            "explain",
            false,
            "Whether the caller may do something, and why; of the verb history, why they see no more of the past.",
            [new("verb", Asked(ExplainRequests.History)), Maybe("with", new Shape.OfVerb())],
            Explanation
        ),
        new(
            "conversation",
            "what_if",
            false,
            "What something would come to; nothing happens.",
            [new("verb", Asked()), Maybe("with", new Shape.OfVerb())],
            WhatIf
        ),
        new(
            "conversation",
            "bans",
            false,
            "Who is kept out, in order of their ids; for who may let them in again.",
            [Maybe("after", Shapes.Token), Maybe("limit", new Shape.Whole(1, Requests.MaxMembersPage))],
            BansPage
        ),
        new(
            "conversation",
            "links",
            false,
            "The links that let people in: the caller's own, and all of them to who may admit.",
            [Maybe("after", Shapes.Token), Maybe("limit", new Shape.Whole(1, LinkAnswers.MaxPage))],
            LinksPage
        ),
        new("conversation", "word_rules", false, "The rules about words; for who may set them.", [], WordsHeld),
        new(
            "conversation",
            "audit",
            false,
            "What was done to it and to its people, before a version; for who may change its settings.",
            [
                Maybe("before", new Shape.Whole(1, Requests.MaxNumber)),
                Maybe("limit", new Shape.Whole(1, AuditAnswers.MaxPage)),
            ],
            AuditPage
        ),
    ];

    private static Shape Asked(params string[] besides) =>
        Words([.. ChangeForms.Verbs.Select(verb => verb.Name).Where(name => name != "create"), .. besides]);
}
