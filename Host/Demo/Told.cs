using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using Outcome = Chat.Domain.Desks.Outcome;

namespace Chat.Host.Demo;

/// <summary>What the people of the story reported in one of its conversations, and what came of it.</summary>
internal static class Told
{
    /// <summary>The chapter of that conversation.</summary>
    public const string Chapter = "news";

    /// <summary>Who looks after it.</summary>
    public static PersonId Owner { get; } = PersonId.Of("mia");

    /// <summary>Who helps with it: the first of the cast, for what is reported to be seen at once.</summary>
    public static Domain.Conversations.Command Helping { get; } =
        new Domain.Conversations.Command.AssignRoles(
            PersonId.Of(Cast.People[0].Person),
            [],
            new Grant(Powers.Of(Permission.Reports), Powers.None)
        );

    /// <summary>One that was settled, one that somebody has, one that waits.</summary>
    public static IReadOnlyList<(PersonId By, Command Command)> In(ConversationId place) =>
        [
            File(place, "ines", "jonas", Cause.Other, "He feeds my cat. The cat has stopped coming home."),
            File(place, "oskar", 5, Cause.Spam, "The third poster on my door this week."),
            File(place, "priya", 4, Cause.Violence, "It rolled over my foot last year, and nobody said sorry."),
            (Owner, new Command.Settle(place, 1, Outcome.Dismissed, Of("Asked the cat. It likes it there."))),
            (Owner, new Command.Assign(place, 2, Owner)),
        ];

    private static (PersonId By, Command Command) File(
        ConversationId place,
        string by,
        string about,
        Cause why,
        string words
    ) => (PersonId.Of(by), new Command.File(place, new Subject.Person(PersonId.Of(about)), why, Of(words)));

    private static (PersonId By, Command Command) File(
        ConversationId place,
        string by,
        long seq,
        Cause why,
        string words
    ) => (PersonId.Of(by), new Command.File(place, new Subject.Message(place, seq), why, Of(words)));

    private static Reason Of(string words) =>
        Reason.Create(words).IfFail(faults => throw new FormatException(faults.Head.Rule));
}
