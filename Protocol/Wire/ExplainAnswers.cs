using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Whether something may be done, why, and who could make it otherwise.</summary>
/// <param name="Explanation">What the rules say.</param>
/// <param name="SeesFrom">The first message that one sees, where the past was asked about.</param>
public sealed record ExplanationEntry(Explanation Explanation, long? SeesFrom = null);

/// <summary>What something would come to.</summary>
/// <param name="Version">The version of the conversation at which it was worked out.</param>
/// <param name="WhatIf">What would be gained and lost.</param>
public sealed record WhatIfEntry(long Version, WhatIf WhatIf);

/// <summary>Somebody who is kept out.</summary>
/// <param name="Person">Who.</param>
/// <param name="Until">Until when; null where only being let in ends it.</param>
public sealed record BanEntry(PersonId Person, Instant? Until);

/// <summary>A page of who is kept out, in order of their ids.</summary>
public sealed record BansPage(Listing<BanEntry> Bans, bool More);

/// <summary>Explanations, as they are answered and read.</summary>
public static class ExplainAnswers
{
    /// <summary>An explanation.</summary>
    public static byte[] Ok(ExplanationEntry entry) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                var verdict = entry.Explanation.Verdict;
                writer.WriteMapHeader(3 + Writing.Count(!verdict.IsAllowed, entry.SeesFrom is not null));
                Write(ref writer, verdict);
                writer.Field("who", entry.Explanation.Who);
                if (entry.SeesFrom is { } seq)
                    writer.Field("sees_from", seq);
            }
        );

    /// <summary>What something would come to.</summary>
    public static byte[] Ok(WhatIfEntry entry) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                var whatIf = entry.WhatIf;
                writer.WriteMapHeader(5 + Writing.Count(!whatIf.Verdict.IsAllowed));
                writer.Field("version", entry.Version);
                Write(ref writer, whatIf.Verdict);
                writer.Field("differences", whatIf.Differences, WriteDifference);
                writer.Field("lock_out", whatIf.IsLockOut);
            }
        );

    /// <summary>A page of who is kept out.</summary>
    public static byte[] Ok(BansPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("bans", page.Bans, WriteBan);
                writer.Field("more", page.More);
            }
        );

    /// <summary>Reads an explanation.</summary>
    public static ExplanationEntry Explanation(Fields ok) =>
        new(new Explanation(VerdictOf(ok), ok.Persons("who")), ok["sees_from"] as long?);

    /// <summary>
    /// Reads what something would come to. Of permissions that this version does not know it is silent.
    /// </summary>
    public static WhatIfEntry WhatIf(Fields ok) =>
        new(
            ok.Long("version"),
            new WhatIf(
                VerdictOf(ok),
                Listing.From(ok.List("differences", DifferenceOf).SelectMany(one => one)),
                ok["lock_out"] is true
            )
        );

    /// <summary>Reads a page of who is kept out.</summary>
    public static BansPage Bans(Fields ok) =>
        new(ok.List("bans", one => new BanEntry(one.Person("person"), one["until"] as Instant?)), ok["more"] is true);

    private static void Write(ref MessagePackWriter writer, Verdict verdict)
    {
        writer.Field("allowed", verdict.IsAllowed);
        writer.Field("because", verdict.Because, static (ref MessagePackWriter w, string rule) => w.Write(rule));
        if (verdict.Refusal is not { } refusal)
            return;
        writer.Write("refused");
        Answers.WriteRefusal(ref writer, refusal);
    }

    private static Verdict VerdictOf(Fields one) =>
        new(
            one["allowed"] is true ? null : Decoding.RefusalOf(one.Map("refused")),
            one["because"] is object?[] rules ? Listing.From(rules.OfType<string>()) : []
        );

    private static void WriteDifference(ref MessagePackWriter writer, Difference difference)
    {
        writer.WriteMapHeader(3);
        writer.Field("person", difference.Person.Value);
        writer.Field("permission", difference.Permission.Word());
        writer.Field("gained", difference.IsGained);
    }

    private static Option<Difference> DifferenceOf(Fields one) =>
        PermissionWords
            .Find(one.String("permission"))
            .Map(permission => new Difference(one.Person("person"), permission, one["gained"] is true));

    private static void WriteBan(ref MessagePackWriter writer, BanEntry ban)
    {
        writer.WriteMapHeader(1 + Writing.Count(ban.Until is not null));
        writer.Field("person", ban.Person.Value);
        if (ban.Until is { } until)
            writer.Field("until", until);
    }
}
