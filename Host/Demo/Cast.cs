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
        new("tomas", "Tomás", "Loses at trivia, every time"),
        new("yuki", "Yuki", "Seven hours ahead"),
        new("sven", "Sven", "Mia's friend from the choir"),
        new("ines", "Inês", "Between two trains"),
        new("kofi", "Kofi", "Has the good camera"),
        new("leila", "Leila", "Noor's sister"),
    ];
}
