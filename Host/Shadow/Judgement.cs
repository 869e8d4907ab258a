namespace Chat.Host.Shadow;

/// <summary>What became of a recorded request when it was decided again.</summary>
internal abstract record Judgement
{
    private Judgement() { }

    /// <summary>The verdict is the recorded one, and so are the events.</summary>
    public sealed record Same : Judgement;

    /// <summary>It would be answered otherwise now.</summary>
    public sealed record Differs(string Now) : Judgement;

    /// <summary>What it was decided on is not known any more.</summary>
    public sealed record Unknown(string Why) : Judgement;
}

/// <summary>A recorded request with its judgement.</summary>
internal sealed record Judged(Entry.Request Request, Judgement Judgement);
