namespace Chat.Domain.Permitting;

/// <summary>Whether something may be done, with the rules that led to it, the deciding one last.</summary>
/// <param name="Refusal">Why not; null where it may be done.</param>
/// <param name="Because">
/// The rules: where a permission came from or was lost (<c>role.{id}.denies</c>), then what decided
/// (<c>permission.kick</c>). The same question gives the same rules.
/// </param>
public sealed record Verdict(Refusal? Refusal, Listing<string> Because)
{
    /// <summary>Whether it may be done.</summary>
    public bool IsAllowed => Refusal is null;

    internal static Verdict Of(Either<Refusal, Listing<string>> judged) =>
        judged.Match(
            Right: because => new Verdict(null, because),
            Left: refusal => new Verdict(refusal, refusal.Because)
        );
}
