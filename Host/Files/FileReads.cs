using Chat.Domain.Conversations;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Files;

/// <summary>A file of a message, to who sees the message: there is no other way to one.</summary>
internal static class FileReads
{
    private static readonly Refusal Unknown = new Refusal.NotFound("file.unknown");

    public static async Task<Either<Refusal, Attachment>> FindAsync(
        NpgsqlConnection connection,
        PersonId person,
        StreamKey stream,
        long seq,
        FileId file
    )
    {
        var found = await PersonReads.StandingAsync(connection, person, stream);
        if (found.Case is not InboxRow { Standing: Standing.Member } row)
            return await Outside.OutsideAsync(connection, person, stream);
        var page = await HistoryReads.PageAsync(connection, stream, row.Sight, (Anchor.Around, seq), 1);
        return page.Messages is [{ Content: Content.Present said } message] && message.Seq == seq
            ? Optional(said.Files.FirstOrDefault(one => one.File == file)).ToEither(Unknown)
            : Unknown;
    }

    /// <summary>A file of a reported message, to who looks at that.</summary>
    public static async Task<Either<Refusal, Attachment>> FindAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        Ticket.Reported ticket,
        Instant now
    )
    {
        var (person, place) = (ticket.Person, ticket.Conversation);
        var found = await DeskReads.ReportedAsync(connection, tenant, person, place, ticket.Report, now);
        return found.Bind(one =>
            one.Message.Content is Content.Present said
                ? Optional(said.Files.FirstOrDefault(file => file.File == ticket.File)).ToEither(Unknown)
                : Unknown
        );
    }
}
