using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host;

/// <summary>Answers searches: in a conversation that one is in, or in all of them.</summary>
internal static class SearchQueries
{
    public static async Task<Either<Refusal, byte[]>> AnswerAsync(
        NpgsqlConnection connection,
        Replica replica,
        TenantId tenant,
        PersonId person,
        Ask.Search ask
    )
    {
        var stream = ask.Conversation is { } conversation ? StreamKey.Of(tenant, conversation) : (StreamKey?)null;
        if (
            stream is { } one
            && (await PersonReads.StandingAsync(connection, person, one)).Case
                is not InboxRow { Standing: Standing.Member }
        )
            return await Outside.OutsideAsync(connection, person, one);
        var after = Optional(ask.Cursor).Bind(SearchCursor.Decode);
        if (ask.Cursor is not null && after.IsNone)
            return new Refusal.Malformed(["cursor: as a page of what was found gave it"]);
        var page = await SearchReads.PageAsync(
            (connection, replica),
            person,
            stream,
            ask.Query,
            after.IfNoneUnsafe((SearchCursor?)null),
            ask.Limit
        );
        return SearchAnswers.Ok(page);
    }
}
