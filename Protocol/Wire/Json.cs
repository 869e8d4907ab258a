using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>The same values as JSON, for whoever asks with <c>Content-Type: application/json</c>.</summary>
public static class Json
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a JSON object as fields. Never throws on what came from outside.</summary>
    public static Either<Refusal, Fields> Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Right(Fields.None);
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = Fields.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Right(new Fields((ImmutableDictionary<string, object?>)Value(document.RootElement)!))
                : Fields.Malformed("body: an object");
        }
        catch (Exception e)
            when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            return Fields.Malformed("body: well-formed JSON, every key once");
        }
    }

    private static object? Value(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => Map(element),
            JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    private static ImmutableDictionary<string, object?> Map(JsonElement element)
    {
        var map = ImmutableDictionary.CreateBuilder<string, object?>(StringComparer.Ordinal);
        foreach (var one in element.EnumerateObject())
            Fields.Once(map, one.Name, Value(one.Value));
        return map.ToImmutable();
    }

    /// <summary>Writes what is MessagePack of ours as JSON; times as RFC 3339 UTC with milliseconds.</summary>
    public static byte[] FromMessagePack(ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ArrayBufferWriter<byte>(bytes.Length * 2);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            var reader = new MessagePackReader(bytes);
            Copy(ref reader, writer);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                writer.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer:
                writer.WriteNumberValue(reader.ReadInt64());
                break;
            case MessagePackType.Float:
                writer.WriteNumberValue(reader.ReadDouble());
                break;
            case MessagePackType.Extension:
                writer.WriteStringValue(Rfc3339(reader.ReadDateTime()));
                break;
            case MessagePackType.Array:
                writer.WriteStartArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                    Copy(ref reader, writer);
                writer.WriteEndArray();
                break;
            case MessagePackType.Map:
                writer.WriteStartObject();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    writer.WritePropertyName(reader.ReadString()!);
                    Copy(ref reader, writer);
                }
                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(reader.ReadString());
                break;
        }
    }

    /// <summary>Reads RFC 3339, down to the millisecond.</summary>
    internal static Option<Instant> Time(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Times,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? Some(new Instant(time.ToUnixTimeMilliseconds()))
            : None;

    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private static string Rfc3339(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
