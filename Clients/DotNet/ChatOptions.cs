namespace Chat.Client;

/// <summary>How a client connects.</summary>
public sealed record ChatOptions
{
    /// <summary>
    /// The server: <c>nats://…</c> or <c>ws://…</c>; of a cluster several, with commas between them.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Who this is. The server proves it by the token; this only says under which subjects to speak.</summary>
    public required PersonId Person { get; init; }

    /// <summary>The device, as the token has it.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Gives the bearer token; asked again at each connection, so it may be renewed.</summary>
    public required Func<CancellationToken, ValueTask<string>> Token { get; init; }

    /// <summary>How long one try of a request waits for its answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a request is tried again, under the same id, before the caller is told that nobody answered.
    /// </summary>
    public TimeSpan Persistence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often it resumes by itself, give or take a fifth; what changed nothing costs little.</summary>
    public TimeSpan ResumeEvery { get; init; } = TimeSpan.FromMinutes(4);
}
