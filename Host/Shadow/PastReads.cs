using Chat.Host.Operate;
using Chat.Host.Store;
using Npgsql;

namespace Chat.Host.Shadow;

/// <summary>
/// Streams from a database that may be an earlier version's and in use: nothing is written there, and no table is
/// touched but those of the events and of the keys.
/// </summary>
internal sealed class PastReads : IPasts, IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    private PastReads(NpgsqlDataSource source) => this.source = source;

    /// <summary>Opens a database for reading.</summary>
    /// <exception cref="StartFailure">It cannot be reached, or there is no chat in it.</exception>
    public static async Task<PastReads> OpenAsync(string connectionString, CancellationToken stop)
    {
        var where = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "shadow",
            Options = "-c default_transaction_read_only=on",
        };
        var reads = new PastReads(Database.SourceOf(where));
        try
        {
            await using var command = reads.source.CreateCommand(
                "select to_regclass('chat.mt_events') is not null and to_regclass('chat.chat_person_keys') is not null"
            );
            if (await command.ExecuteScalarAsync(stop) is true)
                return reads;
            throw new StartFailure(
                $"There is no chat in the database {where.Host}:{where.Port}/{where.Database}.",
                "Name the one that the recorded host used."
            );
        }
        catch (NpgsqlException fault)
        {
            await reads.DisposeAsync();
            throw new StartFailure(
                $"PostgreSQL at {where.Host}:{where.Port}/{where.Database} cannot be used: {fault.Message}",
                "Is it running, and may this user read there?",
                fault
            );
        }
        catch
        {
            await reads.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Recorded>> ReadAsync(StreamKey stream, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        return await RecordedRows.ReadAsync(
            new NpgsqlCommand(
                $"select {RecordedRows.Columns} from chat.mt_events e where e.stream_id = $1 order by e.version",
                connection
            ).With(stream.ToString()),
            stop
        );
    }

    /// <inheritdoc/>
    public async Task<byte[]> KeyOfAsync(PersonId person, CancellationToken stop)
    {
        await using var command = source
            .CreateCommand("select key from chat.chat_person_keys where person = $1")
            .With(person.Value);
        return await command.ExecuteScalarAsync(stop) as byte[] ?? [];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
