using Npgsql;

namespace Chat.Host.Operate;

/// <summary>One server of a pair. What it is, primary or standby, the pair says at each start.</summary>
internal sealed class PostgresNode(PostgresPair pair, PostgresCluster cluster, string password) : IServer
{
    /// <summary>Where PostgreSQL's own programs look for a password.</summary>
    public const string PasswordVariable = "PGPASSWORD";

    public PostgresCluster Cluster => cluster;

    public string Name => $"PostgreSQL ({Path.GetFileName(cluster.Folder)})";

    public string LogFile => cluster.LogFile;

    public Signal StopSignal => cluster.StopSignal;

    public TimeSpan StopPatience => cluster.StopPatience;

    public IReadOnlyList<string> Command => cluster.Command;

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { [PasswordVariable] = password };

    public Task PrepareAsync(CancellationToken cancel) => pair.PrepareAsync(this, cancel);

    public Task<bool> IsReadyAsync(CancellationToken cancel) => pair.IsReadyAsync(this, cancel);

    public StartFailure? Explain(string lastWords) => cluster.Explain(lastWords);

    public bool IsPassing(string lastWords) => cluster.IsPassing(lastWords);

    /// <summary>A connection of the superuser; null where nobody answers.</summary>
    public async Task<NpgsqlConnection?> OpenAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(cluster.AdminConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (NpgsqlException)
        {
            await connection.DisposeAsync();
            return null;
        }
    }
}
