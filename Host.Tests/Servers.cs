using System.Net;
using System.Net.Sockets;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Npgsql;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>
/// A real nats-server and a real PostgreSQL in a temporary folder, started once for all tests of the collection. A
/// test class takes it in its constructor, and a database of its own from <see cref="NewDatabaseAsync"/>.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    public const string Collection = "servers";

    private readonly string _folder = NewFolder();
    private Supervisor? _supervisor;
    private int _databases;

    public Supervisor Supervisor => _supervisor ?? throw new InvalidOperationException("not started");

    public string NatsUrl => Supervisor.NatsUrl;

    public string WebSocketUrl => Supervisor.WebSocketUrl;

    public Secrets Secrets => Supervisor.Secrets;

    public async Task InitializeAsync() => _supervisor = await Supervisor.StartAsync(NewOptions(_folder));

    public async Task DisposeAsync()
    {
        await (_supervisor?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// A fresh database of the host's role, a copy of <paramref name="template"/>: its connection string.
    /// </summary>
    public async Task<string> NewDatabaseAsync(string template = "template1")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await using var admin = new NpgsqlConnection(Supervisor.AdminConnectionString);
        await admin.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} template {template} owner chat", admin);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(Supervisor.ConnectionString) { Database = name }.ConnectionString;
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("chat-test-").FullName;

    /// <summary>
    /// Free ports, and a nats-server that the set-up has put into the tools folder where none is named.
    /// </summary>
    public static SupervisorOptions NewOptions(string folder)
    {
        // The temporary folder is closed to others by default, and PostgreSQL runs as another user under root.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute
            );
        }

        var ports = FreePorts(3);
        return new SupervisorOptions
        {
            Folder = folder,
            NatsPort = ports[0],
            WebSocketPort = ports[1],
            PostgresPort = ports[2],
            AllowedOrigins = ["http://127.0.0.1:4700"],
            NatsServer = NatsServer(),
        };
    }

    /// <summary>The same as a cluster, whose servers take ports in a row.</summary>
    public static SupervisorOptions ClusterOptions(string folder)
    {
        var first = FirstOfFree(11);
        return NewOptions(folder) with
        {
            IsCluster = true,
            NatsPort = first,
            WebSocketPort = first + 6,
            PostgresPort = first + 9,
        };
    }

    // Below those that the system gives to whoever connects somewhere.
    private static int FirstOfFree(int count)
    {
        while (true)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            if (Enumerable.Range(first, count).All(Ports.IsFree))
                return first;
        }
    }

    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    internal static string? NatsServer()
    {
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Binaries.NatsVariable)))
        {
            return null;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var tools = Environment.GetEnvironmentVariable("CHAT_TOOLS") ?? Path.Combine(home, ".cache", "chat");
        return Directory.Exists(tools)
            ? Directory
                .EnumerateFiles(tools, "nats-server*", SearchOption.AllDirectories)
                .Where(IsProgram)
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }

    // Beside the program lie its configuration and the like.
    private static bool IsProgram(string file) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);
}

[CollectionDefinition(Servers.Collection)]
public sealed class ServersCollection : ICollectionFixture<Servers>;
