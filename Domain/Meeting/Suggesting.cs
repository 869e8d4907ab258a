using System.Numerics;

namespace Chat.Domain.Meeting;

/// <summary>
/// Whom somebody might want to meet: friends of friends, and who was in rooms with them. Who has not opened themselves
/// is suggested to nobody, and no friendship of theirs is used for others: the answer is the same whatever they are.
/// </summary>
public static class Suggesting
{
    /// <summary>People of one answer.</summary>
    public const int Most = 50;

    /// <summary>Mutual friends who are named.</summary>
    public const int MaxNamed = 3;

    /// <summary>What a mutual friend counts at the most; the less the more open friends they have.</summary>
    public const int PerFriend = 1_000;

    /// <summary>What a minute together in rooms counts.</summary>
    public const int PerMinute = 20;

    /// <summary>Minutes together that count.</summary>
    public const int MostMinutes = 60;

    /// <summary>
    /// The first of those who may be suggested, the most points first; of as many the lower number, which says nothing.
    /// </summary>
    /// <param name="facts">What is known; where a person stands twice in a list, all of it counts.</param>
    /// <param name="now">When.</param>
    /// <param name="most">How many, at least 0.</param>
    public static Listing<Suggestion> Of(MeetingFacts facts, Instant now, int most = Most)
    {
        var open = OpenFriends(facts);
        using var tallies = Count(facts, open, now);
        var first = tallies.First(most);
        var through = Through(open, first);
        var met = facts.Companions.Where(one => one.IsOpen).ToLookup(one => one.Person, one => one.Company.Until);
        return Listing.From(
            first.Select(tally => new Suggestion(
                tally.Person,
                tally.Points,
                tally.Mutual,
                Listing.From(through[tally.Person].Order().Take(MaxNamed)),
                met.Contains(tally.Person) ? met[tally.Person].Max() : null
            ))
        );
    }

    /// <summary>
    /// What a mutual friend counts: a thousand, divided by one and how often the number of their open friends doubles.
    /// </summary>
    public static long Weight(Circle friend)
    {
        var open = 0;
        foreach (var person in friend.Friends.Span)
            open += person > 0 ? 1 : 0;
        return PerFriend / (1 + BitOperations.Log2((uint)open + 1));
    }

    // A friendship is used where one knows it, and from there on where both of it have opened themselves.
    private static List<Circle> OpenFriends(MeetingFacts facts)
    {
        var friends = facts.Own.Friends.Select(Math.Abs).ToHashSet();
        return [.. facts.Circles.Where(circle => circle.IsOpen && friends.Contains(circle.Person))];
    }

    private static Tallies Count(MeetingFacts facts, List<Circle> open, Instant now)
    {
        var never = facts.Own.Friends.Select(Math.Abs).Append(facts.Own.Person).Concat(facts.Barred);
        var tallies = new Tallies(open.Sum(circle => circle.Friends.Count) + facts.Companions.Count);
        foreach (var circle in open)
        {
            var weight = Weight(circle);
            foreach (var person in circle.Friends.Span)
                if (person > 0)
                    tallies.Add(person, weight, 1);
        }
        foreach (var companion in facts.Companions)
            if (companion.IsOpen && PointsOf(companion.Company, now) is > 0 and var points)
                tallies.Add(companion.Person, points, 0);
        foreach (var person in never)
            tallies.Bar(person);
        return tallies;
    }

    private static long PointsOf(Company company, Instant now) =>
        Math.Min(company.MsAt(now) / 60_000, MostMinutes) * PerMinute;

    private static Dictionary<int, List<int>> Through(List<Circle> open, List<Tally> first)
    {
        var through = first.ToDictionary(tally => tally.Person, _ => new List<int>());
        foreach (var circle in open)
        foreach (var person in circle.Friends.Span)
            if (through.TryGetValue(person, out var named))
                named.Add(circle.Person);
        return through;
    }
}
