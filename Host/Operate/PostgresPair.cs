using System.Diagnostics;
using Npgsql;

namespace Chat.Host.Operate;

/// <summary>
/// Two PostgreSQL servers: nothing counts as committed before it is on both disks. A primary that dies is followed by
/// its standby, and what it left is replaced by a copy of that one; a standby that dies is started again, and commits
/// wait for it.
/// </summary>
internal sealed class PostgresPair : IPostgres
{
    private static readonly TimeSpan ServePatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FollowPatience = TimeSpan.FromSeconds(20);

    private readonly string programs;
    private readonly Secrets secrets;
    private readonly ILogger log;
    private readonly PostgresFolders folders;
    private readonly PostgresNode[] nodes;
    private readonly Supervised[] servers;
    private readonly PostgresSync sync;
    private long? absentSince;
    private int primary;

    public PostgresPair(string programs, int major, string data, int port, Secrets secrets, ILogger log)
    {
        (this.programs, this.secrets, this.log) = (programs, secrets, log);
        folders = new PostgresFolders(data);
        primary = folders.RequirePrimary();
        nodes = [Node(0), Node(1)];
        servers = [.. nodes.Select(node => new Supervised(node, log))];
        sync = new PostgresSync(cancel => nodes[Primary].OpenAsync(cancel));

        PostgresNode Node(int which) =>
            new(
                this,
                new PostgresCluster(
                    programs,
                    major,
                    folders[which],
                    folders.LogFile(which),
                    port + which,
                    secrets,
                    port + 1 - which
                ),
                secrets.PostgresStandbyPassword
            );
    }

    /// <summary>Both addresses: whoever connects looks for the primary.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(nodes[0].Cluster.ConnectionString)
        {
            Host = string.Join(',', nodes.Select(node => $"127.0.0.1:{node.Cluster.Port}")),
        }.ConnectionString;

    public string AdminConnectionString => nodes[Primary].Cluster.AdminConnectionString;

    public int Pid => servers[Primary].Pid;

    public int StandbyPid => servers[1 - Primary].Pid;

    /// <summary>Whether the standby would lose nothing if it took the primary's place.</summary>
    public bool IsInSync => sync.Holds;

    public IReadOnlyList<ServerState> States =>
        [
            .. nodes.Select(
                (node, which) =>
                    new ServerState(
                        node.Name,
                        $"127.0.0.1:{node.Cluster.Port}",
                        servers[which].Pid,
                        which == Primary
                            ? servers[which].Pid == 0
                                ? "primary, starting"
                                : "primary"
                            : IsInSync
                                ? "standby, in sync"
                                : "standby, not in sync: commits wait for it"
                    )
            ),
        ];

    private int Primary => Volatile.Read(ref primary);

    /// <summary>Returns when both serve and hold the same.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await servers[Primary].StartAsync(cancel);
        sync.Begin();
        await servers[1 - Primary].StartAsync(cancel);
        while (!IsInSync)
        {
            await Task.Delay(PostgresSync.Look, cancel);
        }
    }

    /// <summary>The primary first: it ends when the standby has all of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await sync.DisposeAsync();
        var first = Primary;
        await servers[first].DisposeAsync();
        await servers[1 - first].DisposeAsync();
    }

    /// <summary>
    /// Before each start of a server, and so after each death of one: it is no process of ours any more, and collected.
    /// </summary>
    internal async Task PrepareAsync(PostgresNode node, CancellationToken cancel)
    {
        if (IsPrimary(node) && IsInSync && await AnswersAsync(Other(node), cancel))
        {
            await FailOverAsync(node, cancel);
        }

        sync.Doubt();
        if (!IsPrimary(node))
        {
            await CopyIfNeededAsync(node, cancel);
        }

        await node.Cluster.PrepareAsync(cancel);
    }

    internal async Task<bool> IsReadyAsync(PostgresNode node, CancellationToken cancel)
    {
        if (!IsPrimary(node))
        {
            return await FollowsAsync(node, cancel);
        }

        return await node.Cluster.IsReadyAsync(cancel) && await ServesAsync(node, cancel);
    }

    private bool IsPrimary(PostgresNode node) => ReferenceEquals(node, nodes[Primary]);

    private PostgresNode Other(PostgresNode node) => nodes[ReferenceEquals(node, nodes[0]) ? 1 : 0];

    // Nobody of the old primary's may be left: a session can outlive its server, and would answer with the past.
    private async Task FailOverAsync(PostgresNode dead, CancellationToken cancel)
    {
        await PostgresLeftover.EndSessionsAsync(dead.Cluster.Folder, cancel);
        var heir = System.Array.IndexOf(nodes, Other(dead));
        folders.Choose(heir);
        Volatile.Write(ref primary, heir);
        log.LogWarning("{Dead} is dead, and {Heir} takes its place", dead.Name, nodes[heir].Name);
    }

    private async Task CopyIfNeededAsync(PostgresNode node, CancellationToken cancel)
    {
        var folder = node.Cluster.Folder;
        if (PostgresCopy.IsIn(folder))
        {
            return;
        }

        var source = Other(node);
        for (
            var since = Stopwatch.GetTimestamp();
            !await ServesAsync(source, cancel);
            await Task.Delay(PostgresSync.Look, cancel)
        )
        {
            if (Stopwatch.GetElapsedTime(since) > ServePatience)
            {
                throw new StartFailure(
                    $"{source.Name} does not serve, and cannot be copied.",
                    $"See {source.LogFile}."
                );
            }
        }

        await PostgresLeftover.StopAsync(folder, cancel);
        var (port, password) = (source.Cluster.Port, secrets.PostgresStandbyPassword);
        await PostgresCopy.MakeAsync(programs, folder, port, password, cancel);
    }

    // Whoever was chosen becomes a primary here, and whoever is one can be followed.
    private async Task<bool> ServesAsync(PostgresNode node, CancellationToken cancel)
    {
        await using var admin = await node.OpenAsync(cancel);
        if (admin is null)
        {
            return false;
        }

        await PostgresReplication.PromoteAsync(admin, cancel);
        await PostgresReplication.WelcomeAsync(admin, secrets.PostgresStandbyPassword, cancel);
        return true;
    }

    private static async Task<bool> AnswersAsync(PostgresNode node, CancellationToken cancel)
    {
        await using var admin = await node.OpenAsync(cancel);
        return admin is not null;
    }

    // A standby that serves and for all that does not come to its primary has lost its place in the log: copied anew.
    private async Task<bool> FollowsAsync(PostgresNode node, CancellationToken cancel)
    {
        await using var source = await Other(node).OpenAsync(cancel);
        if (source is null || !await AnswersAsync(node, cancel))
        {
            absentSince = null;
            return false;
        }

        if (await PostgresReplication.IsThereAsync(source, cancel))
        {
            absentSince = null;
            return (await PostgresReplication.PositionsAsync(source, cancel)).Standby is not null;
        }

        absentSince ??= Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(absentSince.Value) < FollowPatience)
        {
            return false;
        }

        absentSince = null;
        PostgresCopy.Forget(node.Cluster.Folder);
        throw new StartFailure($"{node.Name} cannot follow its primary, and is copied anew.", $"See {node.LogFile}.");
    }
}
