using Marten;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>A newer host, or none that this one knows, has made the tables of this database.</summary>
public sealed class ForeignSchemaException(int found, int known)
    : Exception($"the database has schema version {found}, this host knows {known}")
{
    /// <summary>The version that the database has.</summary>
    public int Found { get; } = found;

    /// <summary>The version that this host knows.</summary>
    public int Known { get; } = known;
}

/// <summary>Makes the tables, once, and refuses a database that another version of the host has made its own.</summary>
internal static class Schema
{
    /// <summary>Raised with every change of a table.</summary>
    public const int Version = 13;

    // Any number, as long as every host takes the same.
    private const long MigrationLock = 0x63686174;

    public static async Task ApplyAsync(NpgsqlDataSource source, IDocumentStore events, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await RunAsync(connection, $"select pg_advisory_lock({MigrationLock})", stop);
        try
        {
            var found = await FoundAsync(connection, stop);
            if (found > Version)
                throw new ForeignSchemaException(found, Version);
            await events.Storage.ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate.CreateOrUpdate);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            // To look whether a column is there locks the table against every other host.
            if (found < Version)
            {
                await RunAsync(connection, Tables.Sql, stop);
                await RunAsync(connection, FileRows.Tables, stop);
                await RunAsync(connection, CircleTables.Tables, stop);
                await RunAsync(connection, DiscretionRows.Tables, stop);
                await RunAsync(connection, AuditRows.Tables, stop);
                if (found is > 0 and < 11)
                    await DiscretionRows.FillAsync(connection, stop);
            }
            await RunAsync(connection, Functions.Sql, stop);
            await RunAsync(connection, CircleTables.Functions, stop);
            await RunAsync(connection, SearchTables.Sql, stop);
            await RunAsync(
                connection,
                $"""
                insert into chat.chat_meta (schema_version) values ({Version})
                on conflict (only_row) do update set schema_version = excluded.schema_version
                """,
                stop
            );
            await transaction.CommitAsync(stop);
        }
        finally
        {
            await RunAsync(connection, $"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>The version of the tables that are there; 0 where there are none.</summary>
    private static async Task<int> FoundAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('chat.chat_meta') is not null", connection);
        if (await exists.ExecuteScalarAsync(stop) is not true)
            return 0;
        await using var version = new NpgsqlCommand("select max(schema_version) from chat.chat_meta", connection);
        return await version.ExecuteScalarAsync(stop) is int found ? found : 0;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
