using Chat.Host.Page;

namespace Chat.Host.Demo;

/// <summary>Whom one meets when one tries things out.</summary>
public static class Cast
{
    /// <summary>All of them; the first is who one is asked to be first.</summary>
    public static IReadOnlyList<Face> People { get; } =
    [
        new("noor", "Noor", "Far from home, near the phone"),
        new("mia", "Mia", "Cooks on Sundays"),
        new("tomas", "Tomás", "Lost, but at a bakery"),
        new("yuki", "Yuki", "Nine lemons, no regrets"),
        new("ama", "Ama", "On page 212"),
        new("leila", "Leila", "Noor's sister"),
        new("dev", "Dev", "Has the pot"),
        new("kofi", "Kofi", "Thursdays on the wall"),
        new("sven", "Sven", "Mia's friend from the choir"),
        new("ines", "Inês", "Has a telephone now"),
        new("priya", "Priya", "Tram 9"),
        new("jonas", "Jonas", "Looking for a chalk bag"),
        new("oskar", "Oskar", "The piano has wheels"),
    ];
}
