using System.Text.Json;
using NATS.NKeys;

namespace Chat.Host.Nats;

/// <summary>A connection as a server numbers it; a restarted server has another id.</summary>
public readonly record struct ConnectionId(string Server, ulong Cid);

/// <summary>What the callout needs of a question.</summary>
internal sealed record CalloutQuestion(ConnectionId Connection, string UserKey, string? Token)
{
    public static CalloutQuestion? Read(ReadOnlyMemory<byte> claims)
    {
        using var json = JsonDocument.Parse(claims);
        var asked = json.RootElement.GetProperty("nats");
        var server = asked.GetProperty("server_id").GetProperty("id").GetString();
        var userKey = asked.GetProperty("user_nkey").GetString();
        if (server is null || userKey is null || !KeyPair.IsValidPublicKey(PrefixByte.User, userKey))
        {
            return null;
        }

        var cid = asked.GetProperty("client_info").GetProperty("id").GetUInt64();
        return new CalloutQuestion(new ConnectionId(server, cid), userKey, TokenOf(asked));
    }

    // Of the client's own words only the token counts; the name, user and password that it chooses are not even read.
    private static string? TokenOf(JsonElement asked) =>
        asked.TryGetProperty("connect_opts", out var options)
        && options.TryGetProperty("auth_token", out var token)
        && token.ValueKind == JsonValueKind.String
            ? token.GetString()
            : null;
}
