using Chat.Domain.Limiting;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;

namespace Chat.Host;

/// <summary>What a host needs.</summary>
public sealed record ChatHostOptions
{
    /// <summary>The server.</summary>
    public required string NatsUrl { get; init; }

    /// <summary>The database.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Standbys of it that may be read for history and search; null for none.</summary>
    public string? Replica { get; init; }

    /// <summary>The host's own credentials and keys.</summary>
    public required Secrets Secrets { get; init; }

    /// <summary>Its name, under which it holds its lease.</summary>
    public string Name { get; init; } = "host-1";

    /// <summary>Whether it is known that nobody else uses the name any more: then the lease is taken at once.</summary>
    public bool IsSole { get; init; }

    /// <summary>Commit lanes, one connection each.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Port of health, metrics and the page; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Where that port is open: on loopback, or for everybody who reaches another address.</summary>
    public string HttpAddress { get; init; } = "127.0.0.1";

    /// <summary>The servers that were started for this host; null where it was given them.</summary>
    public Func<IReadOnlyList<ServerState>>? Servers { get; init; }

    /// <summary>What there is for browsers; null for nothing.</summary>
    public PageOptions? Page { get; init; }

    /// <summary>How often people, their devices and conversations may be heard.</summary>
    public RateLimits Rates { get; init; } = RateLimits.Default;

    /// <summary>
    /// The conversation whose moderators are the staff: who is told of people, and of conversations as a whole. Null
    /// for no staff.
    /// </summary>
    public ConversationId? Staff { get; init; }

    /// <summary>Whom to ask before something is said; null for nobody.</summary>
    public SendPolicyOptions? Policy { get; init; }

    /// <summary>By which servers the devices of a call find each other; by none unless it is said.</summary>
    public House.IRelays Relays { get; init; } = new House.TimedRelays(new([], null));

    /// <summary>Where files are kept, and how large one may be.</summary>
    public Files.FileOptions Files { get; init; } = new();

    /// <summary>The file into which it is written what each request was decided on; null for none.</summary>
    public string? Record { get; init; }

    /// <summary>The bounds of a lane.</summary>
    public LaneOptions Lane { get; init; } = new();
}
