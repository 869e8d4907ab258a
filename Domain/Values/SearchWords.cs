namespace Chat.Domain.Values;

/// <summary>
/// Words to look for. At most 256 bytes of UTF-8, NFC, one line, trimmed; may be blank, and then nothing is found.
/// </summary>
public sealed record SearchWords
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true, MayBeBlank: true);

    private SearchWords(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, SearchWords> Create(string? raw) =>
        Text.Checked(raw, "words", Bounds, t => new SearchWords(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
