using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Chat.Host.Tests;

/// <summary>
/// As much of S3 as any server of it has: objects below a path, put in one piece whose digest is signed, by who has the
/// key.
/// </summary>
internal sealed class BucketServer : IDisposable
{
    private const string Key = "a-key-of-the-tests";
    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, byte[]> objects = new();

    public BucketServer()
    {
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "a-secret-of-the-tests");
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        listener.Prefixes.Add($"{Address}/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public IEnumerable<string> Keys => objects.Keys.Order();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, path) = (context.Request, context.Request.Url!.AbsolutePath);
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var digest = Convert.ToHexStringLower(SHA256.HashData(body.ToArray()));
        byte[] answer = [];
        if (request.Headers["Authorization"]?.StartsWith($"AWS4-HMAC-SHA256 Credential={Key}/") is not true)
            context.Response.StatusCode = 403;
        else if (request.HttpMethod == "PUT" && request.Headers["x-amz-content-sha256"] != digest)
            context.Response.StatusCode = 400;
        else if (request.HttpMethod == "PUT")
            objects[path] = body.ToArray();
        else if (request.HttpMethod == "DELETE")
        {
            objects.TryRemove(path, out _);
            context.Response.StatusCode = 204;
        }
        else if (objects.TryGetValue(path, out var found))
            answer = found;
        else
            (context.Response.StatusCode, answer) = (404, "<Error><Code>NoSuchKey</Code></Error>"u8.ToArray());
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }

    public void Dispose() => listener.Close();
}
