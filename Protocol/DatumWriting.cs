using Chat.Domain.Forms;
using MessagePack;

namespace Chat.Protocol;

/// <summary>Values whose form is made of their type, as MessagePack.</summary>
internal static class DatumWriting
{
    public static void Write(this ref MessagePackWriter writer, Datum datum)
    {
        switch (datum)
        {
            case Datum.Flag flag:
                writer.Write(flag.Value);
                break;
            case Datum.Whole whole:
                writer.Write(whole.Value);
                break;
            case Datum.Text text:
                writer.Write(text.Value);
                break;
            case Datum.Items items:
                writer.WriteArrayHeader(items.Values.Count);
                foreach (var item in items.Values)
                    writer.Write(item);
                break;
            case Datum.Fields fields:
                writer.WriteMapHeader(fields.Values.Count);
                foreach (var field in fields.Values)
                {
                    writer.Write(field.Name);
                    writer.Write(field.Value);
                }
                break;
            default:
                writer.WriteNil();
                break;
        }
    }
}
