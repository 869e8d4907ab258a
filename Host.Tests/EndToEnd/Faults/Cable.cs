using System.Net;
using System.Net.Sockets;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>A way to a server that can be cut without a word: what is sent is lost, nothing is closed.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Uri server;
    private readonly Task accepting;
    private volatile Way whole = new();

    public Cable(string url)
    {
        server = new Uri(url);
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Url => $"{server.Scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Loses all that is sent from now on, over connections that come now, too.</summary>
    public void Cut() => whole.IsCut = true;

    /// <summary>Connections that come from now on are whole; those from before stay cut.</summary>
    public void Mend() => whole = new();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await listener.AcceptTcpClientAsync(stopping.Token), whole);
        }
        catch (OperationCanceledException) { }
    }

    private async Task CarryAsync(TcpClient near, Way way)
    {
        using (near)
        using (var far = new TcpClient())
            try
            {
                await far.ConnectAsync(server.Host, server.Port, stopping.Token);
                var (one, other) = (near.GetStream(), far.GetStream());
                await Task.WhenAny(PumpAsync(one, other, way), PumpAsync(other, one, way));
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException) { }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Way way)
    {
        var buffer = new byte[65_536];
        while (await from.ReadAsync(buffer, stopping.Token) is var read and > 0)
            if (!way.IsCut)
                await to.WriteAsync(buffer.AsMemory(0, read), stopping.Token);
        // An end that is closed is not told over a way that is cut either.
        if (way.IsCut)
            await Task.Delay(Timeout.Infinite, stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private sealed class Way
    {
        public volatile bool IsCut;
    }
}
