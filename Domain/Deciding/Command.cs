namespace Chat.Domain.Deciding;

/// <summary>What somebody wants of an aggregate. Each aggregate has a closed union of its own below this.</summary>
public abstract record AnyCommand;

/// <summary>Who asks, from where, and when it is.</summary>
/// <param name="Person">Who asks, as the server proved it.</param>
/// <param name="Device">The device they ask from.</param>
/// <param name="Now">The batch's time, never below the stream's last event.</param>
/// <param name="OccurredAt">When it happened elsewhere; only an import sets it.</param>
public sealed record Context(PersonId Person, DeviceId Device, Instant Now, Instant? OccurredAt = null)
{
    /// <summary>The tenant of what is decided.</summary>
    public TenantId Tenant { get; init; } = TenantId.Main;

    /// <summary>The id of the stream that is decided about, where the decision may reach beyond it.</summary>
    public string Id { get; init; } = "-";

    /// <summary>The stamp of what is decided here.</summary>
    public Stamp Stamp => new(Person, Now, OccurredAt);

    /// <summary>The same for a further stream: time goes back in none.</summary>
    internal Context At(AnyStream stream) => this with { Now = Instant.Max(Now, stream.LastAt) };
}
