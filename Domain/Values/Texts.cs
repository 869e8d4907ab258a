namespace Chat.Domain.Values;

/// <summary>What a message says. Several lines are welcome; blank is not. At most 16,384 bytes of UTF-8, NFC.</summary>
public sealed record Body
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 16_384;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: false);

    private Body(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Body> Create(string? raw) => Text.Checked(raw, "body", Bounds, t => new Body(t));

    /// <summary>No words: of a message that only carries files.</summary>
    public static Body None { get; } = new("");

    /// <summary>A room's name, said.</summary>
    internal static Body Of(RoomName name) => new(name.Value);

    /// <summary>As <see cref="Create"/>, where there may be no words.</summary>
    public static Validation<Fault, Body> CreateOrNone(string? raw) =>
        string.IsNullOrWhiteSpace(raw) ? Validation<Fault, Body>.Success(None) : Create(raw);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a group or channel is called. At most 256 bytes of UTF-8, NFC, one line, trimmed.</summary>
public sealed record ConversationName
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private ConversationName(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, ConversationName> Create(string? raw) =>
        Text.Checked(raw, "name", Bounds, t => new ConversationName(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What a conversation is about just now; may be blank, which clears it. At most 1,024 bytes of UTF-8, NFC, one line,
/// trimmed.
/// </summary>
public sealed record Topic
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1_024;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true, MayBeBlank: true);

    private Topic(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Topic> Create(string? raw) => Text.Checked(raw, "topic", Bounds, t => new Topic(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a member is called in one conversation. At most 128 bytes of UTF-8, NFC, one line, trimmed.</summary>
public sealed record Nickname
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 128;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private Nickname(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Nickname> Create(string? raw) =>
        Text.Checked(raw, "nickname", Bounds, t => new Nickname(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a room is called. At most 96 bytes of UTF-8, NFC, one line, trimmed.</summary>
public sealed record RoomName
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 96;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private RoomName(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, RoomName> Create(string? raw) =>
        Text.Checked(raw, "name", Bounds, t => new RoomName(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What is said in a room. Several lines are welcome; blank is not. At most 2,000 bytes of UTF-8, NFC.
/// </summary>
public sealed record RoomText
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 2_000;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: false);

    private RoomText(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, RoomText> Create(string? raw) =>
        Text.Checked(raw, "text", Bounds, t => new RoomText(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// What a device passes on to another so that they find each other for a call; nobody between reads it. At most 16,384
/// bytes of UTF-8, NFC.
/// </summary>
public sealed record CallSignal
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 16_384;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: false);

    private CallSignal(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, CallSignal> Create(string? raw) =>
        Text.Checked(raw, "data", Bounds, t => new CallSignal(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A reaction: an emoji, or a short name for one. At most 64 bytes of UTF-8, NFC, one line, trimmed.</summary>
public sealed record Emoji : IComparable<Emoji>
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private Emoji(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Emoji> Create(string? raw) => Text.Checked(raw, "emoji", Bounds, t => new Emoji(t));

    /// <inheritdoc/>
    public int CompareTo(Emoji? other) => string.CompareOrdinal(Value, other?.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// Why a moderator did something, in their words. At most 1,024 bytes of UTF-8, NFC, one line, trimmed.
/// </summary>
public sealed record Reason
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1_024;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private Reason(string value) => Value = value;

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Reason> Create(string? raw) =>
        Text.Checked(raw, "reason", Bounds, t => new Reason(t));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
