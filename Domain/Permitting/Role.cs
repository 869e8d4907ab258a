namespace Chat.Domain.Permitting;

/// <summary>A role of one conversation, by an id that those who define it choose.</summary>
public readonly record struct RoleId : IComparable<RoleId>
{
    private readonly string? value;

    private RoleId(string value) => this.value = value;

    /// <summary>The role that everybody has, below all others.</summary>
    public static RoleId Everyone { get; } = new("everyone");

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, RoleId> Create(string? text) => Token.Checked(text, "role", t => new RoleId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static RoleId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(RoleId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a role is called. At most 64 bytes of UTF-8, NFC, one line, trimmed.</summary>
public sealed record RoleName
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private RoleName(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, RoleName> Create(string? raw) =>
        Text.Checked(raw, "name", Bounds, t => new RoleName(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A role: what it is called, how high it stands and what it changes.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Rank">1 to <see cref="MaxRank"/>; that of everyone is 0. Nobody acts on who stands as high.</param>
/// <param name="Grant">What it adds and takes.</param>
public sealed record RoleDefinition(RoleName Name, int Rank, Grant Grant)
{
    /// <summary>The highest rank of a role; the owner stands above it.</summary>
    public const int MaxRank = 1_000;
}
