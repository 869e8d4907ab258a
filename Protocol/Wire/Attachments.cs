using System.Collections.Immutable;
using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Files of a message, as they are written and read.</summary>
public static class Attachments
{
    /// <summary>The largest size that can be said, in bytes; a host takes less.</summary>
    public const long MaxBytes = Requests.MaxNumber;

    /// <summary>The most pixels of a side that can be said.</summary>
    public const int MaxSide = 1_000_000;

    private const string Name = "attachments";

    /// <summary>A file that was uploaded, to whoever may send it now.</summary>
    public static byte[] Ok(Attachment file) => Answers.Ok((ref MessagePackWriter writer) => Write(ref writer, file));

    /// <summary>Reads what was answered to an upload.</summary>
    public static Attachment Of(Fields ok) => Valid(Read(ok));

    internal static void Field(ref MessagePackWriter writer, Listing<Attachment> files)
    {
        if (files.Count > 0)
            writer.Field(Name, files, Write);
    }

    private static void Write(ref MessagePackWriter writer, Attachment file)
    {
        writer.WriteMapHeader(5 + Writing.Count(file.Width is not null, file.Height is not null));
        writer.Field("file", file.File.Value);
        writer.Field("name", file.Name.Value);
        writer.Field("type", file.Type.Value);
        writer.Field("bytes", file.Bytes);
        writer.Field("at", file.At);
        if (file.Width is { } width)
            writer.Field("width", width);
        if (file.Height is { } height)
            writer.Field("height", height);
    }

    internal static Validation<Fault, Listing<Attachment>> Given(Fields body) =>
        body[Name] switch
        {
            null => Validation<Fault, Listing<Attachment>>.Success([]),
            object?[] { Length: <= Limits.Attachments } list
                when list.All(one => one is ImmutableDictionary<string, object?>) => toSeq(list)
                .Map(one => Read(new Fields((ImmutableDictionary<string, object?>)one!)))
                .Sequence()
                .Map(files => Listing.From(files)),
            _ => Fields.Wrong<Listing<Attachment>>(Name, $"at most {Limits.Attachments} files, as uploading gave them"),
        };

    /// <summary>What a message says: words, files, or both.</summary>
    internal static Content Content(Fields one)
    {
        var files = one.List(Name, file => Valid(Read(file)));
        return files.Count == 0
            ? new Content.Present(one.Value("body", Body.Create))
            : new Content.Present(one.Value("body", Body.CreateOrNone)) { Files = files };
    }

    private static Validation<Fault, Attachment> Read(Fields one) =>
        (
            one.Text("file", FileId.Create),
            one.Text("name", FileName.Create),
            one.Text("type", MediaType.Create),
            one.Number("bytes", 0, MaxBytes),
            At(one),
            (Side(one, "width"), Side(one, "height")).Apply((width, height) => (width, height))
        ).Apply(
            (file, name, type, bytes, at, size) =>
                new Attachment(file, name, type, bytes, at, size.width.ToNullable(), size.height.ToNullable())
        );

    private static Validation<Fault, Instant> At(Fields one) =>
        one.TimeIfAny("at")
            .Bind(at => at.Match(Validation<Fault, Instant>.Success, () => Fields.Wrong<Instant>("at", "is required")));

    private static Validation<Fault, Option<int>> Side(Fields one, string name) =>
        one.NumberIfAny(name, 0, MaxSide).Map(side => side.Map(pixels => (int)pixels));

    private static Attachment Valid(Validation<Fault, Attachment> file) =>
        file.Match(one => one, _ => throw new FormatException(Name));
}
