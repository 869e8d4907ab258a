using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Chat.Host.Operate;

/// <summary>
/// The database of a data folder, for who only reads: of the chat that runs there, or started for the time being and
/// stopped again.
/// </summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FolderLock? held;
    private readonly Supervised? server;

    private OwnDatabase(string connectionString, FolderLock? held, Supervised? server) =>
        (ConnectionString, this.held, this.server) = (connectionString, held, server);

    /// <summary>The host's role.</summary>
    public string ConnectionString { get; }

    /// <summary>Finds it, or starts it.</summary>
    /// <exception cref="StartFailure">There is none.</exception>
    public static async Task<OwnDatabase> OpenAsync(string folder, Secrets secrets, ILogger log, CancellationToken stop)
    {
        var folders = new PostgresFolders(folder);
        var (data, logFile) = (folders[folders.RequirePrimary()], folders.LogFile(folders.Primary));
        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
            throw new StartFailure(
                $"There is no database in {folder}.",
                "Name another folder with --data, or a database with --postgres."
            );
        // Of a chat that has just ended it may be ending, too.
        for (var since = Stopwatch.GetTimestamp(); PortOf(data) is { } port; await Task.Delay(100, stop))
        {
            var running = Cluster("", 0, port).ConnectionString;
            if (await IsOpenAsync(running, stop) || Stopwatch.GetElapsedTime(since) > Patience)
                return new OwnDatabase(running, null, null);
        }
        var (programs, major) = await Binaries.PostgresAsync(null, stop);
        var held = FolderLock.Take(folder);
        var cluster = Cluster(programs, major, Ports.OrFree(0));
        var server = new Supervised(cluster, log);
        try
        {
            await server.StartAsync(stop);
            return new OwnDatabase(cluster.ConnectionString, held, server);
        }
        catch
        {
            await server.DisposeAsync();
            held.Dispose();
            throw;
        }

        PostgresCluster Cluster(string programs, int major, int port) =>
            new(programs, major, data, logFile, port, secrets);
    }

    // What else may be wrong with it is said by who uses it.
    private static async Task<bool> IsOpenAsync(string connectionString, CancellationToken stop)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(stop);
            return true;
        }
        catch (PostgresException fault)
        {
            return fault.SqlState != PostgresErrorCodes.CannotConnectNow;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    // What a running server notes: its number, its folder, when it began, its port.
    private static int? PortOf(string data)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (Signals.ReadPid(file) is not { } pid || !Signals.IsAlive(pid))
            return null;
        return
            File.ReadLines(file).ElementAtOrDefault(3) is { } line
            && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        held?.Dispose();
    }
}
