using Chat.Domain.Committing;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// When streams want to be asked, so that one which nobody has loaded is, too. A row holds what was so at a version; an
/// older one never replaces it. Times are milliseconds, as instants are.
/// </summary>
internal sealed class DueRows(Database database)
{
    /// <summary>How many are told at once; the rest a little later.</summary>
    private const long Most = 500;

    private const string Upsert = """
        insert into chat.chat_due as d (stream_id, version, at) select * from unnest($1, $2, $3)
        on conflict (stream_id) do update set version = excluded.version, at = excluded.at
        where d.version <= excluded.version
        """;

    /// <summary>
    /// The statement that notes, in an append's transaction, when its streams want to be asked. A further stream's
    /// state is not known there: it is to be looked at at once.
    /// </summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<Addition> additions)
    {
        var due = new SortedDictionary<StreamKey, (long Version, Instant At)>();
        foreach (var addition in additions)
        {
            if (addition.After.Due.Case is (Instant at, AnyCommand _))
                due[addition.Stream] = (addition.After.Version, at);
            foreach (var further in addition.Further)
                due[further.Stream] = (further.Version, new Instant(0));
        }
        if (due.Count > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(Upsert)
                    .WithEach(due.Keys.Select(stream => stream.ToString()))
                    .WithEach(due.Values.Select(row => row.Version))
                    .WithEach(due.Values.Select(row => row.At.Milliseconds))
            );
    }

    /// <summary>Streams that want to be asked by now, the longest due first.</summary>
    public async Task<IReadOnlyList<Reminder>> ByAsync(Instant now)
    {
        await using var command = database
            .Reads.CreateCommand("select stream_id, version from chat.chat_due where at <= $1 order by at limit $2")
            .With(now.Milliseconds)
            .With(Most);
        await using var reader = await command.ExecuteReaderAsync();
        var reminders = new List<Reminder>();
        while (await reader.ReadAsync())
            foreach (var stream in StreamKey.Parse(reader.GetString(0)))
                reminders.Add(new Reminder(stream, reader.GetInt64(1)));
        return reminders;
    }

    /// <summary>Notes when a stream, as it is at a version, wants to be asked.</summary>
    public async Task RemindAsync(StreamKey stream, long version, Option<Instant> at)
    {
        await using var command = at.Case is Instant later
            ? database
                .Reads.CreateCommand(
                    "update chat.chat_due set version = $2, at = $3 where stream_id = $1 and version <= $2"
                )
                .With(stream.ToString())
                .With(version)
                .With(later.Milliseconds)
            : database
                .Reads.CreateCommand("delete from chat.chat_due where stream_id = $1 and version <= $2")
                .With(stream.ToString())
                .With(version);
        await command.ExecuteNonQueryAsync();
    }
}
