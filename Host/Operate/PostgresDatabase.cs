using Npgsql;

namespace Chat.Host.Operate;

/// <summary>The role of the host, which is no superuser, and its database.</summary>
internal static class PostgresDatabase
{
    /// <summary>
    /// Safe to repeat. Names and the (hexadecimal) password come from us: SQL has no parameters there.
    /// </summary>
    public static async Task EnsureAsync(
        NpgsqlConnection admin,
        string role,
        string password,
        string database,
        CancellationToken cancel
    )
    {
        if (!await ExistsAsync(admin, "select 1 from pg_roles where rolname = $1", role, cancel))
        {
            await ExecuteAsync(admin, $"create role {role} login", cancel);
        }

        // Every time, so that a replaced secret counts.
        await ExecuteAsync(admin, $"alter role {role} password '{password}'", cancel);
        if (!await ExistsAsync(admin, "select 1 from pg_database where datname = $1", database, cancel))
        {
            await ExecuteAsync(admin, $"create database {database} owner {role}", cancel);
        }
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlConnection admin,
        string sql,
        string name,
        CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(sql, admin) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection admin, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
