namespace Chat.Domain.Notices;

/// <summary>What one person was told and is to be told, as far as it still matters.</summary>
/// <param name="Told">Of whom they were told within <see cref="Noticing.WindowMs"/>, and when.</param>
/// <param name="Waiting">
/// Of whom they are to be told, first to last; with those in <paramref name="Told"/> at most
/// <see cref="Noticing.MaxKept"/>.
/// </param>
/// <param name="Recent">
/// When they were last to be told of somebody, first to last; at most <see cref="Noticing.Many"/> times.
/// </param>
/// <param name="DigestAt">When they last had a digest; null if never.</param>
public sealed record NoticeState(
    Map<PersonId, Instant> Told,
    Listing<Waiting> Waiting,
    Listing<Instant> Recent,
    Instant? DigestAt
)
{
    /// <summary>Nothing told, nothing to tell.</summary>
    public static NoticeState Blank { get; } = new(Empty, [], [], null);

    /// <summary>
    /// Whether it says as much as <see cref="Blank"/>, and need not be kept. A digest matters no longer than those of
    /// whom it told.
    /// </summary>
    public bool IsBlank(Instant now) =>
        Waiting.Count == 0
        && Told.Values.ForAll(at => now.Since(at) >= Noticing.WindowMs)
        && Recent.All(at => now.Since(at) >= Noticing.ManyWithinMs);

    /// <summary>
    /// After hearing of what another host told them: they are told of it no more. In which order hosts hear of each
    /// other, and how often, makes no difference.
    /// </summary>
    /// <param name="told">Of whom, and when.</param>
    /// <param name="digestAt">When that was a digest, or the last before it; null if never.</param>
    public NoticeState Join(Map<PersonId, Instant> told, Instant? digestAt)
    {
        var all = told.Fold(
            Told,
            (held, who, at) => held.AddOrUpdate(who, held.Find(who).Map(ours => Instant.Max(ours, at)).IfNone(at))
        );
        while (all.Count > Noticing.MaxKept)
            all = all.Remove(all.AsEnumerable().MinBy(one => (one.Value, one.Key)).Key);
        return this with
        {
            Told = all,
            Waiting = Listing.From(Waiting.Where(one => !IsTold(one.Opening)).Take(Noticing.MaxKept - all.Count)),
            DigestAt = DigestAt is { } one && digestAt is { } other ? Instant.Max(one, other) : DigestAt ?? digestAt,
        };

        bool IsTold(Opening opening) => told.Find(opening.Who).Exists(at => opening.At.Since(at) < Noticing.WindowMs);
    }

    /// <summary>When those who wait are to be told of; none if nobody does.</summary>
    /// <param name="isIn">Whether whoever is told is in the house.</param>
    public Option<Instant> Due(bool isIn)
    {
        if (Waiting.Count == 0)
            return None;
        var first = Waiting[0].Opening.At;
        var ready = isIn ? first : first.Plus(Noticing.GatherMs);
        return DigestAt is { } digest && IsDigest ? Instant.Max(ready, digest.Plus(Noticing.DigestEveryMs)) : ready;
    }

    /// <summary>Whether what is told next is a digest.</summary>
    internal bool IsDigest => Waiting.Any(one => one.IsOfMany);
}
