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

    /// <summary>For each of these people the heads, since a time, of what they are in.</summary>
    public static async Task<Dictionary<PersonId, List<(ConversationId, long)>>> ChangedAsync(
        Database database,
        Instant since,
        IReadOnlyCollection<string> people
    )
    {
        await using var command = database
            .Reads.CreateCommand(
                """
                select m.person, s.id, s.version from chat.mt_streams s
                join chat.chat_members m on m.stream_id = s.id and m.state = 'member'
                where s.timestamp >= $1 and m.person = any($2)
                """
            )
            .With(DateTimeOffset.FromUnixTimeMilliseconds(since.Milliseconds), NpgsqlDbType.TimestampTz)
            .WithEach(people);
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
