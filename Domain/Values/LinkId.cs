namespace Chat.Domain.Values;

/// <summary>
/// A link that lets people in. Whoever has it may come, so it is to be as hard to guess as its maker can.
/// </summary>
public readonly record struct LinkId : IComparable<LinkId>
{
    private readonly string? value;

    private LinkId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, LinkId> Create(string? text) => Token.Checked(text, "link", t => new LinkId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static LinkId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(LinkId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
