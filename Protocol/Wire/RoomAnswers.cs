using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// What was accepted of a room: which it is. A version would tell those outside how much goes on in it.
/// </summary>
public sealed record RoomReceipt(RoomId Room, bool IsReplayed);

/// <summary>A room, as whoever asks may see it: one of the two.</summary>
public sealed record Looked(RoomView? View, Card? Card);

/// <summary>Answers and events about rooms.</summary>
public static class RoomAnswers
{
    /// <summary>What was accepted.</summary>
    public static byte[] Ok(RoomReceipt receipt) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("room", receipt.Room.Value);
                writer.Field("replayed", receipt.IsReplayed);
            }
        );

    /// <summary>A room from inside.</summary>
    public static byte[] Ok(RoomView view) => Answers.Ok((ref MessagePackWriter writer) => Viewed(ref writer, view, 0));

    /// <summary>A room from outside.</summary>
    public static byte[] Ok(Card card) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Write("card");
                Write(ref writer, card);
            }
        );

    /// <summary>A room as it is now, for one inside, with what was said and happened since a version.</summary>
    public static byte[] Changed(RoomView view, long since) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Viewed(ref writer, view, since));

    /// <summary>One is not in it any more: <c>left</c>, or <c>expelled</c>.</summary>
    public static byte[] Gone(RoomId room, long version, bool isExpelled) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(3);
                writer.Field("room", room.Value);
                writer.Field("version", version);
                writer.Field("gone", isExpelled ? "expelled" : "left");
            }
        );

    /// <summary>Something flies over a room.</summary>
    public static byte[] Flung(RoomId room, PersonId by, Emoji emoji) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(4);
                writer.Field("type", "reaction");
                writer.Field("room", room.Value);
                writer.Field("by", by.Value);
                writer.Field("emoji", emoji.Value);
            }
        );

    /// <summary>Something passed on between devices in a room.</summary>
    public static byte[] Passed(RoomId room, PersonId by, DeviceId device, DeviceId? target, CallSignal data) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(5 + Writing.Count(target is not null));
                writer.Field("type", "signal");
                writer.Field("room", room.Value);
                writer.Field("by", by.Value);
                writer.Field("device", device.Value);
                if (target is { } one)
                    writer.Field("target", one.Value);
                writer.Field("data", data.Value);
            }
        );

    /// <summary>A knock was answered.</summary>
    public static byte[] Answered(RoomId room, bool isAdmitted) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(3);
                writer.Field("type", "answered");
                writer.Field("room", room.Value);
                writer.Field("admitted", isAdmitted);
            }
        );

    private static void Viewed(ref MessagePackWriter writer, RoomView view, long since)
    {
        writer.WriteMapHeader(4);
        writer.Field("room", view.Room.Value);
        writer.Field("version", view.Version);
        writer.Field("since", since);
        writer.Write("view");
        Write(ref writer, view, since);
    }

    private static void Write(ref MessagePackWriter writer, RoomView view, long since)
    {
        writer.WriteMapHeader(
            6
                + Writing.Count(
                    view.Keeper is not null,
                    view.LockedBy is not null,
                    view.Table is not null,
                    view.Wish is not null
                )
        );
        writer.Field("name", view.Name.Value);
        writer.Field("capacity", view.Capacity);
        if (view.Keeper is { } keeper)
            writer.Field("keeper", keeper.Value);
        if (view.LockedBy is { } locked)
            writer.Field("locked_by", locked.Value);
        writer.Field("occupants", view.Occupants, Write);
        writer.Field("knocks", view.Knocks, Write);
        writer.Field("guests", view.Guests);
        writer.Field("talk", [.. view.Talk.Where(line => line.Version > since)], RoomLines.Write);
        if (view.Wish is { } wish)
        {
            writer.Write("wish");
            Parties.Write(ref writer, wish);
        }
        if (view.Table is not { } table)
            return;
        writer.Write("table");
        TableData.Write(ref writer, table);
    }

    private static void Write(ref MessagePackWriter writer, Seated one)
    {
        writer.WriteMapHeader(3 + Writing.Count(one.By is not null));
        writer.Field("person", one.Person.Value);
        writer.Field("since", one.Since);
        writer.Field("way", Words.Of(one.Way));
        if (one.By is { } by)
            writer.Field("by", by.Value);
    }

    private static void Write(ref MessagePackWriter writer, Waiting one)
    {
        writer.WriteMapHeader(3);
        writer.Field("person", one.Person.Value);
        writer.Field("at", one.At);
        writer.Field("via", one.Via.Value);
    }

    internal static void Write(ref MessagePackWriter writer, Card card)
    {
        writer.WriteMapHeader(5 + Writing.Count(card.Occupants is not null, card.Game is not null));
        writer.Field("room", card.Room.Value);
        writer.Field("name", card.Name.Value);
        writer.Field("locked", card.Locked);
        writer.Field("full", card.Full);
        writer.Field("mine", card.Mine);
        if (card.Occupants is { } faces)
            writer.Field(
                "occupants",
                faces,
                static (ref MessagePackWriter w, Face face) =>
                {
                    w.WriteMapHeader(1 + Writing.Count(face.IsStranger, face.Via is not null));
                    w.Field("person", face.Person.Value);
                    if (face.IsStranger)
                        w.Field("stranger", true);
                    if (face.Via is { } via)
                        w.Field("via", via.Value);
                }
            );
        if (card.Game is { } game)
            writer.Field("game", game);
    }

    /// <summary>Reads what was accepted.</summary>
    public static RoomReceipt Receipt(Fields ok) => new(ok.Value("room", RoomId.Create), ok["replayed"] is true);

    /// <summary>Reads a room.</summary>
    public static Looked Looked(Fields ok) =>
        new(ok["view"] is null ? null : View(ok), ok["card"] is null ? null : Card(ok.Map("card")));

    /// <summary>Reads a room from inside.</summary>
    public static RoomView View(Fields ok)
    {
        var view = ok.Map("view");
        return new(
            ok.Value("room", RoomId.Create),
            ok.Long("version"),
            view.Value("name", RoomName.Create),
            (int)view.Long("capacity"),
            view.PersonIfAny("keeper"),
            view.PersonIfAny("locked_by"),
            view.List(
                "occupants",
                one => new Seated(one.Person("person"), one.Time("since"), RoomLines.WayOf(one), one.PersonIfAny("by"))
            ),
            view.List("knocks", one => new Waiting(one.Person("person"), one.Time("at"), one.Person("via"))),
            view.Persons("guests"),
            view.List("talk", RoomLines.Of),
            TableData.View(view["table"]),
            view["wish"] is null ? null : Parties.WishOf(view.Map("wish"))
        );
    }

    /// <summary>Reads a room from outside.</summary>
    public static Card Card(Fields card) =>
        new(
            card.Value("room", RoomId.Create),
            card.Value("name", RoomName.Create),
            card["locked"] is true,
            card["full"] is true,
            card["mine"] is true,
            card["occupants"] is null
                ? null
                : card.List(
                    "occupants",
                    one => new Face(one.Person("person"), one["stranger"] is true, one.PersonIfAny("via"))
                )
        )
        {
            Game = card["game"] as string,
        };
}
