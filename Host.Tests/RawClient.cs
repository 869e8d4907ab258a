using System.Net.Sockets;
using System.Text;

namespace Chat.Host.Tests;

/// <summary>
/// A client that says what no library would: the protocol's text over TCP. <see cref="SayAsync"/> returns what the
/// server answered, up to the PONG behind it.
/// </summary>
public sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient _tcp = new();
    private StreamReader? _reader;

    public static async Task<RawClient> ConnectAsync(string url, string token)
    {
        var client = new RawClient();
        var at = new Uri(url);
        await client._tcp.ConnectAsync(at.Host, at.Port);
        client._reader = new StreamReader(client._tcp.GetStream(), Encoding.UTF8);
        var connect =
            $$"""{"auth_token":"{{token}}","verbose":false,"pedantic":false,"headers":true,"no_responders":true}""";
        await client._reader.ReadLineAsync();
        var answer = await client.SayAsync("CONNECT " + connect);
        return answer.Count == 0 ? client : throw new InvalidOperationException(string.Join('\n', answer));
    }

    public Task<List<string>> PublishAsync(string subject, string body = "", string reply = "") =>
        SayAsync($"PUB {subject} {reply} {Encoding.UTF8.GetByteCount(body)}\r\n{body}");

    public async Task<List<string>> SayAsync(string command)
    {
        var answers = new List<string>();
        await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(command + "\r\nPING\r\n"));
        while (await ReadLineAsync() is { } line && line != "PONG")
        {
            if (line == "PING")
            {
                await _tcp.GetStream().WriteAsync("PONG\r\n"u8.ToArray());
                continue;
            }

            answers.Add(line);
        }

        return answers;
    }

    /// <summary>Null at the end.</summary>
    public async Task<string?> ReadLineAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            return await _reader!.ReadLineAsync(patience.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the server ends the connection within ten seconds.</summary>
    public async Task<bool> IsClosedAsync()
    {
        try
        {
            while (await ReadLineAsync() is not null) { }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader?.Dispose();
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
