using Chat.Domain.Conversations;
using Chat.Host.Files;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host;

/// <summary>Says where files are brought to and fetched from, to who may.</summary>
internal sealed class FileQueries(FilesOfHost files, TenantId tenant, RuleQueries rules)
{
    public async Task<Either<Refusal, byte[]>> AnswerAsync(
        NpgsqlConnection connection,
        PersonId person,
        DeviceId device,
        Ask ask
    ) =>
        ask switch
        {
            Ask.Upload upload => await UploadAsync(connection, person, device, upload),
            Ask.Fetch fetch => await FetchAsync(connection, person, device, fetch),
            Ask.FetchReported reported => await FetchAsync(connection, person, device, reported),
            _ => new Refusal.Unsupported("verb.unknown"),
        };

    private async Task<Either<Refusal, byte[]>> UploadAsync(
        NpgsqlConnection connection,
        PersonId person,
        DeviceId device,
        Ask.Upload ask
    )
    {
        if (ask.Bytes > files.MostBytes)
            return new Refusal.TooLarge($"bytes: at most {files.MostBytes}");
        var file = new Attachment(FileId.Of("-"), ask.Name, ask.Type, ask.Bytes, new Instant(long.MaxValue / 2));
        var send = new Command.SendMessage(Body.None, null, []) { Files = [file] };
        // By the time that it is sent the pause between messages may be over.
        if (
            await rules.RefusalAsync(connection, person, ask.Conversation, send) is { } refusal and not Refusal.SlowMode
        )
            return refusal;
        if (await FileRows.WaitingAsync(files.Database, person) + ask.Bytes > FilesOfHost.MostWaiting)
            return new Refusal.Full("attachments.waiting");
        return Door(new Ticket.Upload(person, device, ask.Conversation, ask.Client, ask.Name, ask.Type, ask.Bytes));
    }

    private async Task<Either<Refusal, byte[]>> FetchAsync(
        NpgsqlConnection connection,
        PersonId person,
        DeviceId device,
        Ask.Fetch ask
    )
    {
        var stream = StreamKey.Of(tenant, ask.Conversation);
        var found = await FileReads.FindAsync(connection, person, stream, ask.Seq, ask.File);
        return found.Map(_ => Door(new Ticket.Fetch(person, device, ask.Conversation, ask.Seq, ask.File)));
    }

    private async Task<Either<Refusal, byte[]>> FetchAsync(
        NpgsqlConnection connection,
        PersonId person,
        DeviceId device,
        Ask.FetchReported ask
    )
    {
        var ticket = new Ticket.Reported(person, device, ask.Place, ask.Report, ask.File);
        return (await FileReads.FindAsync(connection, tenant, ticket, files.Now)).Map(_ => Door(ticket));
    }

    private byte[] Door(Ticket ticket)
    {
        var (text, until) = files.Tickets.Write(ticket);
        return FileRequests.Ok(new Door(FileDoors.Path + text, until));
    }
}
