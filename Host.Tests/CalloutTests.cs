using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Host.Nats;
using NATS.NKeys;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>The callout's answers to questions that no server would ask, and its absence.</summary>
[Collection(Servers.Collection)]
public sealed class CalloutTests(Servers servers) : IAsyncLifetime
{
    private readonly KeyPair _server = KeyPair.CreatePair(PrefixByte.Curve);
    private Access _access = null!;

    public async Task InitializeAsync() => _access = await Access.StartAsync(servers);

    public async Task DisposeAsync() => await _access.DisposeAsync();

    [Fact]
    public void A_good_question_is_granted_and_a_bad_token_is_told_so()
    {
        var granted = Ask(Question(_access.Issuer.Issue("ann", "phone")));
        Assert.True(granted!.Value.TryGetProperty("jwt", out _));
        var refused = Ask(Question("nonsense"));
        Assert.True(refused!.Value.TryGetProperty("error", out _));
        Assert.False(refused.Value.TryGetProperty("jwt", out _));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"nats":{}}""")]
    [InlineData("""{"nats":{"server_id":5,"user_nkey":"U"}}""")]
    [InlineData("""{"nats":{"server_id":{"id":"N"},"user_nkey":"UAAA","client_info":{"id":1}}}""")]
    public void A_question_that_makes_no_sense_is_not_answered(string claims) => Assert.Null(Ask(claims));

    [Fact]
    public void Nothing_that_is_sent_throws()
    {
        var random = new Random(1);
        var good = _server.Seal(Jwt(Question("x")), servers.Secrets.XKeyPublicKey);
        for (var i = 0; i < 10_000; i++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)random.Next(1, 256);
            Assert.Null(_access.Callout.Answer(bytes[..random.Next(bytes.Length)], _server.GetPublicKey()));
            Assert.Null(_access.Callout.Answer(RandomNumberGenerator.GetBytes(i % 200), _server.GetPublicKey()));
        }

        foreach (var sender in new[] { null, "", "X", "nonsense", servers.Secrets.IssuerPublicKey })
        {
            Assert.Null(_access.Callout.Answer(good, sender));
        }
    }

    [Fact]
    public void Damaged_claims_never_let_anybody_in()
    {
        var random = new Random(2);
        var claims = Question("nonsense");
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = new StringBuilder(claims) { [random.Next(claims.Length)] = (char)random.Next(32, 127) };
            Assert.False(Ask(damaged.ToString()) is { } answer && answer.TryGetProperty("jwt", out _));
        }
    }

    [Fact]
    public async Task While_it_is_away_nobody_new_comes_in_and_afterwards_everybody()
    {
        await using var inside = await _access.ConnectAsync("ann", "phone");
        await _access.Callout.DisposeAsync();
        var waiting = _access.ConnectAsync("bob", "phone");
        await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        await inside.PingAsync();
        await using var again = await Access.StartAsync(servers);
        await using var late = await again.ConnectAsync("bob", "phone");
        Assert.True(again.Sessions.IsLive("ann"));
        Assert.True(again.Sessions.IsLive("bob"));
    }

    private JsonElement? Ask(string claims)
    {
        var answer = _access.Callout.Answer(
            _server.Seal(Jwt(claims), servers.Secrets.XKeyPublicKey),
            _server.GetPublicKey()
        );
        if (answer is null)
        {
            return null;
        }

        var jwt = Encoding.ASCII.GetString(_server.Open(answer, servers.Secrets.XKeyPublicKey));
        return JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1])).RootElement.GetProperty("nats");
    }

    private static byte[] Jwt(string claims) =>
        Encoding.ASCII.GetBytes($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.AA");

    private static string Question(string token)
    {
        using var user = KeyPair.CreatePair(PrefixByte.User);
        var asked = new
        {
            nats = new
            {
                server_id = new { id = "NTEST" },
                user_nkey = user.GetPublicKey(),
                client_info = new { id = 4_000_000 },
                connect_opts = new { auth_token = token },
            },
        };
        return JsonSerializer.Serialize(asked);
    }
}
