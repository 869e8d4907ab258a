namespace Chat.Domain.Values;

/// <summary>
/// A file that was uploaded. Whoever keeps files makes the id, so that it stands for all that is said of it.
/// </summary>
public readonly record struct FileId : IComparable<FileId>
{
    private readonly string? value;

    private FileId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, FileId> Create(string? text) => Token.Checked(text, "file", t => new FileId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static FileId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(FileId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What a file is called: a name and no path. At most 255 bytes of UTF-8, NFC, one line, trimmed, without slashes.
/// </summary>
public sealed record FileName
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 255;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private FileName(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, FileName> Create(string? raw) =>
        raw?.AsSpan().IndexOfAny('/', '\\') >= 0
            ? Validation<Fault, FileName>.Fail(Seq1(new Fault("name", "a name, without slashes")))
            : Text.Checked(raw, "name", Bounds, t => new FileName(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What sort of thing a file is: <c>type/subtype</c> of RFC 6838 in lower case, without parameters, at most 127
/// characters.
/// </summary>
public sealed record MediaType
{
    /// <summary>The longest, in characters (all of one byte).</summary>
    public const int MaxLength = 127;

    private MediaType(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, MediaType> Create(string? raw) =>
        raw is { Length: <= MaxLength } && raw.Split('/') is [var type, var subtype] && IsName(type) && IsName(subtype)
            ? Validation<Fault, MediaType>.Success(new MediaType(raw))
            : Validation<Fault, MediaType>.Fail(
                Seq1(new Fault("type", "a media type as image/png, in lower case, without parameters"))
            );

    // The names of RFC 6838, section 4.2.
    private static bool IsName(string text) =>
        text.Length > 0 && IsLetter(text[0]) && text.All(one => IsLetter(one) || "!#$&-^_.+".Contains(one));

    private static bool IsLetter(char one) => char.IsAsciiLetterLower(one) || char.IsAsciiDigit(one);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A picture or another file that a message carries: what is known of it, not what is in it.</summary>
/// <param name="File">Which one.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Type">What sort of thing it is.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="At">When it was uploaded: it waits <see cref="WaitsMs"/> for its message.</param>
/// <param name="Width">Of a picture, in pixels.</param>
/// <param name="Height">Of a picture, in pixels.</param>
public sealed record Attachment(
    FileId File,
    FileName Name,
    MediaType Type,
    long Bytes,
    Instant At,
    int? Width = null,
    int? Height = null
)
{
    /// <summary>How long a file waits for its message, in milliseconds: a day less an hour.</summary>
    public const long WaitsMs = 82_800_000;

    /// <summary>Whether it is a picture, by its type.</summary>
    public bool IsPicture => Type.Value.StartsWith("image/", StringComparison.Ordinal);
}
