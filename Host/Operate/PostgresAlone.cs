using Npgsql;

namespace Chat.Host.Operate;

/// <summary>One PostgreSQL server; a standby that it may have had is forgotten.</summary>
internal sealed class PostgresAlone : IPostgres
{
    private readonly PostgresFolders folders;
    private readonly PostgresCluster cluster;
    private readonly Supervised server;
    private readonly int which;

    public PostgresAlone(string programs, int major, string data, int port, Secrets secrets, ILogger log)
    {
        folders = new PostgresFolders(data);
        which = folders.RequirePrimary();
        cluster = new PostgresCluster(programs, major, folders[which], folders.LogFile(which), port, secrets);
        server = new Supervised(cluster, log);
    }

    public string ConnectionString => cluster.ConnectionString;

    public string AdminConnectionString => cluster.AdminConnectionString;

    public int Pid => server.Pid;

    public IReadOnlyList<ServerState> States =>
        [new("PostgreSQL", $"127.0.0.1:{cluster.Port}", Pid, Pid == 0 ? "starting" : "primary, alone")];

    public async Task StartAsync(CancellationToken cancel)
    {
        PostgresCopy.Forget(folders[1 - which]);
        await server.StartAsync(cancel);
        await using var admin = new NpgsqlConnection(AdminConnectionString);
        await admin.OpenAsync(cancel);
        await PostgresReplication.DismissAsync(admin, cancel);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
