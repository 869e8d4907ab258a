using Chat.Domain.Forms;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>Values whose form is made of their type, as MessagePack.</summary>
internal static class Data
{
    // Deeper than any of ours, so that what was made up ends before the stack does.
    private const int MaxDepth = 32;

    public static Datum Datum(this ref MessagePackReader reader, int left = MaxDepth)
    {
        Reading.Must(left > 0, "stored.depth");
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return Domain.Forms.Datum.None;
            case MessagePackType.Boolean:
                return new Datum.Flag(reader.ReadBoolean());
            case MessagePackType.Integer:
                return new Datum.Whole(reader.ReadInt64());
            case MessagePackType.String:
                return new Datum.Text(reader.ReadString() ?? "");
            case MessagePackType.Array:
                var items = new List<Datum>();
                for (var count = reader.ReadArrayHeader(); count > 0; count--)
                    items.Add(reader.Datum(left - 1));
                return new Datum.Items(Listing.From(items));
            default:
                var fields = new List<Field>();
                for (var count = reader.ReadMapHeader(); count > 0; count--)
                    fields.Add(new Field(reader.ReadString() ?? "", reader.Datum(left - 1)));
                return new Datum.Fields(Listing.From(fields));
        }
    }
}
