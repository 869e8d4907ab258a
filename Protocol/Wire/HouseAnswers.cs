using Chat.Domain.Notices;
using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Where a friend is, as far as one may know.</summary>
public enum Whereabouts
{
    /// <summary>Not in, or not to be seen.</summary>
    Away = 0,

    /// <summary>In the house, and in no room.</summary>
    Hall = 1,

    /// <summary>In a room that one sees into.</summary>
    Room = 2,
}

/// <summary>A friend who is in.</summary>
/// <param name="Person">Who.</param>
/// <param name="Where">Where they are.</param>
/// <param name="Room">In which room.</param>
public sealed record FriendHere(PersonId Person, Whereabouts Where, RoomId? Room);

/// <summary>Somebody waved.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Room">Into which room; null where it was a greeting.</param>
/// <param name="IsBuzz">Whether it is to be noticed.</param>
public sealed record WaveAt(PersonId By, Instant At, RoomId? Room, bool IsBuzz);

/// <summary>One's own place in the house.</summary>
/// <param name="Room">The room that one is in.</param>
/// <param name="IsPrivate">Whether every room that one enters locks.</param>
/// <param name="IsSneaking">Whether one is in without being told of.</param>
/// <param name="Ghosted">Friends who are not told of one.</param>
/// <param name="Muted">Friends of whom one is not told.</param>
/// <param name="Quiet">When nothing is told.</param>
public sealed record Mine(
    RoomId? Room,
    bool IsPrivate,
    bool IsSneaking,
    Listing<PersonId> Ghosted,
    Listing<PersonId> Muted,
    QuietHours? Quiet
)
{
    /// <summary>With whom one is on a call, or one rings.</summary>
    public PersonId? OnCallWith { get; init; }
}

/// <summary>The house, as one sees it.</summary>
/// <param name="Me">One's own place.</param>
/// <param name="Friends">Friends who are in; of who is in a locked room nothing is said.</param>
/// <param name="Rooms">Rooms that are lit.</param>
/// <param name="Waves">Waves that one has not seen.</param>
public sealed record HouseView(Mine Me, Listing<FriendHere> Friends, Listing<Card> Rooms, Listing<WaveAt> Waves);

/// <summary>Answers about the house, and what is told of it.</summary>
public static class HouseAnswers
{
    /// <summary>Rooms of one answer.</summary>
    public const int MaxRooms = 64;

    /// <summary>The house.</summary>
    public static byte[] Ok(HouseView house) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(4);
                writer.Write("me");
                Write(ref writer, house.Me);
                writer.Field("friends", house.Friends, Write);
                writer.Field("rooms", house.Rooms, RoomAnswers.Write);
                writer.Field("waves", house.Waves, Write);
            }
        );

    /// <summary>How long one is in without asking again.</summary>
    public static byte[] Leased(long ms) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("lease_ms", ms);
            }
        );

    /// <summary>A room looks so now.</summary>
    public static byte[] Told(Card card) =>
        Told(
            "card",
            (ref MessagePackWriter writer) =>
            {
                writer.Write("card");
                RoomAnswers.Write(ref writer, card);
            },
            1
        );

    /// <summary>A room is dark now, or not to be seen.</summary>
    public static byte[] Closed(RoomId room) =>
        Told("closed", (ref MessagePackWriter writer) => writer.Field("room", room.Value), 1);

    /// <summary>A friend is there now.</summary>
    public static byte[] Told(FriendHere friend) =>
        Told(
            "friend",
            (ref MessagePackWriter writer) => Fill(ref writer, friend),
            2 + Writing.Count(friend.Room is not null)
        );

    /// <summary>Somebody waves.</summary>
    public static byte[] Told(WaveAt wave) =>
        Told(
            "wave",
            (ref MessagePackWriter writer) => Fill(ref writer, wave),
            3 + Writing.Count(wave.Room is not null)
        );

    /// <summary>Friends have come in.</summary>
    public static byte[] Notice(IReadOnlyCollection<PersonId> people) =>
        Told("notice", (ref MessagePackWriter writer) => writer.Field("people", people), 1);

    /// <summary>How one stands to others has changed: the house is to be asked for anew.</summary>
    public static byte[] Anew { get; } = Told("anew", static (ref MessagePackWriter _) => { }, 0);

    private static byte[] Told(string type, Writing.Write fill, int fields) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + fields);
                writer.Field("type", type);
                fill(ref writer);
            }
        );

    private static void Write(ref MessagePackWriter writer, Mine me)
    {
        writer.WriteMapHeader(4 + Writing.Count(me.Room is not null, me.Quiet is not null, me.OnCallWith is not null));
        if (me.Room is { } room)
            writer.Field("room", room.Value);
        writer.Field("private", me.IsPrivate);
        writer.Field("sneaking", me.IsSneaking);
        writer.Field("ghosted", me.Ghosted);
        writer.Field("muted", me.Muted);
        if (me.OnCallWith is { } other)
            writer.Field("call", other.Value);
        if (me.Quiet is not { } quiet)
            return;
        writer.Write("quiet");
        writer.WriteMapHeader(2 + Writing.Count(quiet.Offset != 0));
        writer.Field("from", quiet.From);
        writer.Field("to", quiet.To);
        if (quiet.Offset != 0)
            writer.Field(quiet.Offset > 0 ? "ahead" : "behind", Math.Abs(quiet.Offset));
    }

    private static void Write(ref MessagePackWriter writer, FriendHere friend)
    {
        writer.WriteMapHeader(2 + Writing.Count(friend.Room is not null));
        Fill(ref writer, friend);
    }

    private static void Fill(ref MessagePackWriter writer, FriendHere friend)
    {
        writer.Field("person", friend.Person.Value);
        writer.Field("where", Words.Of(friend.Where));
        if (friend.Room is { } room)
            writer.Field("room", room.Value);
    }

    private static void Write(ref MessagePackWriter writer, WaveAt wave)
    {
        writer.WriteMapHeader(3 + Writing.Count(wave.Room is not null));
        Fill(ref writer, wave);
    }

    private static void Fill(ref MessagePackWriter writer, WaveAt wave)
    {
        writer.Field("by", wave.By.Value);
        writer.Field("at", wave.At);
        if (wave.Room is { } room)
            writer.Field("room", room.Value);
        writer.Field("buzz", wave.IsBuzz);
    }

    /// <summary>Reads how long one is in.</summary>
    public static long Lease(Fields ok) => ok.Long("lease_ms");

    /// <summary>Reads the house.</summary>
    public static HouseView House(Fields ok)
    {
        var me = ok.Map("me");
        return new(
            new Mine(
                RoomIfAny(me),
                me["private"] is true,
                me["sneaking"] is true,
                me.Persons("ghosted"),
                me.Persons("muted"),
                me["quiet"] is null ? null : QuietOf(me.Map("quiet"))
            )
            {
                OnCallWith = me.PersonIfAny("call"),
            },
            ok.List("friends", FriendOf),
            ok.List("rooms", RoomAnswers.Card),
            ok.List("waves", WaveOf)
        );
    }

    private static QuietHours QuietOf(Fields one) =>
        QuietHours
            .Create(
                (int)one.Long("from"),
                (int)one.Long("to"),
                MinutesIfAny(one, "ahead") - MinutesIfAny(one, "behind")
            )
            .Match(hours => hours, _ => throw new FormatException("quiet"));

    private static int MinutesIfAny(Fields one, string name) =>
        one[name] is null ? 0
        : one.Long(name) is >= 0 and <= QuietHours.MaxOffset and var minutes ? (int)minutes
        : throw new FormatException(name);

    private static FriendHere FriendOf(Fields one) =>
        new(
            one.Person("person"),
            Words.WhereaboutsOf(one["where"]) ?? throw new FormatException("where"),
            RoomIfAny(one)
        );

    private static WaveAt WaveOf(Fields one) =>
        new(one.Person("by"), one.Time("at"), RoomIfAny(one), one["buzz"] is true);

    private static RoomId? RoomIfAny(Fields one) => one["room"] is null ? null : one.Value("room", RoomId.Create);
}
