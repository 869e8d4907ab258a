using Chat.Domain.Meeting;
using Chat.Domain.Rooms;

namespace Chat.Domain.Closeness;

/// <summary>Who is close to somebody, the closest first. It is theirs alone.</summary>
/// <param name="People">Who, and why.</param>
public sealed record Ranking(Listing<Close> People)
{
    /// <summary>People of one answer.</summary>
    public const int Most = 50;

    /// <summary>What a message counts when it is said.</summary>
    public const long PerMessage = 1_000;

    /// <summary>What a minute together in rooms counts.</summary>
    public const long PerMinute = 200;

    /// <summary>What a minute of a call counts.</summary>
    public const long PerCallMinute = 400;

    /// <summary>After how many milliseconds half of what was said counts: three weeks.</summary>
    public const long HalfLifeMs = 21L * 24 * 60 * 60 * 1_000;

    /// <summary>Nobody is.</summary>
    public static Ranking Nobody { get; } = new([]);

    /// <summary>
    /// All to whom something binds somebody, the most points first; of as many the lower id. Who is muted, or kept
    /// apart by a block, is not among them; nor is who never answered.
    /// </summary>
    public static Ranking Of(ClosenessFacts facts, Instant now) =>
        new(
            Listing.From(
                facts
                    .Friends.Where(one => !facts.Muted.Contains(one.Friend) && !facts.Closed.Contains(one.Friend))
                    .Select(one => CloseOf(one, now))
                    .Where(one => one.Points > 0)
                    .OrderByDescending(one => one.Points)
                    .ThenBy(one => one.Person)
            )
        );

    /// <summary>
    /// Rooms as they are listed: one's own, then by the closest of those who are seen inside, then by id. Who is in a
    /// room that is not seen into has no part in it: where it stands tells nothing of them.
    /// </summary>
    public Listing<Card> Order(IEnumerable<Card> cards)
    {
        var places = Places();
        return Listing.From(
            cards
                .OrderByDescending(card => card.Mine)
                .ThenBy(card =>
                    (card.Occupants ?? [])
                        .Select(face => places.GetValueOrDefault(face.Person, int.MaxValue))
                        .DefaultIfEmpty(int.MaxValue)
                        .Min()
                )
                .ThenBy(card => card.Room)
        );
    }

    /// <summary>Those of some people, the closest first, then by id.</summary>
    public Listing<T> Order<T>(IEnumerable<T> people, Func<T, PersonId> who)
    {
        var places = Places();
        return Listing.From(
            people.OrderBy(one => places.GetValueOrDefault(who(one), int.MaxValue)).ThenBy(one => who(one))
        );
    }

    private Dictionary<PersonId, int> Places() =>
        People.Select((one, place) => (one.Person, place)).ToDictionary(one => one.Person, one => one.place);

    private static Close CloseOf(Exchange one, Instant now) =>
        new(
            one.Friend,
            // Whoever never answers is not made close by being written to.
            Mean(Said(one.Given, now), Said(one.Got, now)),
            one.Rooms.MsAt(now) * PerMinute / 60_000,
            one.Calls.MsAt(now) * PerCallMinute / 60_000,
            one.Given.Count,
            one.Got.Count,
            one.Given.Concat(one.Got).Append(one.Rooms.Until).Append(one.Calls.Until).Max()
        );

    private static long Said(Listing<Instant> times, Instant now) =>
        times.Sum(at => Fading.Left(PerMessage, now.Since(at), HalfLifeMs));

    // Of what is looked at there are thousands of points at the most: the root of their product is exact.
    private static long Mean(long one, long other) => (long)Math.Sqrt((double)one * other);
}
