using System.Diagnostics;
using Chat.Host.Store;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests.Store;

/// <summary>
/// A real PostgreSQL: the one that <c>CHAT_TEST_POSTGRES</c> names, else one of its own in a temporary folder. Every
/// test gets a database of its own, copied from one that has the tables.
/// </summary>
public sealed class StoreFixture : IAsyncLifetime
{
    private const string Template = "chat_template";
    private string? folder;
    private string server = Environment.GetEnvironmentVariable("CHAT_TEST_POSTGRES") ?? "";
    private int made;

    /// <summary>The connection string of a database.</summary>
    public string To(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database }.ToString();

    public async Task InitializeAsync()
    {
        if (server.Length == 0)
            Start();
        await RunAsync($"drop database if exists {Template}");
        await RunAsync($"create database {Template}");
        await using var database = await Database.OpenAsync(new DatabaseOptions(To(Template), "template"));
    }

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (folder is null)
            await RunAsync($"drop database if exists {Template} with (force)");
        else
        {
            Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "stop");
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A new database with all tables and nothing in them; its connection string.</summary>
    public async Task<string> FreshAsync()
    {
        var name = $"chat_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";
        await RunAsync($"create database {name} template {Template}");
        return To(name);
    }

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(To("postgres") + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private void Start()
    {
        folder = Directory.CreateTempSubdirectory("chat-store-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        Run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-instructions", "--locale=C.UTF-8");
        var port = FreePort();
        var settings = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}";
        Run("pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "data", "log"), "-o", settings, "start");
        server = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres";
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root.
    private static void Run(string program, params string[] arguments)
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").Order().Last() + "/bin/";
        var isPostgres = File.Exists(bin + program);
        string[] whole = isPostgres ? [bin + program, .. arguments] : [program, .. arguments];
        if (isPostgres && Environment.UserName == "root")
            whole = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. whole];
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        // pg_ctl's child keeps the pipe open: the exit counts, not the end of the output.
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }
}

/// <summary>The tests that share the server.</summary>
[CollectionDefinition(Name)]
public sealed class StoreCollection : ICollectionFixture<StoreFixture>
{
    public const string Name = "store";
}
