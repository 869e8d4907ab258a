using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Which conversations changed lately, for whom.</summary>
public static class HeadReads
{
    /// <summary>Whether there is no conversation at all.</summary>
    public static async Task<bool> IsEmptyAsync(Database database)
    {
        await using var command = database.Reads.CreateCommand(
            "select not exists (select 1 from chat.chat_conversations)"
        );
        return await command.ExecuteScalarAsync() is true;
    }

    private const int Unasked = 1;
    private const int Nothing = 0;

    /// <summary>
    /// For each of these people what changed since a time: the heads of what they are in, and something else than they
    /// hold of what they were asked into or put out of meanwhile, whose heads are not theirs to know.
    /// </summary>
    public static async Task<Dictionary<PersonId, List<(ConversationId, long)>>> ChangedAsync(
        Database database,
        Instant since,
        IReadOnlyCollection<string> people
    )
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                select m.person, s.id, case m.state when 'member' then s.version when 'invited' then $3 else $4 end
                from chat.mt_streams s
                join chat.chat_members m on m.stream_id = s.id
                where s.timestamp >= $1 and m.person = any($2) and (m.state = 'member' or exists (
                    select 1 from (
                        select correlation_id, timestamp from chat.mt_events e where e.stream_id = s.id
                        order by version desc limit 2000) e
                    where e.timestamp >= $1 and e.correlation_id = m.xid::text))
                """
            )
            .With(DateTimeOffset.FromUnixTimeMilliseconds(since.Milliseconds), NpgsqlDbType.TimestampTz)
            .WithEach(people)
            .With(Unasked, NpgsqlDbType.Bigint)
            .With(Nothing, NpgsqlDbType.Bigint);
        var heads = new Dictionary<PersonId, List<(ConversationId, long)>>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var person = PersonId.Of(reader.GetString(0));
            var all = heads.TryGetValue(person, out var held) ? held : heads[person] = [];
            StreamKey.Parse(reader.GetString(1)).IfSome(key => all.Add((key.Conversation, reader.GetInt64(2))));
        }
        return heads;
    }
}
