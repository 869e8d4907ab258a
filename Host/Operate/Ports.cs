using System.Net;
using System.Net.Sockets;

namespace Chat.Host.Operate;

internal static class Ports
{
    /// <summary>The port as it is given; for 0 one that is free just now.</summary>
    public static int OrFree(int port)
    {
        if (port != 0)
            return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Says who is in whose way before a server says it in its log.</summary>
    public static void RequireFree(int port, string whose, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new StartFailure(
                $"Port {port} for {whose} is in use by another program.",
                $"Stop that program, or choose another port ({option}).",
                e
            );
        }
        catch (SocketException e)
        {
            throw new StartFailure(
                $"Port {port} for {whose} cannot be used: {e.Message}",
                $"Choose another port ({option}).",
                e
            );
        }
    }
}
