using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Asks, after a conflict, what is there: the versions of streams and the events under ids.</summary>
internal static class Diagnosis
{
    public static async Task<Known> AskAsync(NpgsqlDataSource source, List<StreamKey> streams, List<Guid> ids)
    {
        await using var connection = await source.OpenConnectionAsync();
        // Ids first: an event that commits in between then shows at least as a version that is not the expected one.
        var events = await RecordedRows.ReadAsync(RecordedRows.ByIds(connection, ids), CancellationToken.None);
        await using var command = new NpgsqlCommand(
            "select id, version from chat.mt_streams where id = any($1)",
            connection
        ).WithEach(streams.Select(stream => stream.ToString()), NpgsqlDbType.Text);
        var versions = streams.ToDictionary(stream => stream, _ => 0L);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            if (StreamKey.Parse(reader.GetString(0)).Case is StreamKey stream)
                versions[stream] = reader.GetInt64(1);
        return new Known(versions, events.ToDictionary(recorded => recorded.Id));
    }
}
