namespace Chat.Domain.Deciding;

/// <summary>The kinds of aggregate that have a stream.</summary>
public enum StreamKind
{
    /// <summary>A direct, group or channel conversation.</summary>
    Conversation = 1,

    /// <summary>A person: their profile and what was revoked of theirs.</summary>
    Person = 2,

    /// <summary>Two people: friendship and block.</summary>
    Pair = 3,

    /// <summary>The desk of those who look after a conversation: what was reported to them.</summary>
    Desk = 4,

    /// <summary>A room that people are in together.</summary>
    Room = 5,

    /// <summary>Where a person is in the house, and whom they hear of there.</summary>
    Place = 6,

    /// <summary>The line between two people: their calls.</summary>
    Line = 7,
}

/// <summary>Names one stream of events: tenant, kind and id.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Kind">What sort of aggregate it is.</param>
/// <param name="Id">A token, unique in tenant and kind.</param>
public readonly record struct StreamKey(TenantId Tenant, StreamKind Kind, string Id) : IComparable<StreamKey>
{
    /// <summary>The stream of a conversation.</summary>
    public static StreamKey Of(TenantId tenant, ConversationId id) => new(tenant, StreamKind.Conversation, id.Value);

    /// <summary>The stream of a person.</summary>
    public static StreamKey Of(TenantId tenant, PersonId id) => new(tenant, StreamKind.Person, id.Value);

    /// <summary>The stream of two people, whichever of them comes first.</summary>
    public static StreamKey Of(TenantId tenant, PersonId one, PersonId other) =>
        new(tenant, StreamKind.Pair, Derive.DirectId(tenant, one, other).Value);

    /// <summary>The desk of those who look after a conversation.</summary>
    public static StreamKey Desk(TenantId tenant, ConversationId place) => new(tenant, StreamKind.Desk, place.Value);

    /// <summary>The stream of a room.</summary>
    public static StreamKey Of(TenantId tenant, RoomId id) => new(tenant, StreamKind.Room, id.Value);

    /// <summary>Where somebody is in the house.</summary>
    public static StreamKey Place(TenantId tenant, PersonId person) => new(tenant, StreamKind.Place, person.Value);

    /// <summary>The line between two people, whichever of them comes first.</summary>
    public static StreamKey Line(TenantId tenant, PersonId one, PersonId other) =>
        new(tenant, StreamKind.Line, Derive.DirectId(tenant, one, other).Value);

    /// <summary>The direct conversation of a pair: what belongs together has one id, and one owner.</summary>
    public StreamKey Direct => new(Tenant, StreamKind.Conversation, Id);

    /// <summary>This key's conversation.</summary>
    public ConversationId Conversation => ConversationId.Of(Id);

    /// <summary>Key order: the order in which streams of one transaction are locked.</summary>
    public int CompareTo(StreamKey other)
    {
        var byTenant = Tenant.CompareTo(other.Tenant);
        if (byTenant != 0)
            return byTenant;
        return Kind != other.Kind ? Kind.CompareTo(other.Kind) : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>
    /// The key as the store writes it: <c>tenant.c.id</c>, with the kind's letter. Tokens hold no dot, so it is
    /// injective.
    /// </summary>
    public override string ToString() => $"{Tenant.Value}.{Letter(Kind)}.{Id}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Option<StreamKey> Parse(string text)
    {
        var parts = text.Split('.');
        return parts is [var tenant, var letter, var id] && Token.IsValid(tenant) && Token.IsValid(id)
            ? KindOf(letter).Map(kind => new StreamKey(TenantId.Of(tenant), kind, id))
            : None;
    }

    private static string Letter(StreamKind kind) =>
        kind switch
        {
            StreamKind.Conversation => "c",
            StreamKind.Person => "p",
            StreamKind.Pair => "f",
            StreamKind.Desk => "d",
            StreamKind.Room => "r",
            StreamKind.Place => "h",
            StreamKind.Line => "l",
            _ => "-",
        };

    private static Option<StreamKind> KindOf(string letter) =>
        letter switch
        {
            "c" => Some(StreamKind.Conversation),
            "p" => Some(StreamKind.Person),
            "f" => Some(StreamKind.Pair),
            "d" => Some(StreamKind.Desk),
            "r" => Some(StreamKind.Room),
            "h" => Some(StreamKind.Place),
            "l" => Some(StreamKind.Line),
            _ => None,
        };
}
