using System.Net.Sockets;
using System.Text;
using Chat.Host.Nats;

namespace Chat.Host.Operate;

/// <summary>nats-server with the configuration of <see cref="ServerConfig"/>.</summary>
internal sealed class NatsProcess(string program, ServerConfig config) : IServer
{
    private string ConfigFile => Path.Combine(config.Folder, "nats.conf");

    public string Name => config.RoutePort is null ? "nats-server" : $"nats-server ({config.Name})";

    public string Address => $"127.0.0.1:{config.Port}";

    public string WebSocketAddress => $"127.0.0.1:{config.WebSocketPort}";

    // What it says before it has read where its log goes.
    public string LogFile => Path.Combine(config.Folder, "nats.out");

    public Signal StopSignal => Signal.Terminate;

    public TimeSpan StopPatience => TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Command => [program, "-c", ConfigFile];

    public async Task PrepareAsync(CancellationToken cancel)
    {
        StartFailure.Touching(
            config.Folder,
            () =>
            {
                PrivateFile.CreateFolder(config.Folder);
                PrivateFile.Write(ConfigFile, config.Render());
                return true;
            }
        );
        await StopLeftoverAsync(cancel);
        Ports.RequireFree(config.Port, Name, "--nats-port");
        Ports.RequireFree(config.WebSocketPort, $"{Name}'s WebSocket", "--ws-port");
        if (config.RoutePort is { } routes)
        {
            Ports.RequireFree(routes, $"{Name}'s cluster", "--nats-port");
        }
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            // Both doors: the WebSocket opens first, and INFO is only sent by a server that serves.
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", config.WebSocketPort, cancel);
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", config.Port, cancel);
            var hello = new byte[4];
            await client.GetStream().ReadExactlyAsync(hello, cancel);
            return Encoding.ASCII.GetString(hello) == "INFO";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    public StartFailure? Explain(string lastWords) => null;

    public bool IsPassing(string lastWords) => false;

    // Its clients are gone with the host that started it, and its keys may be old: stopped, not adopted.
    private async Task StopLeftoverAsync(CancellationToken cancel)
    {
        if (Signals.ReadPid(config.PidFile) is not { } pid || !IsOurs(pid))
        {
            return;
        }

        Signals.Send(pid, Signal.Terminate);
        if (!await Signals.GoneAsync(pid, TimeSpan.FromSeconds(3), cancel))
        {
            Signals.Send(pid, Signal.Kill);
            await Signals.GoneAsync(pid, TimeSpan.FromSeconds(3), cancel);
        }
    }

    // The number may have gone to another process since.
    private bool IsOurs(int pid)
    {
        try
        {
            return Signals.IsAlive(pid) && File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').Contains(ConfigFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
