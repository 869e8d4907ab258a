using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Chat.Host.Nats;

/// <summary>Whose tokens are accepted, and how they are read.</summary>
public sealed record TokenOptions
{
    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    /// <summary>Public keys of the issuer: see <see cref="FromPem"/> and <see cref="FromJwks"/>.</summary>
    public required IReadOnlyList<SecurityKey> Keys { get; init; }

    public string DeviceClaim { get; init; } = "device";

    /// <summary>
    /// Signatures by a public key only: with a shared one (HS256) the public key of an issuer could be used to sign.
    /// </summary>
    public IReadOnlyList<string> Algorithms { get; init; } =
    [
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSsaPssSha256,
    ];

    /// <summary>How far the issuer's clock may be ahead of ours. Never added to the expiry.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A PEM with an EC or RSA key; of a private one only the public half is kept.</summary>
    public static IReadOnlyList<SecurityKey> FromPem(string pem, string? keyId = null)
    {
        try
        {
            using var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            return
            [
                new ECDsaSecurityKey(ECDsa.Create(ec.ExportParameters(includePrivateParameters: false)))
                {
                    KeyId = keyId,
                },
            ];
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return [new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = keyId }];
        }
    }

    /// <summary>A JSON Web Key Set as issuers publish it; shared keys (<c>oct</c>) in it are left out.</summary>
    public static IReadOnlyList<SecurityKey> FromJwks(string json) =>
        [.. new JsonWebKeySet(json).GetSigningKeys().Where(key => key is not SymmetricSecurityKey)];
}
