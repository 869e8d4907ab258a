using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Host.Nats;

/// <summary>
/// Remembers what verified tokens said, so that a storm of reconnects costs one hash each instead of one signature.
/// At most twice <paramref name="capacity"/> entries: when the young half is full it becomes the old one. Tokens
/// themselves are not kept. Expiry and revocation are asked every time.
/// </summary>
internal sealed class VerifiedTokens(TokenVerifier verifier, int capacity)
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<string, Bearer> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, Bearer> _old = new(StringComparer.Ordinal);

    public Bearer? Verify(string token, out string? refused)
    {
        if (token.Length > 4096)
        {
            refused = "too long";
            return null;
        }

        var key = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_young.TryGetValue(key, out var known) || _old.TryGetValue(key, out known))
        {
            Remember(key, known);
            refused = verifier.IsCurrent(known) ? null : "expired";
            return refused is null ? known : null;
        }

        var bearer = verifier.Verify(token, out refused);
        if (bearer is not null)
        {
            Remember(key, bearer);
        }

        return bearer;
    }

    private void Remember(string key, Bearer bearer)
    {
        if (!_young.TryAdd(key, bearer) || _young.Count < capacity)
        {
            return;
        }

        lock (_turning)
        {
            if (_young.Count >= capacity)
            {
                _old = _young;
                _young = new ConcurrentDictionary<string, Bearer>(StringComparer.Ordinal);
            }
        }
    }
}
