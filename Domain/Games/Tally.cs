namespace Chat.Domain.Games;

/// <summary>Points of people.</summary>
internal static class Tally
{
    public static Map<PersonId, int> Zero(IEnumerable<PersonId> people) => toMap(people.Select(who => (who, 0)));

    public static Map<PersonId, int> Add(Map<PersonId, int> scores, PersonId who, int points) =>
        scores.AddOrUpdate(who, points + scores.Find(who).IfNone(0));

    public static Listing<Score> Of(Map<PersonId, int> scores) =>
        Listing.From(scores.AsEnumerable().Select(one => new Score(one.Key, one.Value)));
}
