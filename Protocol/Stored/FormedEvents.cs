using Chat.Domain.Forms;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Events of rooms, places and lines: their fields by name, as the type has them, less the stamp, which stands before
/// them, and what was said, which is kept apart.
/// </summary>
internal static class FormedEvents
{
    private const string Stamped = "stamp";
    private const string Text = "text";

    private static readonly Form<Domain.Rooms.Event> Rooms = Domain.Rooms.Playing.Events;
    private static readonly Form<Domain.Places.Event> Places = Form.Of<Domain.Places.Event>();
    private static readonly Form<Domain.Calls.Event> Lines = Form.Of<Domain.Calls.Event>();
    private static readonly Form<Stamp> Stamps = Form.Of<Stamp>();

    /// <summary>Writes the fields; what was said is returned.</summary>
    public static string? Write(ref MessagePackWriter writer, AnyEvent happened)
    {
        var fields = (Datum.Fields)(
            happened switch
            {
                Domain.Rooms.Event room => Rooms.Write(room),
                Domain.Calls.Event call => Lines.Write(call),
                _ => Places.Write((Domain.Places.Event)happened),
            }
        );
        writer.Write(new Datum.Fields(Listing.From(fields.Values.Where(field => field.Name is not (Stamped or Text)))));
        return fields
            .Values.Where(field => field.Name == Text)
            .Select(field => field.Value)
            .OfType<Datum.Text>()
            .FirstOrDefault()
            ?.Value;
    }

    public static AnyEvent Read(ref MessagePackReader reader, Type type, Stamp stamp, string? body)
    {
        var fields = reader.Datum() as Datum.Fields;
        Reading.Must(fields is not null, "stored.fields");
        Datum whole = new Datum.Fields([
            .. fields!.Values,
            new Field(Stamped, Stamps.Write(stamp)),
            new Field(Text, body is null ? Datum.None : new Datum.Text(body)),
        ]);
        Option<AnyEvent> happened =
            type.IsSubclassOf(typeof(Domain.Rooms.Event)) ? Rooms.Read(whole).Map(one => (AnyEvent)one)
            : type.IsSubclassOf(typeof(Domain.Calls.Event)) ? Lines.Read(whole).Map(one => (AnyEvent)one)
            : Places.Read(whole).Map(one => (AnyEvent)one);
        return happened
            .Filter(one => one.GetType() == type)
            .IfNone(() => throw new UnreadableException("stored.fields"));
    }
}
