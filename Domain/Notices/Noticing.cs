using Chat.Domain.People;

namespace Chat.Domain.Notices;

/// <summary>
/// Tells somebody that friends came into the house: each opening at most once, several in one notice where they come
/// within a short time or where they are many, and nothing of whom they are not to be told.
/// </summary>
public static class Noticing
{
    /// <summary>How long, in milliseconds, others are waited for who come in, too.</summary>
    public const long GatherMs = 20_000;

    /// <summary>For how long, in milliseconds, there is no second notice of the same friend.</summary>
    public const long WindowMs = 30 * 60 * 1_000;

    /// <summary>More than so many within <see cref="ManyWithinMs"/> are told of in digests.</summary>
    public const int Many = 3;

    /// <summary>Within which time, in milliseconds, more than <see cref="Many"/> are many.</summary>
    public const long ManyWithinMs = 5 * 60 * 1_000;

    /// <summary>How far digests are apart at least, in milliseconds.</summary>
    public const long DigestEveryMs = 10 * 60 * 1_000;

    /// <summary>
    /// So many friends are kept of whom somebody was told within <see cref="WindowMs"/> or is to be; of more they are
    /// not told.
    /// </summary>
    public const int MaxKept = 200;

    /// <summary>
    /// What somebody is told now, and when this is to be asked again: then, and before if a friend comes in or they
    /// come in themselves. What they may not be told of when it happens, or when it would be told, is dropped; what
    /// they may not be told of from the first leaves no trace.
    /// </summary>
    public static (NoticeState After, Option<Notice> Notice, Option<Instant> Due) Decide(
        NoticeState before,
        NoticeFacts facts,
        Instant now
    )
    {
        var state = facts
            .Openings.Where(opening => facts.MayTell(opening.Who, now))
            .OrderBy(opening => (opening.At, opening.Who))
            .Aggregate(Kept(before, facts, now), (next, opening) => With(next, opening, now));
        var due = state.Due(facts.IsIn);
        return due.ForAll(at => now < at) ? (state, None, due) : (Told(state, now), Some(NoticeOf(state)), None);
    }

    /// <summary>
    /// What keeps somebody from being told of a friend. What one of them does in silence the other cannot tell from a
    /// friend who does not come.
    /// </summary>
    /// <param name="friend">Who came in.</param>
    /// <param name="privacy">What the friend keeps to themselves.</param>
    /// <param name="ghosted">Whom the friend ghosts.</param>
    /// <param name="whom">Who would be told.</param>
    /// <param name="muted">Whom these muted.</param>
    /// <param name="isClosed">Whether one of the two blocks the other.</param>
    public static Bars Between(
        PersonId friend,
        Privacy privacy,
        Set<PersonId> ghosted,
        PersonId whom,
        Set<PersonId> muted,
        bool isClosed
    ) =>
        (ghosted.Contains(whom) ? Bars.Ghosted : Bars.None)
        | (muted.Contains(friend) ? Bars.Muted : Bars.None)
        | (isClosed ? Bars.Blocked : Bars.None)
        | (Reach.ShowsPresence(privacy, new Terms(true, false)) ? Bars.None : Bars.Hidden);

    // What still matters.
    private static NoticeState Kept(NoticeState state, NoticeFacts facts, Instant now) =>
        state with
        {
            Told = state.Told.Filter(at => now.Since(at) < WindowMs),
            Waiting = Listing.From(state.Waiting.Where(one => facts.MayTell(one.Opening.Who, now))),
        };

    private static NoticeState With(NoticeState state, Opening opening, Instant now)
    {
        var isKnown = state.Told.ContainsKey(opening.Who) || state.Waiting.Any(one => one.Opening.Who == opening.Who);
        if (isKnown || state.Told.Count + state.Waiting.Count >= MaxKept)
            return state;
        var isOfMany = state.Recent.Count == Many && now.Since(state.Recent[0]) < ManyWithinMs;
        return state with
        {
            Waiting = Listing.From(state.Waiting.Add(new(opening, isOfMany)).OrderBy(one => one.Opening.At)),
            Recent = Listing.From(state.Recent.Add(now).TakeLast(Many)),
        };
    }

    private static Notice NoticeOf(NoticeState state) =>
        new(Listing.From(state.Waiting.Select(one => one.Opening.Who)), state.IsDigest);

    private static NoticeState Told(NoticeState state, Instant now) =>
        state with
        {
            Told = state.Waiting.Aggregate(state.Told, (told, one) => told.AddOrUpdate(one.Opening.Who, now)),
            Waiting = [],
            DigestAt = state.IsDigest ? now : state.DigestAt,
        };
}
