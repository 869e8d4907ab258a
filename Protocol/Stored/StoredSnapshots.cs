using System.Buffers;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Snapshots to bytes and back. A snapshot only saves time: one of another fold version is ignored, and the stream is
/// folded from its events.
/// </summary>
public static class StoredSnapshots
{
    /// <summary>
    /// Raised whenever folding the same events gives another state, or the state is written in another form.
    /// </summary>
    public const int FoldVersion = 6;

    private const int ConversationFields = 16;

    /// <summary>The largest snapshot that is read, in bytes; a channel of 100,000 members has less.</summary>
    public const int MaxBytes = 67_108_864;

    /// <summary>A stream as a snapshot; nothing for an aggregate that has none.</summary>
    public static Option<byte[]> Encode(AnyStream stream) =>
        stream.State is Domain.Conversations.State or Domain.Desks.State or Domain.Places.State or Domain.Rooms.State
            ? Some(Written(stream))
            : None;

    private static byte[] Written(AnyStream stream)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        if (stream.State is Domain.Desks.State desk)
            DeskSnapshots.Write(ref writer, stream, desk);
        else if (stream.State is Domain.Places.State place)
            PlaceSnapshots.Write(ref writer, stream, place);
        else if (stream.State is Domain.Rooms.State room)
            RoomSnapshots.Write(ref writer, stream, room);
        else
            Write(ref writer, (State)stream.State, stream.LastAt);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, State state, Instant lastAt)
    {
        writer.WriteArrayHeader(ConversationFields);
        writer.Write(state.Version);
        writer.Write(lastAt.Milliseconds);
        writer.Write(state.LastSeq);
        writer.Write((int?)state.Kind ?? 0);
        writer.Write(state.Name?.Value);
        writer.Write(state.Topic?.Value);
        writer.WriteArrayHeader(state.Members.Count);
        foreach (var (person, member) in state.Members)
            Write(ref writer, person, member);
        writer.WriteArrayHeader(state.Invited.Count);
        foreach (var (person, asked) in state.Invited)
        {
            writer.WriteArrayHeader(3);
            writer.Write(person.Value);
            writer.Write(asked.By.Value);
            writer.Write(asked.Version);
        }
        WriteRules(ref writer, state);
    }

    private static void Write(ref MessagePackWriter writer, PersonId person, Member member)
    {
        writer.WriteArrayHeader(10);
        writer.Write(person.Value);
        writer.Write((int)member.Role);
        writer.Write(member.JoinedAt);
        writer.Write(member.JoinedSeq);
        writer.Write(member.Access);
        writer.Write(member.Nickname?.Value);
        Governed.Write(ref writer, member.Roles);
        Governed.Write(ref writer, member.Grant);
        Governed.Write(ref writer, member.TimedOutUntil);
        Governed.Write(ref writer, member.LastSentAt);
    }

    private static void WriteRules(ref MessagePackWriter writer, State state)
    {
        Governed.Write(ref writer, state.Settings);
        writer.WriteArrayHeader(state.Roles.Count);
        foreach (var (role, definition) in state.Roles)
        {
            writer.WriteArrayHeader(2);
            writer.Write(role.Value);
            Governed.Write(ref writer, definition);
        }
        writer.WriteArrayHeader(state.Banned.Count);
        foreach (var (person, ban) in state.Banned)
        {
            writer.WriteArrayHeader(2);
            writer.Write(person.Value);
            Governed.Write(ref writer, ban.Until);
        }
        writer.Write(Listing.From(state.Knocking));
        writer.WriteArrayHeader(state.Pins.Count);
        foreach (var pin in state.Pins)
            writer.Write(pin);
        writer.Write(Listing.From(state.ClosedBy));
        writer.WriteArrayHeader(state.Links.Count);
        foreach (var (id, link) in state.Links)
            Governed.Write(ref writer, id, link);
        Governed.Write(ref writer, state.Words);
    }

    /// <summary>
    /// Reads a snapshot of this fold version, or names the rule that the bytes break; nothing is thrown.
    /// </summary>
    public static Either<StoredFault, AnyStream> Decode(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= MaxBytes
            ? Reading.Guarded(() => Read(bytes))
            : Left<StoredFault, AnyStream>(new StoredFault("snapshot.too_large"));

    private static AnyStream Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var fields = new MessagePackReader(bytes).ReadArrayHeader();
        if (fields == DeskSnapshots.Fields)
            return DeskSnapshots.Read(ref reader);
        if (fields == PlaceSnapshots.Fields)
            return PlaceSnapshots.Read(ref reader);
        if (fields == RoomSnapshots.Fields)
            return RoomSnapshots.Read(ref reader);
        reader.Fixed(ConversationFields);
        var version = reader.Count64();
        var lastAt = reader.Instant();
        var lastSeq = reader.Count64();
        var kind = reader.ReadInt32();
        Reading.Must(kind is >= 0 and <= (int)ConversationKind.Channel, "stored.kind");
        var name = reader.TryReadNil() ? null : reader.Value(ConversationName.Create);
        var topic = reader.TryReadNil() ? null : reader.Value(Topic.Create);
        var members = new (PersonId, Member)[reader.Count(Limits.ChannelMembers)];
        for (var i = 0; i < members.Length; i++)
            members[i] = ReadMember(ref reader);
        var invited = new (PersonId, Invitation)[reader.Count(Limits.PendingInvitations)];
        for (var i = 0; i < invited.Length; i++)
        {
            reader.Fixed(3);
            invited[i] = (reader.Person(), new Invitation(reader.Person(), reader.Count64()));
        }
        // A person who stands there twice is damage, and must not throw.
        var state = new State(
            version,
            lastSeq,
            kind == 0 ? null : (ConversationKind)kind,
            name,
            topic,
            new Map<PersonId, Member>(members, tryAdd: true),
            new Map<PersonId, Invitation>(invited, tryAdd: true)
        );
        state = ReadRules(ref reader, state);
        reader.End();
        return Conversation.At(state, lastAt);
    }

    private static State ReadRules(ref MessagePackReader reader, State state)
    {
        var settings = Governed.Settings(ref reader);
        var roles = Map<RoleId, RoleDefinition>();
        for (var left = reader.Count(Limits.Roles); left > 0; left--)
        {
            reader.Fixed(2);
            roles = roles.TryAdd(reader.Value(RoleId.Create), Governed.Definition(ref reader));
        }
        var banned = Map<PersonId, Ban>();
        for (var left = reader.Count(Limits.Bans); left > 0; left--)
        {
            reader.Fixed(2);
            banned = banned.TryAdd(reader.Person(), new Ban(Governed.Until(ref reader)));
        }
        var knocking = toSet(reader.People().Distinct());
        var pins = new MessageRef[reader.Count(Limits.Pins)];
        for (var i = 0; i < pins.Length; i++)
            pins[i] = reader.Message();
        var closedBy = toSet(reader.People().Distinct());
        var links = Map<LinkId, Link>();
        for (var left = reader.Count(Limits.Links); left > 0; left--)
        {
            var (id, link) = Governed.Link(ref reader);
            links = links.TryAdd(id, link);
        }
        return state with
        {
            Settings = settings,
            Roles = roles,
            Banned = banned,
            Knocking = knocking,
            Pins = Listing.Of<MessageRef>(pins),
            ClosedBy = closedBy,
            Links = links,
            Words = Governed.WordRules(ref reader),
        };
    }

    private static (PersonId, Member) ReadMember(ref MessagePackReader reader)
    {
        reader.Fixed(10);
        var person = reader.Person();
        var role = reader.ReadInt32();
        Reading.Must(role is >= (int)Role.Member and <= (int)Role.Owner, "stored.role");
        return (
            person,
            new Member(
                (Role)role,
                reader.Count64(),
                reader.Count64(),
                reader.Access(),
                reader.TryReadNil() ? null : reader.Value(Nickname.Create)
            )
            {
                Roles = Governed.Roles(ref reader),
                Grant = Governed.Grant(ref reader),
                TimedOutUntil = Governed.Until(ref reader),
                LastSentAt = Governed.Until(ref reader),
            }
        );
    }
}
