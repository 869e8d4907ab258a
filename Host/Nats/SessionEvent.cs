using System.Text.Json;

namespace Chat.Host.Nats;

/// <summary>
/// What matters of a server's connect or disconnect event. The name is that of the user JWT, not the client's own.
/// </summary>
internal sealed record SessionEvent(ConnectionId Id, string? Name)
{
    public static SessionEvent? Read(byte[]? data)
    {
        if (data is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(data);
            var server = json.RootElement.GetProperty("server").GetProperty("id").GetString();
            var client = json.RootElement.GetProperty("client");
            var name = client.TryGetProperty("user", out var user) ? user.GetString() : null;
            return server is null
                ? null
                : new SessionEvent(new ConnectionId(server, client.GetProperty("id").GetUInt64()), name);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
