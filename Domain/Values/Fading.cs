namespace Chat.Domain.Values;

/// <summary>How much is left of what counts less the longer it is ago, in whole numbers: the same everywhere.</summary>
public static class Fading
{
    // Of what has been halved so often nothing is left.
    private const long Forgotten = 62;

    /// <summary>
    /// What is left: half after each half-life, and between them along a straight line. All of it where it is not yet.
    /// </summary>
    /// <param name="amount">How much it was, 0 or more.</param>
    /// <param name="ageMs">How long ago, in milliseconds.</param>
    /// <param name="halfLifeMs">After how long half is left, in milliseconds, above 0.</param>
    public static long Left(long amount, long ageMs, long halfLifeMs)
    {
        if (ageMs <= 0)
            return amount;
        if (ageMs / halfLifeMs >= Forgotten)
            return 0;
        var left = amount >> (int)(ageMs / halfLifeMs);
        return left - (long)((Int128)left * (ageMs % halfLifeMs) / (2 * (Int128)halfLifeMs));
    }
}
