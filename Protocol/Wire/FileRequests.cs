using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Where something is fetched from or brought to over HTTP, and until when.</summary>
/// <param name="Path">Below the host's address. Whoever has it stands for the caller: it is told to nobody.</param>
/// <param name="Until">Until when it is good for anything.</param>
public sealed record Door(string Path, Instant Until);

/// <summary>Questions for a door to a file: as a client writes them, and as a host reads and answers them.</summary>
public static class FileRequests
{
    /// <summary>The longest path of a door, in characters.</summary>
    public const int MaxPath = 2_048;

    /// <summary>The body of a request to upload.</summary>
    public static byte[] Of(ClientId client, FileName name, MediaType type, long bytes) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(4);
                writer.Field("client_id", client.Value);
                writer.Field("name", name.Value);
                writer.Field("type", type.Value);
                writer.Field("bytes", bytes);
            }
        );

    /// <summary>The body of a request for a message's file.</summary>
    public static byte[] Of(long seq, FileId file) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("seq", seq);
                writer.Field("file", file.Value);
            }
        );

    /// <summary>A door.</summary>
    public static byte[] Ok(Door door) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(2);
                writer.Field("path", door.Path);
                writer.Field("until", door.Until);
            }
        );

    /// <summary>Reads a door.</summary>
    public static Door DoorOf(Fields ok) => new(ok.String("path"), ok.Time("until"));

    internal static Option<Func<ConversationId, Validation<Fault, Ask>>> Read(string verb, Fields body) =>
        verb switch
        {
            "upload" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                (
                    Requests.Client(body),
                    body.Text("name", FileName.Create),
                    body.Text("type", MediaType.Create),
                    body.Number("bytes", 1, Attachments.MaxBytes)
                ).Apply((client, name, type, bytes) => (Ask)new Ask.Upload(id, client, name, type, bytes))
            ),
            "file" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                (Requests.Seq(body), body.Text("file", FileId.Create)).Apply(
                    (seq, file) => (Ask)new Ask.Fetch(id, seq, file)
                )
            ),
            _ => ExplainRequests.Read(verb, body),
        };
}
