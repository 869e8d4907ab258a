using Chat.Host.Driving;
using Chat.Host.Nats;

namespace Chat.Host;

/// <summary>
/// What may stand between a host's parts: each part, or another before it. A test plants its faults here; a host that
/// somebody starts has none of it.
/// </summary>
internal sealed record Seams
{
    /// <summary>Nothing between.</summary>
    public static Seams None { get; } = new();

    /// <summary>Before the store of the commit loop.</summary>
    public Func<ICommitStore, ICommitStore> Store { get; init; } = part => part;

    /// <summary>Before who tells people what was committed.</summary>
    public Func<IPublisher, IPublisher> Publisher { get; init; } = part => part;

    /// <summary>Before who answers queries.</summary>
    public Func<IQueries, IQueries> Queries { get; init; } = part => part;

    /// <summary>Before the digests of requests.</summary>
    public Func<IDigests, IDigests> Digests { get; init; } = part => part;
}
