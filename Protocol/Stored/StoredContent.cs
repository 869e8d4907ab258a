using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// What a message says as one text, so that all of it is taken away at once: the words, and where it carries files a
/// sign that no words hold, and what is known of the files, as base 64 of MessagePack.
/// </summary>
internal static class StoredContent
{
    // No character: every text of ours is refused that holds it.
    private const char Sign = '\uFFFE';

    public static string Of(Content.Present said) =>
        said.Files.Count == 0 ? said.Body.Value : said.Body.Value + Sign + Convert.ToBase64String(Bytes(said.Files));

    public static Content Read(string text)
    {
        var at = text.IndexOf(Sign);
        return at < 0
            ? new Content.Present(Reading.Valid(Body.Create(text)))
            : new Content.Present(Reading.Valid(Body.CreateOrNone(text[..at]))) { Files = Files(text[(at + 1)..]) };
    }

    private static byte[] Bytes(Listing<Attachment> files) =>
        Wire.Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, files));

    private static void Write(ref MessagePackWriter writer, Listing<Attachment> files)
    {
        writer.WriteArrayHeader(files.Count);
        foreach (var file in files)
        {
            writer.WriteArrayHeader(7);
            writer.Write(file.File.Value);
            writer.Write(file.Name.Value);
            writer.Write(file.Type.Value);
            writer.Write(file.Bytes);
            writer.Write(file.At.Milliseconds);
            Maybe(ref writer, file.Width);
            Maybe(ref writer, file.Height);
        }
    }

    private static void Maybe(ref MessagePackWriter writer, int? value)
    {
        if (value is { } given)
            writer.Write(given);
        else
            writer.WriteNil();
    }

    private static Listing<Attachment> Files(string text)
    {
        var bytes = new byte[text.Length];
        Reading.Must(Convert.TryFromBase64String(text, bytes, out var length), "stored.files");
        var reader = new MessagePackReader(bytes.AsMemory(0, length));
        var files = new Attachment[reader.Count(Limits.Attachments)];
        for (var i = 0; i < files.Length; i++)
        {
            reader.Fixed(7);
            files[i] = new Attachment(
                reader.Value(FileId.Create),
                reader.Value(FileName.Create),
                reader.Value(MediaType.Create),
                reader.Count64(),
                reader.Instant(),
                reader.TryReadNil() ? null : reader.ReadInt32(),
                reader.TryReadNil() ? null : reader.ReadInt32()
            );
        }
        reader.End();
        return Listing.Of<Attachment>(files);
    }
}
