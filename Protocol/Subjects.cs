using Chat.Domain.Conversations;

namespace Chat.Protocol;

/// <summary>
/// The subjects of the contract. Every part that comes from outside is a checked token, so none can add a dot or a
/// star.
/// </summary>
public static class Subjects
{
    /// <summary>What the hosts listen to: every request of every person.</summary>
    public const string AllRequests = "chat.v1.req.>";

    /// <summary>The queue group that requests reach one host of.</summary>
    public const string HostGroup = "chat";

    /// <summary>Inside: where an import hands requests of others to a host. No client reaches it.</summary>
    public const string AllImports = "chat.int.import.>";

    /// <summary>Inside: a host says that buckets have moved. No client reaches it.</summary>
    public const string BucketsMoved = "chat.int.buckets";

    /// <summary>The header of a request that one host hands to another: the subject that it came on.</summary>
    public const string CameOn = "Chat-Came-On";

    /// <summary>Inside: where a host is handed requests about streams that are its own.</summary>
    public static string HostAsked(string host) => $"chat.int.host.{host}.asked";

    /// <summary>Inside: where a host hears what it must know before another one answers.</summary>
    public static string HostTold(string host) => $"chat.int.host.{host}.told";

    /// <summary>Inside: who is in the house, from host to host. No client reaches it.</summary>
    public const string Presence = "chat.int.presence";

    /// <summary>Inside: where a host asks the others who is in the house. No client reaches it.</summary>
    public const string PresenceAsked = "chat.int.presence.asked";

    /// <summary>The id where nothing is addressed.</summary>
    public const string Nothing = "-";

    /// <summary>Where a device sends a request.</summary>
    public static string Request(PersonId person, DeviceId device, string area, string id, string verb) =>
        $"chat.v1.req.{person}.{device}.{area}.{id}.{verb}";

    /// <summary>Where an import hands in a request of somebody else.</summary>
    public static string Import(PersonId person, DeviceId device, string area, string id, string verb) =>
        $"chat.int.import.{person}.{device}.{area}.{id}.{verb}";

    /// <summary>Where a person hears of a conversation.</summary>
    public static string Event(PersonId person, ConversationId conversation) =>
        $"chat.v1.evt.{person}.conversation.{conversation}";

    /// <summary>Where a person hears how they stand to another.</summary>
    public static string Event(PersonId person, PersonId other) => $"chat.v1.evt.{person}.friend.{other}";

    /// <summary>Where a person hears of the room that they are in.</summary>
    public static string Event(PersonId person, RoomId room) => $"chat.v1.evt.{person}.room.{room}";

    /// <summary>Where a person hears what is not kept of a room: reactions, calls, answers to a knock.</summary>
    public static string Ephemeral(PersonId person, RoomId room) => $"chat.v1.eph.{person}.room.{room}";

    /// <summary>Where a person hears of a call with somebody.</summary>
    public static string Call(PersonId person, PersonId other) => $"chat.v1.evt.{person}.call.{other}";

    /// <summary>Where a person hears what the other of a call passes on.</summary>
    public static string CallSignal(PersonId person, PersonId other) => $"chat.v1.eph.{person}.call.{other}";

    /// <summary>Where a person hears what changes in the house: of a room, or of somebody.</summary>
    public static string House(PersonId person, string about) => $"chat.v1.eph.{person}.house.{about}";

    /// <summary>All that a person hears of.</summary>
    public static string Events(PersonId person) => $"chat.v1.evt.{person}.>";

    /// <summary>Where a person hears what is not kept: typing, receipts.</summary>
    public static string Ephemeral(PersonId person, ConversationId conversation) =>
        $"chat.v1.eph.{person}.conversation.{conversation}";

    /// <summary>Where a person hears that somebody they know is called otherwise.</summary>
    public static string Ephemeral(PersonId person, PersonId about) => $"chat.v1.eph.{person}.person.{about}";

    /// <summary>All of what is not kept.</summary>
    public static string Ephemerals(PersonId person) => $"chat.v1.eph.{person}.>";

    /// <summary>Where a person hears which conversations have got how far, after a host took over.</summary>
    public static string Heads(PersonId person) => $"chat.v1.eph.{person}.sync.heads";

    /// <summary>The prefix of a device's own inbox.</summary>
    public static string Inbox(PersonId person, DeviceId device) => $"chat.v1.inbox.{person}.{device}";

    /// <summary>Whether a reply subject is a literal below the caller's own inbox; any other is not answered.</summary>
    public static bool IsOwnInbox(string? reply, PersonId person, DeviceId device)
    {
        var prefix = Inbox(person, device) + ".";
        return reply is not null
            && reply.Length > prefix.Length
            && reply.Length <= 512
            && reply.StartsWith(prefix, StringComparison.Ordinal)
            && !reply.EndsWith('.')
            && !reply.Contains("..", StringComparison.Ordinal)
            && !reply.AsSpan().ContainsAny("*> \t\r\n\0");
    }

    /// <summary>Reads a request's subject; none if it is not one.</summary>
    public static Option<Address> ParseRequest(string subject) => Parse(subject, "v1", "req");

    /// <summary>Reads the subject of an import's request; none if it is not one.</summary>
    public static Option<Address> ParseImport(string subject) => Parse(subject, "int", "import");

    private static Option<Address> Parse(string subject, string second, string third)
    {
        var parts = subject.Split('.');
        return
            parts is ["chat", var two, var three, var person, var device, var area, var id, var verb]
            && two == second
            && three == third
            && Token.IsValid(person)
            && Token.IsValid(device)
            ? Some(new Address(PersonId.Of(person), DeviceId.Of(device), area, id, verb))
            : None;
    }
}

/// <summary>
/// Who asks what of what, as the subject says it; the server proved the first two. The rest is whatever the caller
/// wrote there, until <see cref="Wire.Requests"/> has read it.
/// </summary>
public sealed record Address(PersonId Person, DeviceId Device, string Area, string Id, string Verb);
