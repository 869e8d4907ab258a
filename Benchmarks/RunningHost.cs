using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Npgsql;

namespace Chat.Benchmarks;

/// <summary>
/// A host as a user starts it: a process of its own, with its own nats-server and PostgreSQL, in a folder of its own.
/// </summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process process;
    private readonly Secrets secrets;
    private readonly TokenIssuer issuer;
    private readonly int[] ports;
    private readonly bool isTemporary;

    private RunningHost(Process process, string folder, int[] ports, bool isTemporary)
    {
        (this.process, Folder, this.ports, this.isTemporary) = (process, folder, ports, isTemporary);
        secrets = Secrets.LoadOrCreate(Path.Combine(folder, "secrets"));
        issuer = new TokenIssuer(secrets.TokenKeyPem);
    }

    public string Folder { get; }
    public int Pid => process.Id;
    public string NatsUrl => $"nats://127.0.0.1:{ports[0]}";
    public string HttpUrl => $"http://127.0.0.1:{ports[3]}";

    /// <summary>The host's own database, as its owner.</summary>
    public string ConnectionString => Database("chat", secrets.PostgresPassword, "chat");

    /// <summary>The superuser's.</summary>
    public string AdminConnectionString => Database("postgres", secrets.PostgresAdminPassword, "postgres");

    /// <summary>Another database of the host's role.</summary>
    public string ConnectionStringOf(string database) => Database("chat", secrets.PostgresPassword, database);

    public string TokenOf(string person, string device) => issuer.Issue(person, device);

    /// <summary>Starts it; returns when it is ready.</summary>
    public static async Task<RunningHost> StartAsync(string? data, int lanes)
    {
        var folder = data is null ? Temporary() : Path.GetFullPath(data);
        var ports = FreePorts(4);
        var start = new ProcessStartInfo("dotnet");
        string[] arguments =
        [
            Path.Combine(HostFolder(), "Chat.Host.dll"),
            .. (string[])["up", "--data", folder, "--lanes", $"{lanes}", "--rates", "1000000"],
            .. (string[])["--nats-port", $"{ports[0]}", "--ws-port", $"{ports[1]}"],
            .. (string[])["--postgres-port", $"{ports[2]}", "--http-port", $"{ports[3]}"],
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        // Read, so that it never waits for us; what it complains about goes to the terminal.
        _ = process.StandardOutput.ReadToEndAsync();
        await ReadyAsync(process, ports[3]);
        return new RunningHost(process, folder, ports, data is null);
    }

    private static async Task ReadyAsync(Process process, int port)
    {
        using var http = new HttpClient();
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(100);
        }
        process.Kill();
        throw new InvalidOperationException("The host did not become ready.");
    }

    /// <summary>Beside Benchmarks, built with it: Host/bin/Release/net10.0.</summary>
    private static string HostFolder()
    {
        var here = AppContext.BaseDirectory.TrimEnd('/');
        var tail = Path.GetRelativePath(Path.GetFullPath(Path.Combine(here, "../../..")), here);
        return Path.GetFullPath(Path.Combine(here, "../../../../Host", tail));
    }

    // PostgreSQL runs as another user under root, and has to pass through.
    public static string Temporary()
    {
        var folder = Directory.CreateTempSubdirectory("chat-bench-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                folder,
                File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute
            );
        return folder;
    }

    public static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Stop());
        return ports;
    }

    private string Database(string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = ports[2],
            Username = user,
            Password = password,
            Database = database,
            MaxAutoPrepare = 20,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 300,
        }.ConnectionString;

    /// <summary>Stops it as Ctrl-C does.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        using (Process.Start("kill", ["-INT", $"{process.Id}"])) { }
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
        issuer.Dispose();
        if (isTemporary)
            Directory.Delete(Folder, recursive: true);
    }
}
