namespace Chat.Domain.Limiting;

/// <summary>How often something may be done in the long run, and how often at once.</summary>
/// <param name="PerSecond">Times a second, 1 to 1,000,000.</param>
/// <param name="Burst">Times at once, after it was not done for long; 1 to 1,000,000,000.</param>
public sealed record Rate(int PerSecond, int Burst)
{
    /// <summary>So many times as often, and as many times at once.</summary>
    public Rate Times(int factor) =>
        new((int)Math.Min(1_000_000, (long)PerSecond * factor), (int)Math.Min(1_000_000_000, (long)Burst * factor));
}

/// <summary>
/// A token bucket: it fills at a rate up to its burst, and each time takes one token. Time is an input; whole numbers
/// only, so it is the same everywhere.
/// </summary>
/// <param name="Level">What is in it, in millionths of a token.</param>
/// <param name="At">When that was so.</param>
public readonly record struct Bucket(long Level, Instant At)
{
    /// <summary>A token, in millionths.</summary>
    public const long Token = 1_000_000;

    /// <summary>A full one.</summary>
    public static Bucket Full(Rate rate, Instant at) => new(rate.Burst * Token, at);

    /// <summary>The same at a later moment. A clock that goes back adds nothing.</summary>
    public Bucket Filled(Rate rate, Instant now)
    {
        var elapsed = Math.Max(0, now.Since(At));
        var most = rate.Burst * Token;
        // Millionths for each millisecond; what would fill it in any case is not multiplied, for it could overflow.
        var perMs = rate.PerSecond * (Token / 1_000);
        var level = elapsed >= (most / perMs) + 1 ? most : Math.Min(most, Level + (elapsed * perMs));
        return new Bucket(level, Instant.Max(At, now));
    }

    /// <summary>Whether it is as if it had never been used.</summary>
    public bool IsFull(Rate rate, Instant now) => Filled(rate, now).Level == rate.Burst * Token;

    /// <summary>How long until there is a token, in milliseconds, rounded up; 0 if there is one.</summary>
    public long WaitMs(Rate rate, Instant now)
    {
        var perMs = rate.PerSecond * (Token / 1_000);
        return Math.Max(0, (Token - Filled(rate, now).Level + perMs - 1) / perMs);
    }

    /// <summary>It without one more token; there must be one.</summary>
    public Bucket Taken(Rate rate, Instant now)
    {
        var filled = Filled(rate, now);
        return filled with { Level = filled.Level - Token };
    }
}

/// <summary>How often what may be asked.</summary>
/// <param name="Person">Changes by one person.</param>
/// <param name="Device">Changes from one of their devices.</param>
/// <param name="Conversation">Changes of one conversation, by all of its people.</param>
/// <param name="Queries">Queries and marks from one device.</param>
/// <param name="Misses">Requests of one person that name what is not there or not theirs: guesses.</param>
public sealed record RateLimits(Rate Person, Rate Device, Rate Conversation, Rate Queries, Rate Misses)
{
    /// <summary>More than people do, and less than would crowd others out.</summary>
    public static RateLimits Default { get; } =
        new(new Rate(30, 300), new Rate(20, 200), new Rate(300, 2_000), new Rate(50, 500), new Rate(2, 100));

    /// <summary>So many times as much of each, as for a benchmark.</summary>
    public RateLimits Times(int factor) =>
        new(
            Person.Times(factor),
            Device.Times(factor),
            Conversation.Times(factor),
            Queries.Times(factor),
            Misses.Times(factor)
        );
}

/// <summary>Many buckets, by key. Taking is all or nothing: what is refused costs nothing.</summary>
/// <typeparam name="TKey">What a bucket is of.</typeparam>
/// <param name="Held">The buckets that are not known to be full.</param>
public sealed record Buckets<TKey>(HashMap<TKey, Bucket> Held)
    where TKey : notnull
{
    /// <summary>All full.</summary>
    public static Buckets<TKey> Full { get; } = new(HashMap<TKey, Bucket>());

    /// <summary>
    /// Takes a token from each, or none, with the key of the one that is longest in filling and how long it is, in
    /// milliseconds.
    /// </summary>
    public (Buckets<TKey> After, Option<(TKey Key, long WaitMs)> Refused) Take(
        ReadOnlySpan<(TKey Key, Rate Rate)> wanted,
        Instant now
    )
    {
        (TKey Key, long WaitMs)? longest = null;
        foreach (var (key, rate) in wanted)
            if (Of(key, rate, now).WaitMs(rate, now) is > 0 and var wait && wait > (longest?.WaitMs ?? 0))
                longest = (key, wait);
        if (longest is { } refused)
            return (this, Some(refused));
        var held = Held;
        foreach (var (key, rate) in wanted)
            held = held.AddOrUpdate(key, Of(key, rate, now).Taken(rate, now));
        return (new Buckets<TKey>(held), None);
    }

    /// <summary>Whether there is a token; nothing is taken.</summary>
    public long WaitMs(TKey key, Rate rate, Instant now) => Of(key, rate, now).WaitMs(rate, now);

    /// <summary>Without those that are full again: they are as if they had never been used.</summary>
    public Buckets<TKey> Swept(Func<TKey, Rate> rateOf, Instant now) =>
        new(Held.Filter((key, bucket) => !bucket.IsFull(rateOf(key), now)));

    private Bucket Of(TKey key, Rate rate, Instant now) => Held.Find(key).IfNone(() => Bucket.Full(rate, now));
}
