using System.Diagnostics;
using Chat.Host.Operate;
using Chat.Protocol;

namespace Chat.Host.Nats;

/// <summary>A request on its way: who asks what, where the answer goes and in which form.</summary>
internal sealed record Incoming(Address To, string ReplyTo, bool IsJson)
{
    private readonly long at = Stopwatch.GetTimestamp();

    // Not the current one of whoever takes the request: what it does next belongs to another.
    private readonly Activity? span = Meters.Request();

    /// <summary>It has its answer.</summary>
    public void Answered(string outcome)
    {
        Meters.Answered(Verb, outcome, Stopwatch.GetElapsedTime(at));
        span?.SetTag("verb", Verb).SetTag("outcome", outcome).Dispose();
    }

    // A verb of the contract or none: what a caller makes up must not become a label of its own.
    public string Verb => Known.Contains(To.Verb) ? To.Verb : "other";

    private static readonly System.Collections.Generic.HashSet<string> Known =
    [
        .. Protocol.Wire.Verbs.All.Select(verb => verb.Name),
    ];
}
