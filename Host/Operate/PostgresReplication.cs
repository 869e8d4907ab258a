using Npgsql;

namespace Chat.Host.Operate;

/// <summary>What a primary and its standby are told, and asked, in SQL; all of it safe to repeat.</summary>
internal static class PostgresReplication
{
    private const string Name = PostgresSettings.Standby;

    /// <summary>
    /// Ends a standby's recovery: it begins a new timeline, on which it is a primary. Nothing for whoever is one.
    /// </summary>
    public static Task PromoteAsync(NpgsqlConnection admin, CancellationToken cancel) =>
        RunAsync(admin, "select pg_promote(true, 60) where pg_is_in_recovery()", cancel);

    /// <summary>
    /// The role that the standby comes as, and the slot that keeps for it what it lacks. The (hexadecimal) password
    /// comes from us: SQL has no parameters there.
    /// </summary>
    public static Task WelcomeAsync(NpgsqlConnection admin, string password, CancellationToken cancel) =>
        RunAsync(
            admin,
            $"""
            do $$ begin
                if not exists (select from pg_roles where rolname = '{Name}') then
                    create role {Name} replication login;
                end if;
            end $$;
            alter role {Name} password '{password}';
            select pg_create_physical_replication_slot('{Name}', true)
            where not exists (select from pg_replication_slots where slot_name = '{Name}')
            """,
            cancel
        );

    /// <summary>Keeps nothing for a standby any more.</summary>
    public static Task DismissAsync(NpgsqlConnection admin, CancellationToken cancel) =>
        RunAsync(
            admin,
            $"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{Name}'",
            cancel
        );

    /// <summary>
    /// How far the primary is on disk, and the standby: null if it does not follow. In bytes of the log.
    /// </summary>
    public static async Task<(long Primary, long? Standby)> PositionsAsync(
        NpgsqlConnection admin,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select (pg_current_wal_flush_lsn() - '0/0')::bigint,
                (select (flush_lsn - '0/0')::bigint from pg_stat_replication
                 where application_name = '{Name}' and state = 'streaming' and sync_state = 'sync')
            """,
            admin
        );
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1));
    }

    /// <summary>Whether the standby is connected, however far behind.</summary>
    public static async Task<bool> IsThereAsync(NpgsqlConnection admin, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"select 1 from pg_stat_replication where application_name = '{Name}'",
            admin
        );
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task RunAsync(NpgsqlConnection admin, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, admin) { CommandTimeout = 90 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
