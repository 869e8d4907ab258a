using Chat.Protocol;

namespace Chat.Host.Nats;

/// <summary>A request on its way: who asks what, where the answer goes and in which form.</summary>
internal sealed record Incoming(Address To, string ReplyTo, bool IsJson, long At)
{
    // A verb of the contract or none: what a caller makes up must not become a label of its own.
    public string Verb => Known.Contains(To.Verb) ? To.Verb : "other";

    private static readonly System.Collections.Generic.HashSet<string> Known =
    [
        .. "create rename topic nickname invite join leave send edit redact react unreact".Split(' '),
        .. "read delivered typing get members list history resume update revoke".Split(' '),
    ];
}
