namespace Chat.Domain.Values;

/// <summary>
/// What a person calls themselves. At most 128 bytes of UTF-8, NFC, one line, trimmed, and nothing that only looks like
/// something else (<see cref="Scripts"/>).
/// </summary>
public sealed record DisplayName
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 128;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private DisplayName(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, DisplayName> Create(string? raw) =>
        Text.Checked(raw, "name", Bounds, text => new DisplayName(text))
            .Bind(name =>
                Scripts.FaultOf(name.Value) is { } rule
                    ? Validation<Fault, DisplayName>.Fail(Seq1(new Fault("name", rule)))
                    : Validation<Fault, DisplayName>.Success(name)
            );

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// A few words of a person about themselves; may be blank, which clears them. At most 512 bytes of UTF-8, NFC, one
/// line, trimmed.
/// </summary>
public sealed record About
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 512;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true, MayBeBlank: true);

    private About(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, About> Create(string? raw) => Text.Checked(raw, "about", Bounds, t => new About(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
