using Chat.Domain.Values;
using Chat.Protocol.Wire;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of what is said of how it was, of what was done, and of what would be.</summary>
internal static class KeepingFaults
{
    public static IEnumerable<Fault> All =>
        [
            new("shows back then what whoever asks does not see")
            {
                Answer = (queries, person, device, ask) =>
                    ask is Ask.View { Person: { } whom } view
                        ? queries.AnswerAsync(whom, device, view with { Person = null })
                        : queries.AnswerAsync(person, device, ask),
            },
            View("does not say that something is hidden", 22, page => page with { Hidden = [] }),
            View("says of nobody that they were in", 0, page => page with { Details = null }),
            new("tells whoever asks what was done", 21)
            {
                Answer = (queries, person, device, ask) => ReadFaults.AsFirst<Ask.Audit>(queries, person, device, ask),
            },
            Audit("forgets why it could be done", line => line with { Because = [] }),
            Audit("forgets who did it", line => line with { By = line.Person ?? line.By }),
            Fault.Of<Ask.Bans, BansPage>(
                "forgets who is out",
                18,
                ExplainAnswers.Bans,
                (_, _) => ExplainAnswers.Ok(new BansPage([], false))
            ),
            Fault.Of<Ask.Links, LinksPage>(
                "counts nobody who came by a link",
                12,
                LinkAnswers.Page,
                (_, page) =>
                    LinkAnswers.Ok(
                        page with
                        {
                            Links = Listing.From(
                                page.Links.Select(one => one with { Link = one.Link with { Uses = 0 } })
                            ),
                        }
                    )
            ),
            WhatIf("says that nothing would change", 0, one => one with { Differences = [] }),
            WhatIf("says that nobody locks themselves out", 41, one => one with { IsLockOut = false }),
        ];

    private static Fault View(string name, int from, Func<HindsightPage, HindsightPage> change) =>
        Fault.Of<Ask.View, HindsightPage>(
            name,
            from,
            HindsightAnswers.Page,
            (_, page) => HindsightAnswers.Ok(change(page))
        );

    private static Fault Audit(string name, Func<AuditLine, AuditLine> change) =>
        Fault.Of<Ask.Audit, AuditPage>(
            name,
            0,
            AuditAnswers.Page,
            (_, page) => AuditAnswers.Ok(page with { Lines = Listing.From(page.Lines.Select(change)) })
        );

    private static Fault WhatIf(
        string name,
        int from,
        Func<Domain.Permitting.WhatIf, Domain.Permitting.WhatIf> change
    ) =>
        Fault.Of<Ask.WhatIf, WhatIfEntry>(
            name,
            from,
            ExplainAnswers.WhatIf,
            (_, entry) => ExplainAnswers.Ok(entry with { WhatIf = change(entry.WhatIf) })
        );
}
