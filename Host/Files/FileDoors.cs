using System.Security.Cryptography;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Chat.Host.Files;

/// <summary>
/// Brings and fetches files over HTTP, by tickets that a request over NATS gave. A ticket says who asks; whether they
/// may see the file is judged anew each time, by the function that all of what they see goes through.
/// </summary>
internal sealed class FileDoors(
    FilesOfHost files,
    TenantId tenant,
    Devices devices,
    UnderWay underWay,
    ILogger<FileDoors> log
)
{
    /// <summary>Where they are, below the host's address.</summary>
    public const string Path = "/files/";

    // Each holds a file in memory.
    private readonly SemaphoreSlim atOnce = new(8);

    public void Map(WebApplication app)
    {
        var doors = app.MapGroup(Path)
            .RequireCors(cors => cors.AllowAnyOrigin().AllowAnyHeader().WithMethods("GET", "PUT"));
        doors.MapPut("{ticket}", PutAsync);
        doors.MapGet("{ticket}", GetAsync);
    }

    private async Task<IResult> PutAsync(string ticket, HttpRequest request, CancellationToken stop)
    {
        if (await TicketAsync(ticket) is not Ticket.Upload upload)
            return Refused(new Refusal.NotFound("file.no_such_door"));
        if (request.ContentLength is { } length && length != upload.Bytes)
            return Refused(new Refusal.Malformed([$"bytes: {upload.Bytes} were announced"]));
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = upload.Bytes;
        await atOnce.WaitAsync(stop);
        try
        {
            var bytes = new byte[upload.Bytes];
            await request.Body.ReadExactlyAsync(bytes, stop);
            return (await KeepAsync(upload, bytes, stop)).Match(
                Right: file => Json(Attachments.Ok(file), StatusCodes.Status200OK),
                Left: Refused
            );
        }
        catch (EndOfStreamException)
        {
            return Refused(new Refusal.Malformed([$"bytes: {upload.Bytes} were announced"]));
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or BadHttpRequestException))
        {
            log.LogWarning("A file was not kept: {Fault}", fault.Message);
            return Refused(new Refusal.Unavailable(1_000));
        }
        finally
        {
            atOnce.Release();
        }
    }

    private async Task<Either<Refusal, Attachment>> KeepAsync(
        Ticket.Upload upload,
        byte[] bytes,
        CancellationToken stop
    )
    {
        var digest = SHA256.HashData(bytes);
        var first = await FirstAsync(upload, digest);
        if (first is { Case: Refusal })
            return first.Value;
        Metadata.TakeOut(upload.Type, bytes);
        var media = Media.Of(upload.Type, bytes);
        if (!media.IsAsSaid)
            return new Refusal.Malformed([$"type: the file is no {upload.Type}"]);
        // The same request has the first answer. Whether the bytes were kept then is not known, so they are kept again.
        var noted = first ?? await NoteAsync(upload, digest, media);
        if (noted.Case is Attachment file)
        {
            await files.Store.PutAsync(file.File.Value, bytes, stop);
            if (media.Preview is { } preview)
                await files.Store.PutAsync(FilesOfHost.SmallOf(file.File), preview, stop);
        }
        return noted;
    }

    // The row comes first: by it what nobody sends is swept away.
    private async Task<Either<Refusal, Attachment>> NoteAsync(Ticket.Upload upload, byte[] digest, Media media)
    {
        if (await FileRows.WaitingAsync(files.Database, upload.Person) + upload.Bytes > FilesOfHost.MostWaiting)
            return new Refusal.Full("attachments.waiting");
        var stream = StreamKey.Of(tenant, upload.Conversation);
        // A file as large and of the same name may have come in the same millisecond.
        for (var at = files.Now; ; at = at.Plus(1))
        {
            var file = files.Seals.Sealed(
                stream,
                upload.Person,
                new Attachment(default, upload.Name, upload.Type, upload.Bytes, at, media.Width, media.Height)
            );
            var row = new FileRow(stream, upload.Person, upload.Device, upload.Client, file, digest);
            if (await FileRows.AddAsync(files.Database, row))
                return file;
            if (await FirstAsync(upload, digest) is { } twin)
                return twin;
        }
    }

    private async Task<Either<Refusal, Attachment>?> FirstAsync(Ticket.Upload upload, byte[] digest)
    {
        if (await FileRows.FindAsync(files.Database, upload.Person, upload.Device, upload.Client) is not { } row)
            return null;
        if (!row.Digest.AsSpan().SequenceEqual(digest) || row.Stream != StreamKey.Of(tenant, upload.Conversation))
            return new Refusal.Conflict();
        return row.Attachment;
    }

    private async Task<IResult> GetAsync(string ticket, HttpContext context, CancellationToken stop)
    {
        var begun = underWay.Begin();
        context.Response.OnCompleted(() =>
        {
            underWay.End(begun);
            return Task.CompletedTask;
        });
        if (await TicketAsync(ticket) is not { } fetch)
            return Refused(new Refusal.NotFound("file.no_such_door"));
        try
        {
            var found = await FindAsync(fetch, stop);
            if (found.Case is not Attachment file)
                return Refused((Refusal)found.Case!);
            await atOnce.WaitAsync(stop);
            try
            {
                return await SendAsync(file, context, stop);
            }
            finally
            {
                atOnce.Release();
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogWarning("A file was not read: {Fault}", fault.Message);
            return Refused(new Refusal.Unavailable(1_000));
        }
    }

    private async Task<Either<Refusal, Attachment>> FindAsync(Ticket ticket, CancellationToken stop)
    {
        await using var connection = await files.Database.Reads.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        var stream = StreamKey.Of(tenant, ticket.Conversation);
        return ticket switch
        {
            Ticket.Fetch fetch => await FileReads.FindAsync(connection, fetch.Person, stream, fetch.Seq, fetch.File),
            Ticket.Reported reported => await FileReads.FindAsync(connection, tenant, reported, files.Now),
            _ => new Refusal.NotFound("file.no_such_door"),
        };
    }

    private async Task<IResult> SendAsync(Attachment file, HttpContext context, CancellationToken stop)
    {
        var small = context.Request.Query.ContainsKey("small")
            ? await files.Store.GetAsync(FilesOfHost.SmallOf(file.File), stop)
            : null;
        if ((small ?? await files.Store.GetAsync(file.File.Value, stop)) is not { } bytes)
            return Refused(new Refusal.NotFound("file.unknown"));
        var isShown = small is not null || Media.IsShown(file.Type);
        var headers = context.Response.Headers;
        headers.CacheControl = "private, max-age=600";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var disposition = new ContentDispositionHeaderValue(isShown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name.Value);
        headers.ContentDisposition = disposition.ToString();
        var type =
            small is not null ? Media.PreviewType
            : isShown ? file.Type.Value
            : "application/octet-stream";
        return Results.Bytes(bytes, type, enableRangeProcessing: true);
    }

    private async Task<Ticket?> TicketAsync(string text) =>
        text.Length <= FileRequests.MaxPath
        && await files.Tickets.ReadAsync(text) is var (ticket, written)
        && devices.IsRevoked(ticket.Person.Value, ticket.Device.Value, written) is false
            ? ticket
            : null;

    private static IResult Refused(Refusal refusal) =>
        Json(
            Answers.Refused(refusal),
            refusal switch
            {
                Refusal.NotFound or Refusal.NotAMember => StatusCodes.Status404NotFound,
                Refusal.Conflict => StatusCodes.Status409Conflict,
                Refusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status400BadRequest,
            }
        );

    private static IResult Json(byte[] answer, int status) =>
        Results.Text(Protocol.Wire.Json.FromMessagePack(answer), "application/json", status);
}
