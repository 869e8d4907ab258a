namespace Chat.Domain.Games;

/// <summary>What is to be said of a log.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>All of it follows from the rules, the secret and what the players contributed.</summary>
    public sealed record Sound(Listing<Score> Scores) : Verdict;

    /// <summary>So far nothing is wrong, and the game has not ended: nothing can be proved yet.</summary>
    public sealed record Unfinished : Verdict;

    /// <summary>The rules or the deck that it was played with are not these, so nothing can be said.</summary>
    public sealed record Unknown(string Rule) : Verdict;

    /// <summary>It is not what happened.</summary>
    /// <param name="Index">The first entry that is wrong, from 0.</param>
    /// <param name="Rule">
    /// Why: the rule by which it would have been refused, or <c>entry.not_first</c>, <c>entry.without_cause</c>,
    /// <c>entry.other</c>, <c>entry.after_end</c>, <c>time.back</c>, <c>link.other</c>, <c>link.not_seen</c>.
    /// </param>
    public sealed record Broken(int Index, string Rule) : Verdict;
}

/// <summary>What a device saw while it was played: the link after so many entries.</summary>
public sealed record Seen(long Index, Bits256 Link);
