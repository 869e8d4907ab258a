namespace Chat.Domain.People;

/// <summary>What others see of a person.</summary>
/// <param name="Name">What they call themselves.</param>
/// <param name="About">A few words.</param>
public sealed record Profile(DisplayName? Name, About? About)
{
    /// <summary>Nothing said yet.</summary>
    public static Profile Empty { get; } = new(null, null);
}

/// <summary>A person, as far as decisions about them go.</summary>
/// <param name="Profile">What others see.</param>
/// <param name="Revoked">The devices that were closed out, and until when what was issued to them is void.</param>
public sealed record State(Profile Profile, Map<DeviceId, Instant> Revoked)
{
    /// <summary>Before anything was said.</summary>
    public static State Initial { get; } = new(Profile.Empty, Empty);
}
