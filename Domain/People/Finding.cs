using Chat.Domain.Views;

namespace Chat.Domain.People;

/// <summary>Somebody who might be found.</summary>
/// <param name="Person">Who; this is their handle, too.</param>
/// <param name="Name">What they are called, if they have said so.</param>
/// <param name="Privacy">Who finds them.</param>
/// <param name="Terms">How they and whoever looks stand to each other.</param>
public sealed record Findable(PersonId Person, DisplayName? Name, Privacy Privacy, Terms Terms);

/// <summary>Finds people by what they are called.</summary>
public static class Finding
{
    /// <summary>So many are told at once, at most.</summary>
    public const int Most = 50;

    /// <summary>The words of a name, each once, in ordinal order.</summary>
    public static Listing<string> WordsOf(DisplayName name) => Sorted(name.Value);

    /// <summary>What each name must have: each of them is how a word of it begins.</summary>
    public static Listing<string> WordsOf(SearchWords words) => Sorted(words.Value);

    /// <summary>
    /// Whether somebody is meant: by their whole handle, or by how words of their name begin, in any order and case.
    /// Blank words mean nobody.
    /// </summary>
    public static bool Means(SearchWords words, PersonId person, DisplayName? name)
    {
        if (words.Value == person.Value)
            return true;
        var (asked, held) = (WordsOf(words), name is null ? [] : WordsOf(name));
        return asked.Count > 0 && asked.All(one => held.Any(word => word.StartsWith(one, StringComparison.Ordinal)));
    }

    /// <summary>
    /// Who is found: of those who are meant and may be found, at most <paramref name="limit"/>, friends first. Who may
    /// not be found takes nobody's place.
    /// </summary>
    public static Listing<Findable> Of(SearchWords words, PersonId seeker, IEnumerable<Findable> people, int limit) =>
        Listing.From(
            people
                .Where(one => one.Person != seeker)
                .Where(one => Reach.Finds(one.Privacy, one.Terms) && Means(words, one.Person, one.Name))
                .OrderByDescending(one => one.Terms.AreFriends)
                .ThenBy(one => one.Person)
                .Take(limit)
        );

    private static Listing<string> Sorted(string text) =>
        Listing.From(Lexemes.InOrder(text).Distinct().Order(StringComparer.Ordinal));
}
