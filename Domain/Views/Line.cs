using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>What stands between messages and is none: that there was a call, or a party.</summary>
/// <param name="Version">The version that it came as.</param>
/// <param name="Event">What happened.</param>
public sealed record Line(long Version, Event Event)
{
    /// <summary>The most lines of one page; of more the newest.</summary>
    public const int MaxPage = 200;

    /// <summary>Whether something that happened stands between messages.</summary>
    public static bool Is(Event happened) => happened is Event.Called or Event.Partied;

    /// <summary>The lines among what somebody is shown, in the same order.</summary>
    public static Listing<Line> Of(IEnumerable<Seen> seen) =>
        Listing.From(
            seen.OfType<Seen.Shown>()
                .Where(shown => Is(shown.Event))
                .Select(shown => new Line(shown.Version, shown.Event))
        );
}
