using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// What is found in the database may be there alone: committed by somebody whose wait for the standby was cut short, or
/// who died in it. A commit waits for all that was written before it, so one of nothing tells that the standby has it.
/// </summary>
internal static class Barrier
{
    // A commit that wrote nothing would not wait.
    private const string Write = "select pg_logical_emit_message(true, 'chat', '')";

    /// <summary>Returns when a standby, where one is waited for, has all that could be read before.</summary>
    /// <exception cref="NpgsqlException">It may not have it.</exception>
    public static async Task PassAsync(Database database)
    {
        await using var connection = await database.Appends.OpenConnectionAsync();
        var doubt = Doubt.About(connection);
        await using var command = new NpgsqlCommand(Write, connection);
        await command.ExecuteNonQueryAsync();
        doubt.Require();
    }
}
