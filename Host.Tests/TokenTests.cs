using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Host.Nats;
using Chat.Protocol;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>Whose word counts, and as whom.</summary>
public sealed class TokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TokenVerifier _verifier;

    public TokenTests() => _verifier = new TokenVerifier(Options(), new FixedClock(Now));

    public void Dispose() => _key.Dispose();

    [Fact]
    public void The_development_issuer_is_understood()
    {
        using var issuer = new TokenIssuer(_key.ExportPkcs8PrivateKeyPem(), "us", "chat", new FixedClock(Now));
        var bearer = _verifier.Verify(issuer.Issue("ann", "phone", TimeSpan.FromHours(1)));
        Assert.Equal(new Bearer("ann", "phone", Now, Now.AddHours(1)), bearer);
    }

    [Fact]
    public void A_good_token_is_accepted() => Assert.NotNull(_verifier.Verify(Sign(Claims())));

    public static TheoryData<string> BadClaims =>
        [
            """{"iss":"them"}""",
            """{"iss":null}""",
            """{"aud":"other"}""",
            """{"aud":null}""",
            """{"exp":null}""",
            """{"exp":1767323045}""",
            """{"exp":"9999999999"}""",
            """{"exp":1e300}""",
            """{"exp":-1}""",
            """{"iat":null}""",
            """{"iat":1767323145}""",
            """{"nbf":1767323145}""",
            """{"sub":null}""",
            """{"sub":""}""",
            """{"sub":5}""",
            """{"sub":["ann"]}""",
            """{"device":null}""",
            """{"device":""}""",
            """{"device":"a.b"}""",
            """{"device":"*"}""",
            """{"device":">"}""",
            """{"device":"a b"}""",
            """{"device":"-"}""",
            """{"device":7}""",
            """{"device":"01234567890123456789012345678901234567890123456789012345678901234"}""",
        ];

    [Theory]
    [MemberData(nameof(BadClaims))]
    public void A_token_that_says_something_else_is_refused(string changes)
    {
        var claims = Claims();
        foreach (var change in JsonDocument.Parse(changes).RootElement.EnumerateObject())
        {
            claims[change.Name] = change.Value;
        }

        Assert.Null(_verifier.Verify(Sign(claims), out var because));
        Assert.NotNull(because);
    }

    [Fact]
    public void Two_subjects_in_one_token_are_refused()
    {
        var text = JsonSerializer.Serialize(Claims());
        Assert.Null(_verifier.Verify(Sign(text[..^1] + ",\"sub\":\"bob\"}")));
        Assert.Null(_verifier.Verify(Sign("""{"sub":"\ud800",""" + text[1..].Replace("\"sub\":\"ann\",", ""))));
    }

    [Fact]
    public void Other_algorithms_are_refused()
    {
        var claims = JsonSerializer.Serialize(Claims());
        var unsigned = Part("""{"alg":"none","typ":"JWT"}""") + "." + Part(claims);
        Assert.Null(_verifier.Verify(unsigned + "."));
        Assert.Null(_verifier.Verify(unsigned));

        // The classic: the public key as a shared one.
        var text = Part("""{"alg":"HS256","typ":"JWT"}""") + "." + Part(claims);
        foreach (
            var known in new[]
            {
                _key.ExportSubjectPublicKeyInfo(),
                Encoding.UTF8.GetBytes(_key.ExportSubjectPublicKeyInfoPem()),
            }
        )
        {
            var mac = HMACSHA256.HashData(known, Encoding.ASCII.GetBytes(text));
            Assert.Null(_verifier.Verify($"{text}.{Base64Url.EncodeToString(mac)}"));
        }

        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(_verifier.Verify(Sign(claims, stranger)));
    }

    [Fact]
    public void A_changed_token_is_refused()
    {
        var token = Sign(Claims());
        for (var i = 0; i < token.Length; i++)
        {
            // The last character of a part may hold bits that stand for nothing.
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            var bearer = _verifier.Verify(changed);
            Assert.True(bearer is null || i == token.Length - 1, $"{i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("a.b.c.d.e")]
    [InlineData("\0")]
    [InlineData("é.é.é")]
    [InlineData("e30.e30.")]
    [InlineData("bnVsbA.bnVsbA.AAAA")]
    public void Nonsense_is_refused(string token) => Assert.Null(_verifier.Verify(token));

    [Fact]
    public void What_is_huge_or_deep_is_refused()
    {
        Assert.Null(_verifier.Verify(new string('a', 1_000_000)));
        Assert.Null(_verifier.Verify(Sign(new string('[', 500) + new string(']', 500))));
    }

    [Fact]
    public void Keys_from_a_set_are_understood_and_shared_ones_left_out()
    {
        var p = _key.ExportParameters(false);
        var (x, y) = (Base64Url.EncodeToString(p.Q.X), Base64Url.EncodeToString(p.Q.Y));
        var ec = $$"""{"kty":"EC","crv":"P-256","kid":"k1","x":"{{x}}","y":"{{y}}"}""";
        var keys = TokenOptions.FromJwks(
            $$"""{"keys":[{{ec}},{"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0","kid":"k2"}]}"""
        );
        Assert.Single(keys);
        var verifier = new TokenVerifier(Options() with { Keys = keys }, new FixedClock(Now));
        Assert.NotNull(verifier.Verify(Sign(Claims())));
    }

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("A_b-9", "A_b-9")]
    [InlineData("-", "_LQ")]
    [InlineData("a.b", "_YS5i")]
    [InlineData("auth0|507f1f77bcf86cd799439011", "_YXV0aDB8NTA3ZjFmNzdiY2Y4NmNkNzk5NDM5MDEx")]
    [InlineData("_YS5i", "_X1lTNWk")]
    [InlineData("__x", "_X194")]
    [InlineData(" ann", "_IGFubg")]
    [InlineData(">", "_Pg")]
    public void A_subject_that_cannot_stand_in_a_subject_is_encoded(string subject, string person) =>
        Assert.Equal(person, Names.PersonOf(subject)?.Value);

    [Fact]
    public void No_two_subjects_are_one_person()
    {
        string[] parts =
        [
            "",
            "a",
            "A",
            "_",
            "__",
            "-",
            ".",
            "*",
            "\u00ad",
            "é",
            "e\u0301",
            "\0",
            new('x', 64),
            new('y', 46),
        ];
        var subjects = from a in parts from b in parts from c in parts where (a + b + c).Length > 0 select a + b + c;
        var persons = new Dictionary<string, string>(StringComparer.Ordinal);

        // And what encodes a subject, taken as a subject itself.
        var all = subjects.Distinct().ToList();
        foreach (
            var subject in all.Concat(all.Select(s => Names.PersonOf(s)!.Value.Value)).Distinct(StringComparer.Ordinal)
        )
        {
            var person = Names.PersonOf(subject)!.Value.Value;
            Assert.True(Names.IsToken(person));
            Assert.True(persons.TryAdd(person, subject), $"{subject} and {persons[person]}");
        }
    }

    private TokenOptions Options() =>
        new()
        {
            Issuer = "us",
            Audience = "chat",
            Keys = TokenOptions.FromPem(_key.ExportPkcs8PrivateKeyPem()),
        };

    private static Dictionary<string, object?> Claims() =>
        new()
        {
            ["iss"] = "us",
            ["aud"] = "chat",
            ["sub"] = "ann",
            ["device"] = "phone",
            ["iat"] = Now.ToUnixTimeSeconds(),
            ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
        };

    private string Sign(Dictionary<string, object?> claims) => Sign(JsonSerializer.Serialize(claims));

    private string Sign(string claims, ECDsa? key = null)
    {
        var text = Part("""{"alg":"ES256","typ":"JWT"}""") + "." + Part(claims);
        var signature = (key ?? _key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
