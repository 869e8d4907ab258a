using System.Collections.Immutable;
using Chat.Domain.Forms;
using Chat.Domain.Games;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// What is played in rooms, on the wire: maps as the forms of the table have them, so that a game needs nothing here.
/// Times are whole milliseconds, digests 64 hexadecimal digits.
/// </summary>
public static class TableData
{
    internal const string Verb = "play";

    /// <summary>The body of a request to do something at the table.</summary>
    public static byte[] Of(Command? what, ClientId client) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("client_id", client.Value);
                writer.Write("do");
                writer.Write(what is null ? new Datum.Fields([]) : Domain.Rooms.Playing.Table.Commands.Write(what));
            }
        );

    /// <summary>The normal form that digests are taken over.</summary>
    public static byte[] Normal(Command what) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.Write($"{RoomRequests.Area}.{Verb}");
                writer.Write(Domain.Rooms.Playing.Table.Commands.Write(what));
            }
        );

    /// <summary>The log of a game, and whether it proves the deal.</summary>
    public static byte[] Ok(Listing<LogEntry> log, Verdict verdict) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("log", log, Write);
                writer.Write("verdict");
                writer.Write(Verdicts.Write(verdict));
            }
        );

    private static readonly Form<Verdict> Verdicts = Domain.Forms.Form.Of<Verdict>();

    internal static void Write(ref MessagePackWriter writer, TableView table) =>
        writer.Write(Domain.Rooms.Playing.Table.Views.Write(table));

    private static void Write(ref MessagePackWriter writer, LogEntry one)
    {
        writer.WriteMapHeader(2);
        writer.Write("entry");
        writer.Write(Domain.Rooms.Playing.Table.Entries.Write(one.Entry));
        writer.Field("link", one.Link.ToString());
    }

    /// <summary>Reads a log, and whether the host says that it proves the deal.</summary>
    public static (Listing<LogEntry> Log, Verdict Verdict) Log(Fields ok) =>
        (
            ok.List(
                "log",
                one => new LogEntry(
                    Domain
                        .Rooms.Playing.Table.Entries.Read(DatumOf(one["entry"]))
                        .IfNone(() => throw new FormatException("entry")),
                    Bits256.Parse(one.String("link")).IfNone(() => throw new FormatException("link"))
                )
            ),
            Verdicts.Read(DatumOf(ok["verdict"])).IfNone(() => throw new FormatException("verdict"))
        );

    internal static TableView? View(object? table) =>
        table is null
            ? null
            : Domain.Rooms.Playing.Table.Views.Read(DatumOf(table)).IfNone(() => throw new FormatException("table"));

    internal static Validation<Fault, Ask> Read(Address to, Fields body) =>
        (RoomId.Create(to.Id), Requests.Client(body), Map(body)).Apply(
            (room, client, what) => (Ask)new Ask.Play(room, client, Requests.OrNull(what))
        );

    private static Validation<Fault, Option<Command>> Map(Fields body) =>
        body["do"] is ImmutableDictionary<string, object?> map
            ? Validation<Fault, Option<Command>>.Success(Domain.Rooms.Playing.Table.Commands.Read(DatumOf(map)))
            : Fields.Wrong<Option<Command>>("do", "a map");

    private static Datum DatumOf(object? value) =>
        value switch
        {
            bool flag => new Datum.Flag(flag),
            long whole => new Datum.Whole(whole),
            string text => new Datum.Text(text),
            object?[] items => new Datum.Items(Listing.From(items.Select(DatumOf))),
            ImmutableDictionary<string, object?> map => new Datum.Fields(
                Listing.From(map.Select(pair => new Domain.Forms.Field(pair.Key, DatumOf(pair.Value))))
            ),
            _ => Datum.None,
        };
}
