using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Protocol;
using NATS.NKeys;

namespace Chat.Host.Nats;

/// <summary>The JWTs that nats-server reads: what a client may do, and the callout's answer around it.</summary>
internal sealed class UserJwt(KeyPair issuer, TimeProvider clock)
{
    public const int MaxSubscriptions = 16;
    public const int MaxPayload = 64 * 1024;

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ed25519-nkey"}"""u8);

    private readonly string _issuer = issuer.GetPublicKey();

    /// <summary>The name that finds a device's connections again: unique, for neither part can hold a dot.</summary>
    public static string NameOf(string person, string device) => $"{person}.{device}";

    public static (string Person, string Device)? ReadName(string? name) =>
        name?.Split('.') is [var person, var device] && Names.IsToken(person) && Names.IsToken(device)
            ? (person, device)
            : null;

    /// <summary>
    /// Allow-lists only, and each begins with the caller's own literal prefix. Person and device are checked tokens,
    /// for the server would expand a star in them.
    /// </summary>
    public string ForClient(string userKey, Bearer bearer)
    {
        var (person, device) = (bearer.Person, bearer.Device);
        if (!Names.IsToken(person) || !Names.IsToken(device))
        {
            throw new ArgumentException("not checked tokens", nameof(bearer));
        }

        return Sign(
            ServerConfig.AppAccount,
            userKey,
            json =>
            {
                json.WriteString("name", NameOf(person, device));
                json.WriteNumber("exp", bearer.ExpiresAt.ToUnixTimeSeconds());
                json.WriteStartObject("nats");
                json.WriteString("type", "user");
                json.WriteNumber("version", 2);
                Rights(json, "pub", [$"chat.v1.req.{person}.{device}.>"], []);

                // An allow lets queue subscriptions in as well; this denies them and nothing else.
                Rights(
                    json,
                    "sub",
                    [$"chat.v1.evt.{person}.>", $"chat.v1.eph.{person}.>", $"chat.v1.inbox.{person}.{device}.>"],
                    ["> >"]
                );

                // Read, but not enforced, by the servers known so far (2.10 to 2.15): they take such limits from the
                // JWT that a client itself presents, and ours presents none. Sessions and the ingress see to both.
                json.WriteNumber("subs", MaxSubscriptions);
                json.WriteNumber("data", -1);
                json.WriteNumber("payload", MaxPayload);
                Texts(json, "allowed_connection_types", ["STANDARD", "WEBSOCKET"]);
                json.WriteEndObject();
            }
        );
    }

    public string Granted(string serverId, string userKey, string jwt) => Response(serverId, userKey, "jwt", jwt);

    public string Refused(string serverId, string userKey, string because) =>
        Response(serverId, userKey, "error", because);

    private string Response(string serverId, string userKey, string field, string value) =>
        Sign(
            serverId,
            userKey,
            json =>
            {
                json.WriteStartObject("nats");
                json.WriteString("type", "authorization_response");
                json.WriteNumber("version", 2);
                json.WriteString(field, value);
                json.WriteEndObject();
            }
        );

    private string Sign(string audience, string subject, Action<Utf8JsonWriter> rest)
    {
        var claims = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("jti", Guid.NewGuid().ToString("N"));
            json.WriteNumber("iat", clock.GetUtcNow().ToUnixTimeSeconds());
            json.WriteString("iss", _issuer);
            json.WriteString("aud", audience);
            json.WriteString("sub", subject);
            rest(json);
            json.WriteEndObject();
        }

        var text = $"{Header}.{Base64Url.EncodeToString(claims.WrittenSpan)}";
        var signature = new byte[64];
        issuer.Sign(Encoding.ASCII.GetBytes(text), signature);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static void Rights(Utf8JsonWriter json, string name, string[] allow, string[] deny)
    {
        json.WriteStartObject(name);
        Texts(json, "allow", allow);
        Texts(json, "deny", deny);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
