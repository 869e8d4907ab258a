using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>Whether somebody may do something, why, and who could make it otherwise.</summary>
/// <param name="Verdict">Whether they may, with the rules that led to it.</param>
/// <param name="Who">
/// Members who could let them, the highest first, at most <see cref="MaxWho"/>: by granting what is missing, by
/// changing the setting, by giving the word back, or, where one stands too low, by doing it themselves. Nobody where it
/// may be done, where nothing would help, and to who is not in.
/// </param>
public sealed record Explanation(Verdict Verdict, Listing<PersonId> Who)
{
    /// <summary>The most people that are named.</summary>
    public const int MaxWho = 20;

    private const string Lacking = "permission.";

    /// <summary>Explains what <see cref="Permissions.Evaluate"/> says of the same question.</summary>
    public static Explanation Of(State state, Facts facts, PersonId actor, Command command, Instant now)
    {
        var verdict = Permissions.Evaluate(state, facts, actor, command, now);
        return new Explanation(verdict, verdict.Refusal is { } refusal ? Helpers(refusal) : []);

        // Who stands too low asks who could do it themselves.
        Listing<PersonId> Helpers(Refusal refusal) =>
            WhoHelps(
                state,
                actor,
                refusal is Refusal.Forbidden { Rules: [.., "rank.too_low"] }
                    ? (_, other) => Permissions.Evaluate(state, facts, other, command, now).Refusal is null
                    : (member, other) => Helps(state, member, other, refusal, now)
            );
    }

    private static Listing<PersonId> WhoHelps(State state, PersonId actor, Func<Member, PersonId, bool> helps) =>
        state.Members.Find(actor).Case is Member member
            ? Listing.From(
                state
                    .Members.AsEnumerable()
                    .Where(pair => pair.Key != actor && helps(member, pair.Key))
                    .OrderByDescending(pair => Layers.RankOf(state, pair.Value))
                    .ThenBy(pair => pair.Value.JoinedAt)
                    .ThenBy(pair => pair.Key)
                    .Take(MaxWho)
                    .Select(pair => pair.Key)
            )
            : [];

    private static bool Helps(State state, Member member, PersonId other, Refusal refusal, Instant now)
    {
        var powers = Layers.Now(state, other, now);
        var isAbove = Layers.RankOf(state, other) > Layers.RankOf(state, member);
        return refusal switch
        {
            // Who hands it on must hold it, in the layers, whatever one denial implies.
            Refusal.Forbidden { Rules: [.., var rule] } when Missing(rule) is { } permission => isAbove
                && powers.Has(Permission.ManageRoles)
                && state.Members.Find(other).Exists(one => Layers.Granted(state, one).Has(permission)),
            Refusal.Forbidden { Rules: [.., "owner.required"] } => Layers.RankOf(state, other) == Layers.OwnerRank,
            Refusal.Muted => isAbove && powers.Has(Permission.Timeout),
            Refusal.Locked or Refusal.SlowMode or Refusal.TooLate { Rule: "settings.edit_window" } => powers.Has(
                Permission.ManageSettings
            ),
            Refusal.Unwanted => powers.Has(Permission.ManageSettings),
            Refusal.TooLarge { Rule: "settings.message_bytes" } => powers.Has(Permission.ManageSettings),
            _ => false,
        };
    }

    private static Permission? Missing(string rule) =>
        rule.StartsWith(Lacking, StringComparison.Ordinal)
            ? PermissionWords.Find(rule[Lacking.Length..]).ToNullable()
            : null;
}

/// <summary>Why somebody sees no more of the past than they do.</summary>
/// <param name="FromVersion">The first version that they see.</param>
/// <param name="Because">
/// <c>history.all</c>: nothing is kept from them. <c>history.join</c>: they see it from when they came in.
/// <c>history.earlier</c>: they see some of what was before that, as the settings of that moment showed it.
/// <c>history.away</c> beside one of these: they were out in between.
/// </param>
public sealed record HistoryExplanation(long FromVersion, Listing<string> Because)
{
    /// <summary>Explains what a member sees; none for who is not in.</summary>
    public static Option<HistoryExplanation> Of(State state, PersonId person) => state.Members.Find(person).Map(Of);

    private static HistoryExplanation Of(Member member)
    {
        var from = member.Access.Count > 0 ? member.Access[0].From : member.JoinedAt;
        var latest = member.Access.Count > 0 ? member.Access[^1].From : member.JoinedAt;
        var rule =
            from <= 1 ? "history.all"
            : latest >= member.JoinedAt ? "history.join"
            : "history.earlier";
        return new HistoryExplanation(from, member.Access.Count > 1 ? ["history.away", rule] : [rule]);
    }
}
