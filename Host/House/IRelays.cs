using System.Security.Cryptography;
using System.Text;
using Chat.Protocol.Wire;

namespace Chat.Host.House;

/// <summary>Says by which servers the devices of a call find each other, and what lets somebody use them.</summary>
public interface IRelays
{
    /// <summary>What somebody is to use from now on.</summary>
    RelaysView Of(PersonId person, Instant now);
}

/// <summary>STUN and TURN servers, and the secret that the latter share with this host.</summary>
/// <param name="Urls">
/// As RFC 7064 and 7065 write them: <c>stun:host:port</c>, <c>turn:host:port?transport=udp</c>. At most <see
/// cref="CallAnswers.MaxUrls"/>, each at most <see cref="CallAnswers.MaxTextBytes"/> long.
/// </param>
/// <param name="Secret">What the servers have as <c>static-auth-secret</c>; null where they ask for nothing.</param>
public sealed record RelayOptions(Listing<string> Urls, string? Secret)
{
    /// <summary>What is wrong with it; nothing where it can be used.</summary>
    public Option<string> Fault =>
        Urls.Count > CallAnswers.MaxUrls ? Some($"at most {CallAnswers.MaxUrls} relays")
        : Urls.FirstOrDefault(url => !IsUrl(url)) is { } wrong ? Some($"no relay: {wrong}")
        : Secret is null && Urls.Any(url => url.StartsWith("turn", StringComparison.Ordinal))
            ? Some("a turn server needs a secret")
        : None;

    private static bool IsUrl(string url) =>
        url.Length <= CallAnswers.MaxTextBytes
        && Ascii.IsValid(url)
        && url.Split(':', 2) is ["stun" or "stuns" or "turn" or "turns", { Length: > 0 }];
}

/// <summary>
/// Credentials that last for a time and that the servers check by themselves: the name is when it ends and whose it is,
/// the password HMAC-SHA-1 over that under the shared secret (draft-uberti-behave-turn-rest-00; coturn's
/// <c>use-auth-secret</c>).
/// </summary>
public sealed class TimedRelays(RelayOptions options) : IRelays
{
    /// <summary>How long they last, in milliseconds: as long as the longest call.</summary>
    public const long LastMs = Domain.Calls.Line.MaxMs;

    /// <inheritdoc/>
    public RelaysView Of(PersonId person, Instant now)
    {
        if (options.Secret is not { } secret)
            return RelaysView.None with { Urls = options.Urls };
        var until = now.Plus(LastMs);
        var name = $"{until.Milliseconds / 1000}:{person}";
        var password = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(name));
        return new(options.Urls, name, Convert.ToBase64String(password), until);
    }
}
