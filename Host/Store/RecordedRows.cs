using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>Rows of events as events.</summary>
internal static class RecordedRows
{
    /// <summary>What every query of whole events selects, from <c>mt_events e</c>, in this order.</summary>
    public const string Columns = "e.stream_id, e.version, e.id, e.type, e.bdata, e.data->>'body'";

    public static NpgsqlCommand ByIds(NpgsqlConnection connection, IEnumerable<Guid> ids) =>
        new NpgsqlCommand($"select {Columns} from chat.mt_events e where e.id = any($1)", connection).WithEach(
            ids,
            NpgsqlDbType.Uuid
        );

    /// <summary>What happened in some versions of a stream, both ends included, in their order.</summary>
    public static async Task<Seq<Recorded>> OfAsync(Database database, StreamKey stream, long first, long last)
    {
        var command = database
            .Reads.CreateCommand(
                $"""
                select {Columns} from chat.mt_events e
                where e.stream_id = $1 and e.version between $2 and $3 order by e.version
                """
            )
            .With(stream.ToString())
            .With(first)
            .With(last);
        return toSeq(await ReadAsync(command, CancellationToken.None)).Strict();
    }

    /// <summary>All rows of a command, which is disposed.</summary>
    public static async Task<List<Recorded>> ReadAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var events = new List<Recorded>();
        await using (command)
        await using (var reader = await command.ExecuteReaderAsync(stop))
            while (await reader.ReadAsync(stop))
                events.Add(Read(reader, 0));
        return events;
    }

    /// <summary>The event whose columns begin at one.</summary>
    /// <exception cref="CorruptRowException">It cannot be read.</exception>
    public static Recorded Read(NpgsqlDataReader reader, int at)
    {
        var row = $"{reader.GetString(at)} {reader.GetInt64(at + 1)}";
        var stream = StreamKey
            .Parse(reader.GetString(at))
            .IfNone(() => throw new CorruptRowException(row, "its stream is no key"));
        return StoredEvents
            .Decode(
                new Place(stream, reader.GetInt64(at + 1), reader.GetGuid(at + 2)),
                reader.GetString(at + 3),
                reader.IsDBNull(at + 4) ? ReadOnlyMemory<byte>.Empty : reader.GetFieldValue<byte[]>(at + 4),
                reader.IsDBNull(at + 5) ? null : reader.GetString(at + 5)
            )
            .Match(Right: recorded => recorded, Left: fault => throw new CorruptRowException(row, fault.Rule));
    }
}
