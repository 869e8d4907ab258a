namespace Chat.Host.Page;

/// <summary>What the HTTP endpoint has for browsers.</summary>
public sealed record PageOptions
{
    /// <summary>The folder of the built page; where there is none, no page is served.</summary>
    public string? Folder { get; init; }

    /// <summary>Where browsers reach nats-server; of several, with commas between them.</summary>
    public required string WebSocketUrl { get; init; }

    /// <summary>The door of the development issuer; null where a product has its own.</summary>
    public Development? Development { get; init; }

    /// <summary>The origins under which a browser on this machine sees the page.</summary>
    public static string[] OriginsAt(int port) => [$"http://127.0.0.1:{port}", $"http://localhost:{port}"];
}

/// <summary>Somebody whom one can come in as while developing.</summary>
/// <param name="Person">The id.</param>
/// <param name="Name">What they are called.</param>
/// <param name="About">A few words.</param>
public sealed record Face(string Person, string Name, string? About);

/// <summary>Tokens for whoever asks: for trying things out, on loopback.</summary>
/// <param name="Issue">A token for a person and a device.</param>
/// <param name="People">Those who are proposed.</param>
public sealed record Development(Func<string, string, string> Issue, IReadOnlyList<Face> People);
