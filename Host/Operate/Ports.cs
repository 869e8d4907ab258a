using System.Net;
using System.Net.Sockets;

namespace Chat.Host.Operate;

internal static class Ports
{
    /// <summary>
    /// The port as it is given; for 0 one that is free just now, below those that the system gives to whoever connects
    /// somewhere: one of these may be taken before a server has it.
    /// </summary>
    public static int OrFree(int port)
    {
        while (port == 0)
            if (Random.Shared.Next(10_000, 30_000) is var drawn && IsFree(drawn))
                port = drawn;
        return port;
    }

    /// <summary>Whether nobody listens there just now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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
