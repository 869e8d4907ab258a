using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Chat.Protocol;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Host.Nats;

/// <summary>Who a token speaks for, and from when until when.</summary>
public sealed record Bearer(string Person, string Device, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

/// <summary>The development issuer behind <c>./chat token</c>. A product has its own.</summary>
public sealed class TokenIssuer : IDisposable
{
    public const string DevelopmentIssuer = "chat-development";
    public const string DevelopmentAudience = "chat";

    private readonly ECDsa _key = ECDsa.Create();
    private readonly SigningCredentials _credentials;
    private readonly string _issuer;
    private readonly string _audience;
    private readonly TimeProvider _clock;

    public TokenIssuer(
        string privateKeyPem,
        string issuer = DevelopmentIssuer,
        string audience = DevelopmentAudience,
        TimeProvider? clock = null
    )
    {
        _key.ImportFromPem(privateKeyPem);

        // The library keeps signers by key for the whole process, and would use ours after it is disposed.
        var key = new ECDsaSecurityKey(_key)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        _credentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
        _issuer = issuer;
        _audience = audience;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>A token for a day, unless another life is given.</summary>
    public string Issue(string person, string device, TimeSpan? life = null)
    {
        var now = _clock.GetUtcNow();
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = _issuer,
            Audience = _audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + (life ?? TimeSpan.FromDays(1))).UtcDateTime,
            Subject = new ClaimsIdentity([new Claim("sub", person), new Claim("device", device)]),
            SigningCredentials = _credentials,
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public void Dispose() => _key.Dispose();
}

/// <summary>
/// Checks a token of the product's issuer: signature, algorithm, issuer, audience, times, and the names in it.
/// </summary>
public sealed class TokenVerifier
{
    private readonly TokenOptions _options;
    private readonly TimeProvider _clock;
    private readonly TokenValidationParameters _rules;

    // Longer than any sensible token; checked before anything is decoded. CONNECT has 8 KB in all.
    private readonly JsonWebTokenHandler _tokens = new() { MaximumTokenSizeInBytes = 4096, MapInboundClaims = false };

    public TokenVerifier(TokenOptions options, TimeProvider? clock = null)
    {
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _rules = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = options.Algorithms,
            IssuerSigningKeys = options.Keys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,

            // The times are checked below: with our clock, and to the second.
            ValidateLifetime = false,
        };
    }

    public Bearer? Verify(string token) => Verify(token, out _);

    /// <summary>Null with a reason for the log; the reason never holds a part of the token.</summary>
    public Bearer? Verify(string token, out string? refused)
    {
        try
        {
            // Completes at once: keys are at hand, nothing is fetched.
            var result = _tokens.ValidateTokenAsync(token, _rules).GetAwaiter().GetResult();
            if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            {
                refused = result.Exception?.GetType().Name ?? "invalid";
                return null;
            }

            var bearer = Read(Base64Url.DecodeFromChars(jwt.EncodedPayload), out refused);
            return bearer;
        }
        catch (Exception e)
            when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            refused = e.GetType().Name;
            return null;
        }
    }

    public bool IsCurrent(Bearer bearer) => _clock.GetUtcNow() < bearer.ExpiresAt;

    // Read anew rather than through the library's claims, which turn numbers into text and keep one of two equal names.
    private Bearer? Read(byte[] payload, out string? refused)
    {
        using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var claims = json.RootElement;
        var person = Text(claims, "sub") is { } sub ? Names.PersonOf(sub)?.Value : null;
        var device = Text(claims, _options.DeviceClaim);
        if (person is null || !Names.IsToken(device))
        {
            refused = person is null ? "no subject" : "no valid device";
            return null;
        }

        if (Time(claims, "iat") is not { } issued || Time(claims, "exp") is not { } expires)
        {
            refused = "no iat or exp";
            return null;
        }

        // A token from the future would outlive the revocation of all tokens issued until now.
        var now = _clock.GetUtcNow();
        var latest = now + _options.ClockSkew;
        refused =
            expires <= now ? "expired"
            : issued > latest || Time(claims, "nbf") > latest ? "from the future"
            : null;
        return refused is null ? new Bearer(person, device, issued, expires) : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // NumericDate may have a fraction: cut off, so that a token counts as issued rather too early and expires too
    // early.
    private static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
