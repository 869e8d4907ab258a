using System.Net.Http.Headers;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>
/// Bringing and fetching files: a door is asked for over NATS, the bytes go over HTTP. The HTTP client that these take
/// has the host's address as its base address.
/// </summary>
public static class ChatFiles
{
    /// <summary>Where a file of so many bytes may be brought to.</summary>
    public static Task<Either<Refusal, Door>> UploadDoorAsync(
        this ChatClient client,
        ConversationId conversation,
        FileName name,
        MediaType type,
        long bytes,
        ClientId? id = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "upload",
            FileRequests.Of(id ?? ChatClient.NewId(), name, type, bytes),
            FileRequests.DoorOf,
            stop
        );

    /// <summary>Where a file of a message may be fetched from.</summary>
    public static Task<Either<Refusal, Door>> FileDoorAsync(
        this ChatClient client,
        ConversationId conversation,
        long seq,
        FileId file,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            "conversation",
            conversation.Value,
            "file",
            FileRequests.Of(seq, file),
            FileRequests.DoorOf,
            stop
        );

    /// <summary>
    /// Brings a file; what comes back goes with a message within <see cref="Attachment.WaitsMs"/>. Under the same id it
    /// is the same file, however often it is brought.
    /// </summary>
    /// <exception cref="HttpRequestException">The host cannot be reached; try again under the same id.</exception>
    public static async Task<Either<Refusal, Attachment>> UploadAsync(
        this ChatClient client,
        HttpClient http,
        ConversationId conversation,
        FileName name,
        MediaType type,
        ReadOnlyMemory<byte> bytes,
        ClientId? id = null,
        CancellationToken stop = default
    )
    {
        var found = await client
            .UploadDoorAsync(conversation, name, type, bytes.Length, id, stop)
            .ConfigureAwait(false);
        if (found.Case is not Door door)
            return Left((Refusal)found.Case!);
        using var body = new ReadOnlyMemoryContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await http.PutAsync(Relative(door), body, stop).ConfigureAwait(false);
        return Json.Read(await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false))
            .Bind(fields => Decoding.Answer(fields, Attachments.Of));
    }

    /// <summary>Fetches a file of a message, or a picture's preview.</summary>
    /// <exception cref="HttpRequestException">The host cannot be reached.</exception>
    public static async Task<Either<Refusal, byte[]>> DownloadAsync(
        this ChatClient client,
        HttpClient http,
        ConversationId conversation,
        long seq,
        FileId file,
        bool isSmall = false,
        CancellationToken stop = default
    )
    {
        var found = await client.FileDoorAsync(conversation, seq, file, stop).ConfigureAwait(false);
        if (found.Case is not Door door)
            return Left((Refusal)found.Case!);
        using var answer = await http.GetAsync(Relative(door, isSmall ? "?small" : ""), stop).ConfigureAwait(false);
        var bytes = await answer.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? Right(bytes)
            : Json.Read(bytes).Bind(fields => Decoding.Answer(fields, _ => System.Array.Empty<byte>()));
    }

    private static Uri Relative(Door door, string query = "") => new(door.Path + query, UriKind.Relative);
}
