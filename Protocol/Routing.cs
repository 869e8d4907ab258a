using System.Text;

namespace Chat.Protocol;

/// <summary>Which bucket owns a stream: a hash of its key, the same in every host and every version.</summary>
public static class Routing
{
    /// <summary>How many buckets there are; fixed for ever.</summary>
    public const int Buckets = 1_024;

    /// <summary>The bucket of a stream, 0 … 1023: FNV-1a of its key, 64 bits, folded.</summary>
    public static int BucketOf(StreamKey stream)
    {
        Span<byte> text = stackalloc byte[2 * Token.MaxLength + 4];
        // A pair goes with its direct conversation, which it closes and opens.
        var owned = stream.Kind is StreamKind.Pair ? stream.Direct : stream;
        var length = Encoding.UTF8.GetBytes(owned.ToString(), text);
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var b in text[..length])
            hash = (hash ^ b) * 1_099_511_628_211UL;
        return (int)((hash ^ (hash >> 32)) % Buckets);
    }
}
