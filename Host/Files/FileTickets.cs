using System.Globalization;
using System.Text.Json;
using Chat.Protocol;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Host.Files;

/// <summary>What somebody may bring or fetch, by a path that only they were told.</summary>
public abstract record Ticket(PersonId Person, DeviceId Device, ConversationId Conversation)
{
    /// <summary>To bring a file.</summary>
    public sealed record Upload(
        PersonId Person,
        DeviceId Device,
        ConversationId Conversation,
        ClientId Client,
        FileName Name,
        MediaType Type,
        long Bytes
    ) : Ticket(Person, Device, Conversation);

    /// <summary>To fetch a file of a message, if they may see it by then.</summary>
    public sealed record Fetch(PersonId Person, DeviceId Device, ConversationId Conversation, long Seq, FileId File)
        : Ticket(Person, Device, Conversation);

    /// <summary>
    /// To fetch a file of the message that a report about a conversation is about, if they may look at it by then.
    /// </summary>
    public sealed record Reported(
        PersonId Person,
        DeviceId Device,
        ConversationId Conversation,
        long Report,
        FileId File
    ) : Ticket(Person, Device, Conversation);
}

/// <summary>Tickets as signed tokens, good for minutes and at every host that shares the key.</summary>
public sealed class FileTickets(byte[] key, Func<Instant> now)
{
    /// <summary>How long one is good, in milliseconds.</summary>
    public const long GoodForMs = 600_000;

    private const string Issuer = "chat-files";
    private readonly JsonWebTokenHandler tokens = new()
    {
        SetDefaultTimesOnTokenCreation = false,
        MapInboundClaims = false,
    };
    private readonly SymmetricSecurityKey secret = new(key);

    /// <summary>Writes a ticket; returns until when it is good.</summary>
    public (string Text, Instant Until) Write(Ticket ticket)
    {
        var until = now().Plus(GoodForMs);
        var claims = new Dictionary<string, object>
        {
            ["sub"] = ticket.Person.Value,
            ["device"] = ticket.Device.Value,
            ["conversation"] = ticket.Conversation.Value,
            ["until"] = until.Milliseconds,
        };
        switch (ticket)
        {
            case Ticket.Upload upload:
                claims["client"] = upload.Client.Value;
                claims["name"] = upload.Name.Value;
                claims["type"] = upload.Type.Value;
                claims["bytes"] = upload.Bytes;
                break;
            case Ticket.Fetch fetch:
                claims["seq"] = fetch.Seq;
                claims["file"] = fetch.File.Value;
                break;
            case Ticket.Reported reported:
                claims["report"] = reported.Report;
                claims["file"] = reported.File.Value;
                break;
        }
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Claims = claims,
            SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256),
        };
        return (tokens.CreateToken(descriptor), until);
    }

    /// <summary>Reads a ticket that is good; with when it was written.</summary>
    public async Task<(Ticket Ticket, DateTimeOffset Written)?> ReadAsync(string text)
    {
        var rules = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            ValidateLifetime = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = secret,
        };
        var read = await tokens.ValidateTokenAsync(text, rules);
        if (!read.IsValid || Number(read.Claims, "until") is not { } until || until <= now().Milliseconds)
            return null;
        return (Of(read.Claims), DateTimeOffset.FromUnixTimeMilliseconds(until - GoodForMs));
    }

    // What we signed is as we wrote it.
    private static Ticket Of(IDictionary<string, object> claims)
    {
        var person = PersonId.Of(Text(claims, "sub"));
        var device = DeviceId.Of(Text(claims, "device"));
        var conversation = ConversationId.Of(Text(claims, "conversation"));
        if (Number(claims, "report") is { } report)
            return new Ticket.Reported(person, device, conversation, report, FileId.Of(Text(claims, "file")));
        return claims.ContainsKey("file")
            ? new Ticket.Fetch(
                person,
                device,
                conversation,
                Number(claims, "seq")!.Value,
                FileId.Of(Text(claims, "file"))
            )
            : new Ticket.Upload(
                person,
                device,
                conversation,
                ClientId.Of(Text(claims, "client")),
                Valid(FileName.Create(Text(claims, "name"))),
                Valid(MediaType.Create(Text(claims, "type"))),
                Number(claims, "bytes")!.Value
            );
    }

    private static T Valid<T>(Validation<Fault, T> value) =>
        value.Match(one => one, _ => throw new JsonException("a ticket of another version"));

    private static string Text(IDictionary<string, object> claims, string name) => (string)claims[name];

    private static long? Number(IDictionary<string, object> claims, string name) =>
        claims.TryGetValue(name, out var value) ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
}
