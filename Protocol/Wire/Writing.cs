using System.Buffers;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Writes what no type of MessagePack has a name for in our contract: optional fields, lists, times.</summary>
internal static class Writing
{
    internal delegate void Write(ref MessagePackWriter writer);

    internal delegate void Write<in T>(ref MessagePackWriter writer, T value);

    public static byte[] ToBytes(Write write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        write(ref writer);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void Field(this ref MessagePackWriter writer, string name, string? value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    public static void Field(this ref MessagePackWriter writer, string name, long value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    public static void Field(this ref MessagePackWriter writer, string name, bool value)
    {
        writer.Write(name);
        writer.Write(value);
    }

    public static void Field(this ref MessagePackWriter writer, string name, Instant value)
    {
        writer.Write(name);
        writer.Write(DateTimeOffset.FromUnixTimeMilliseconds(value.Milliseconds).UtcDateTime);
    }

    public static void Field<T>(
        this ref MessagePackWriter writer,
        string name,
        IReadOnlyCollection<T> items,
        Write<T> write
    )
    {
        writer.Write(name);
        writer.WriteArrayHeader(items.Count);
        foreach (var item in items)
            write(ref writer, item);
    }

    public static void Field(this ref MessagePackWriter writer, string name, IReadOnlyCollection<PersonId> people) =>
        writer.Field(name, people, static (ref MessagePackWriter w, PersonId person) => w.Write(person.Value));

    /// <summary>A count of how many of these are so: the optional fields of a map.</summary>
    public static int Count(params ReadOnlySpan<bool> present)
    {
        var count = 0;
        foreach (var one in present)
            count += one ? 1 : 0;
        return count;
    }
}
