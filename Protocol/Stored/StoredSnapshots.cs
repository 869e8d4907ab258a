using System.Buffers;
using Chat.Domain.Conversations;
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
    public const int FoldVersion = 1;

    /// <summary>The largest snapshot that is read, in bytes; a channel of 100,000 members has less.</summary>
    public const int MaxBytes = 67_108_864;

    /// <summary>A stream as a snapshot; nothing for an aggregate that has none.</summary>
    public static Option<byte[]> Encode(AnyStream stream) =>
        stream.State is State state ? Some(Encode(state, stream.LastAt)) : None;

    private static byte[] Encode(State state, Instant lastAt)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(8);
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
        foreach (var (person, by) in state.Invited)
        {
            writer.WriteArrayHeader(2);
            writer.Write(person.Value);
            writer.Write(by.Value);
        }
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(ref MessagePackWriter writer, PersonId person, Member member)
    {
        writer.WriteArrayHeader(6);
        writer.Write(person.Value);
        writer.Write((int)member.Role);
        writer.Write(member.JoinedAt);
        writer.Write(member.JoinedSeq);
        writer.Write(member.Access);
        writer.Write(member.Nickname?.Value);
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
        reader.Fixed(8);
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
        var invited = new (PersonId, PersonId)[reader.Count(Limits.PendingInvitations)];
        for (var i = 0; i < invited.Length; i++)
        {
            reader.Fixed(2);
            invited[i] = (reader.Person(), reader.Person());
        }
        reader.End();
        // TryAdd: a person who stands there twice is damage, and must not throw.
        var state = new State(
            version,
            lastSeq,
            kind == 0 ? null : (ConversationKind)kind,
            name,
            topic,
            members.Fold(Map<PersonId, Member>(), (map, pair) => map.TryAdd(pair.Item1, pair.Item2)),
            invited.Fold(Map<PersonId, PersonId>(), (map, pair) => map.TryAdd(pair.Item1, pair.Item2))
        );
        return Conversation.At(state, lastAt);
    }

    private static (PersonId, Member) ReadMember(ref MessagePackReader reader)
    {
        reader.Fixed(6);
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
        );
    }
}
