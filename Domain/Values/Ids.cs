namespace Chat.Domain.Values;

/// <summary>A person: one identity of the embedding product, whatever device they use.</summary>
public readonly record struct PersonId : IComparable<PersonId>
{
    private readonly string? value;

    private PersonId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, PersonId> Create(string? text) =>
        Token.Checked(text, "person", t => new PersonId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static PersonId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(PersonId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One device of a person.</summary>
public readonly record struct DeviceId : IComparable<DeviceId>
{
    private readonly string? value;

    private DeviceId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, DeviceId> Create(string? text) =>
        Token.Checked(text, "device", t => new DeviceId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static DeviceId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(DeviceId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// A client's own name for one request; unique for person and device within what it addresses, for ever.
/// </summary>
public readonly record struct ClientId : IComparable<ClientId>
{
    private readonly string? value;

    private ClientId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, ClientId> Create(string? text) =>
        Token.Checked(text, "client_id", t => new ClientId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static ClientId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(ClientId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// A conversation. A direct one's is derived from its pair, any other's from the request that created it.
/// </summary>
public readonly record struct ConversationId : IComparable<ConversationId>
{
    private readonly string? value;

    private ConversationId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, ConversationId> Create(string? text) =>
        Token.Checked(text, "conversation", t => new ConversationId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static ConversationId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(ConversationId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A room that people are in together; derived from the request that lit it.</summary>
public readonly record struct RoomId : IComparable<RoomId>
{
    private readonly string? value;

    private RoomId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, RoomId> Create(string? text) => Token.Checked(text, "room", t => new RoomId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static RoomId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(RoomId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>One customer's space. It is part of every stream key.</summary>
public readonly record struct TenantId : IComparable<TenantId>
{
    private readonly string? value;

    private TenantId(string value) => this.value = value;

    /// <summary>The tenant where there is only one.</summary>
    public static readonly TenantId Main = new("main");

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, TenantId> Create(string? text) =>
        Token.Checked(text, "tenant", t => new TenantId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static TenantId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(TenantId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
