using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Chat.Benchmarks.Load;

/// <summary>Who is told what a connection received. The spans live until the call returns.</summary>
internal interface IHears
{
    /// <summary>A message; its headers are null where it has none.</summary>
    void Hear(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload);

    /// <summary>All that came with one read has been heard.</summary>
    ValueTask HeardAsync();
}

/// <summary>
/// NATS over a socket, and as little of it as a generator needs: a library's client costs as much as the host that is
/// to be measured. One buffer in, whole messages out of it without a copy.
/// </summary>
internal sealed class NatsSocket(IHears listener) : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;
    private Task reading = Task.CompletedTask;

    /// <summary>Whether it is still read from.</summary>
    public bool IsOpen => !reading.IsCompleted;

    /// <summary>What a client comes with.</summary>
    public static string Token(string token) => $"\"auth_token\":\"{token}\"";

    /// <summary>What a host comes with.</summary>
    public static string User(string name, string password) => $"\"user\":\"{name}\",\"pass\":\"{password}\"";

    /// <summary>Connects with credentials and subscribes; returns when the server has taken all of it.</summary>
    public async Task ConnectAsync(string url, string credentials, params IReadOnlyList<string> subjects)
    {
        var at = new Uri(url);
        await socket.ConnectAsync(at.Host, at.Port);
        var text = new StringBuilder();
        text.Append(
            "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true,\"name\":\"bench\","
        );
        text.Append($"\"lang\":\"bench\",\"version\":\"1\",{credentials}}}\r\n");
        foreach (var (index, subject) in subjects.Index())
            text.Append($"SUB {subject} {index + 1}\r\n");
        text.Append("PING\r\n");
        reading = Task.Run(ReadAsync);
        await SendAsync(Encoding.ASCII.GetBytes(text.ToString()));
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Sends whole frames.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> frames)
    {
        while (!frames.IsEmpty)
            frames = frames[await socket.SendAsync(frames)..];
    }

    private async Task ReadAsync()
    {
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(Space())) > 0)
            {
                end += count;
                var isAsked = false;
                while (Take(ref isAsked)) { }
                if (isAsked)
                    await SendAsync("PONG\r\n"u8.ToArray());
                await listener.HeardAsync();
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException) { }
        ready.TrySetException(new IOException("The server closed a connection."));
    }

    private Memory<byte> Space()
    {
        if (start == end)
            start = end = 0;
        if (buffer.Length - end < 4 * 1024)
        {
            var held = buffer.AsSpan(start, end - start);
            var next = held.Length > buffer.Length / 2 ? new byte[2 * buffer.Length] : buffer;
            held.CopyTo(next);
            (buffer, end, start) = (next, end - start, 0);
        }
        return buffer.AsMemory(end);
    }

    // One line, and what belongs to it; false if it has not come yet.
    private bool Take(ref bool isAsked)
    {
        var held = buffer.AsSpan(start, end - start);
        var length = held.IndexOf("\r\n"u8);
        if (length < 0)
            return false;
        var line = held[..length];
        var taken = length + 2;
        switch (held[0])
        {
            case (byte)'M' or (byte)'H':
                var rest = Number(line[(line.LastIndexOf((byte)' ') + 1)..]);
                if (held.Length < taken + rest + 2)
                    return false;
                Tell(line, held.Slice(taken, rest));
                taken += rest + 2;
                break;
            case (byte)'P':
                isAsked |= line.SequenceEqual("PING"u8);
                if (line.SequenceEqual("PONG"u8))
                    ready.TrySetResult();
                break;
            case (byte)'-':
                ready.TrySetException(new IOException(Encoding.UTF8.GetString(line)));
                break;
        }
        start += taken;
        return true;
    }

    // MSG subject sid [reply] bytes, or HMSG subject sid [reply] header-bytes bytes.
    private void Tell(ReadOnlySpan<byte> line, ReadOnlySpan<byte> body)
    {
        var subject = line[(line.IndexOf((byte)' ') + 1)..];
        var headers = 0;
        if (line[0] == 'H')
        {
            var before = line[..line.LastIndexOf((byte)' ')];
            headers = Number(before[(before.LastIndexOf((byte)' ') + 1)..]);
        }
        listener.Hear(subject[..subject.IndexOf((byte)' ')], body[..headers], body[headers..]);
    }

    private static int Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out int value, out _) ? value : 0;

    public void Dispose() => socket.Dispose();
}
