using Npgsql;

namespace Chat.Benchmarks.Meeting;

/// <summary>Messages between people who will ask who is close to them, and each of their friends.</summary>
internal static class Talk
{
    /// <summary>Messages of each conversation of two.</summary>
    public const int Messages = 150;

    /// <summary>Writes what people said to each of their friends, by turns; what they said is not looked at.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Town town, IEnumerable<int> askers)
    {
        var pairs = askers.SelectMany(one => town.FriendsOf(one).Select(other => (One: one, Other: other))).ToList();
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                """
                insert into chat.mt_streams (id, version, timestamp, created, tenant_id, is_archived)
                select s, $2, now() - make_interval(mins => (random() * 40000)::int), now(), '*DEFAULT*', false
                from unnest($1) as s on conflict do nothing
                """
            )
            {
                Parameters =
                {
                    new() { Value = Streams() },
                    new() { Value = (long)Messages },
                },
            }
        );
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(
                """
                insert into chat.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id,
                    correlation_id, user_name, is_archived)
                select nextval('chat.mt_events_sequence'), gen_random_uuid(), u.stream, n, '{}', '\x00',
                    'conversation.message_sent.v1', s.timestamp - make_interval(hours => $4 - n), '*DEFAULT*', '1',
                    case when n % 3 = 0 then u.other else u.one end, false
                from unnest($1, $2, $3) as u(stream, one, other) join chat.mt_streams s on s.id = u.stream
                cross join generate_series(1, $4) as n on conflict do nothing
                """
            )
            {
                Parameters =
                {
                    new() { Value = Streams() },
                    new() { Value = pairs.Select(pair => Town.IdOf(pair.One)).ToArray() },
                    new() { Value = pairs.Select(pair => Town.IdOf(pair.Other)).ToArray() },
                    new() { Value = Messages },
                },
            }
        );
        await batch.ExecuteNonQueryAsync();

        string[] Streams() =>
            [
                .. pairs.Select(pair =>
                    StreamKey
                        .Of(TenantId.Main, PersonId.Of(Town.IdOf(pair.One)), PersonId.Of(Town.IdOf(pair.Other)))
                        .Direct.ToString()
                ),
            ];
    }
}
