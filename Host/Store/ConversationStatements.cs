using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>What is known of a conversation without reading its state: its kind, its name, who may come in.</summary>
internal static class ConversationStatements
{
    public static void Add(NpgsqlBatch batch, IReadOnlyList<NameRow> names)
    {
        foreach (var row in names)
            batch.BatchCommands.Add(
                row.Kind is { } kind
                    ? new NpgsqlBatchCommand(
                        "insert into chat.chat_conversations (stream_id, kind, name) values ($1, $2, $3)"
                    )
                        .With(row.Stream.ToString())
                        .With((short)kind, NpgsqlDbType.Smallint)
                        .With(row.Name, NpgsqlDbType.Text)
                    : new NpgsqlBatchCommand(
                        "update chat.chat_conversations set name = $2, xid = pg_current_xact_id() where stream_id = $1"
                    )
                        .With(row.Stream.ToString())
                        .With(row.Name, NpgsqlDbType.Text)
            );
    }

    public static void Add(NpgsqlBatch batch, IReadOnlyList<JoinRow> joins)
    {
        const string Sql = "update chat.chat_conversations set join_rule = $2 where stream_id = $1";
        foreach (var (stream, rule) in joins)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(Sql).With(stream.ToString()).With((short)rule, NpgsqlDbType.Smallint)
            );
    }
}
