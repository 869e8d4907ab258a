using Chat.Domain.Pairs;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Somebody, and how one stands to them.</summary>
public sealed record FriendEntry(PersonId Person, View View);

/// <summary>A page of them, in order of their ids.</summary>
public sealed record FriendsPage(Listing<FriendEntry> Friends, bool More);

/// <summary>
/// What was accepted between two people, or of a report. Neither a version nor a time: they would tell what others did
/// in silence.
/// </summary>
public sealed record SilentReceipt(bool IsReplayed);

/// <summary>Answers and events about friendship and block.</summary>
public static class PairAnswers
{
    /// <summary>A page.</summary>
    public static byte[] Ok(FriendsPage page) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("friends", page.Friends, Write);
                writer.Field("more", page.More);
            }
        );

    /// <summary>What was accepted.</summary>
    public static byte[] Ok(SilentReceipt receipt) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("replayed", receipt.IsReplayed);
            }
        );

    /// <summary>One stands otherwise to somebody now; the highest version is how.</summary>
    public static byte[] Changed(FriendEntry entry) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, entry));

    /// <summary>Reads a page.</summary>
    public static FriendsPage Friends(Fields ok) => new(ok.List("friends", EntryOf), ok["more"] is true);

    /// <summary>Reads what was accepted.</summary>
    public static SilentReceipt Receipt(Fields ok) => new(ok["replayed"] is true);

    /// <summary>Reads how one stands to somebody; nothing if it is not that.</summary>
    public static Option<FriendEntry> Read(ReadOnlyMemory<byte> bytes) =>
        Fields.Read(bytes).ToOption().Bind(fields => Decoding.Try(() => EntryOf(fields)).ToOption());

    private static void Write(ref MessagePackWriter writer, FriendEntry entry)
    {
        writer.WriteMapHeader(5);
        writer.Field("person", entry.Person.Value);
        writer.Field("version", entry.View.Version);
        writer.Field("state", Words.Of(entry.View.Bond));
        writer.Field("blocked", entry.View.HasBlocked);
        writer.Field("at", entry.View.At);
    }

    private static FriendEntry EntryOf(Fields one) =>
        new(
            one.Person("person"),
            new View(
                Words.BondOf(one["state"]) ?? throw new FormatException("state"),
                one["blocked"] is true,
                one.Long("version"),
                one.Time("at")
            )
        );
}
