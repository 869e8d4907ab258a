using System.Security.Cryptography;
using NATS.NKeys;

namespace Chat.Host.Operate;

/// <summary>
/// What only this installation knows. Each value is a file of its own (mode 0600, in a folder of mode 0700), created
/// once: a lost key can be replaced alone, and none is ever printed.
/// </summary>
public sealed record Secrets
{
    /// <summary>Seed of the account key that signs what the auth callout answers.</summary>
    public required string IssuerSeed { get; init; }

    /// <summary>Seed of the curve key to which the server seals its callout requests.</summary>
    public required string XKeySeed { get; init; }

    public required string AppPassword { get; init; }

    public required string CalloutPassword { get; init; }

    public required string SystemPassword { get; init; }

    public required string PostgresAdminPassword { get; init; }

    public required string PostgresPassword { get; init; }

    /// <summary>Of the role that a standby comes as.</summary>
    public required string PostgresStandbyPassword { get; init; }

    /// <summary>With which the nats-servers of a cluster know each other.</summary>
    public required string RoutesPassword { get; init; }

    /// <summary>PKCS#8 PEM of the P-256 key that signs development tokens.</summary>
    public required string TokenKeyPem { get; init; }

    /// <summary>What ids of files and tickets for them are made with; every host of a database has the same.</summary>
    public required string FilesKey { get; init; }

    public string IssuerPublicKey => PublicKey(IssuerSeed);

    public string XKeyPublicKey => PublicKey(XKeySeed);

    public static Secrets LoadOrCreate(string folder) => StartFailure.Touching(folder, () => Read(folder));

    private const string Marker = "issuer.seed";

    // A record prints its members: this one must not.
    public override string ToString() => nameof(Secrets);

    private static Secrets Read(string folder)
    {
        // One that was filled elsewhere and mounted here can only be read.
        if (!File.Exists(Path.Combine(folder, Marker)))
        {
            PrivateFile.CreateFolder(folder);
        }

        return new Secrets
        {
            IssuerSeed = Once(folder, Marker, () => Seed(PrefixByte.Account)),
            XKeySeed = Once(folder, "callout-xkey.seed", () => Seed(PrefixByte.Curve)),
            AppPassword = Once(folder, "nats-app.password", Password),
            CalloutPassword = Once(folder, "nats-callout.password", Password),
            SystemPassword = Once(folder, "nats-system.password", Password),
            PostgresAdminPassword = Once(folder, "postgres-admin.password", Password),
            PostgresPassword = Once(folder, "postgres.password", Password),
            PostgresStandbyPassword = Once(folder, "postgres-standby.password", Password),
            RoutesPassword = Once(folder, "nats-routes.password", Password),
            FilesKey = Once(folder, "files.key", Password),
            TokenKeyPem = Once(folder, "token-key.pem", TokenKey),
        };
    }

    private static string Once(string folder, string name, Func<string> create)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            var value = File.ReadAllText(path).Trim();
            return value.Length > 0
                ? value
                : throw new StartFailure(
                    $"The secret {path} is empty.",
                    "Restore it from a backup, or delete the file to have a new one made."
                );
        }

        // Written aside and renamed: a crash half-way must not leave a file that looks like a secret.
        var fresh = create();
        PrivateFile.Write(path, fresh + "\n");
        return fresh;
    }

    // Hexadecimal needs no quoting anywhere: not in a URL, a connection string or a server's configuration.
    private static string Password() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    private static string Seed(PrefixByte kind)
    {
        using var pair = KeyPair.CreatePair(kind);
        return pair.GetSeed();
    }

    private static string PublicKey(string seed)
    {
        using var pair = KeyPair.FromSeed(seed);
        return pair.GetPublicKey();
    }

    private static string TokenKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
