using System.Text.RegularExpressions;
using Chat.Domain.Conversations;

namespace Chat.Host.Demo;

/// <summary>One conversation of the story.</summary>
/// <param name="Key">What its requests' ids begin with.</param>
/// <param name="Creator">Who makes it.</param>
/// <param name="Create">With whom, under which name.</param>
/// <param name="Lines">What happens in it, in order.</param>
internal sealed record Chapter(string Key, PersonId Creator, Command.Create Create, IReadOnlyList<Line> Lines)
{
    // What the story calls the evening that ends now.
    private static readonly TimeSpan Evening = new(20, 45, 0);

    /// <summary>When each line happened, seen from now: never in the future, never before the line above.</summary>
    public IEnumerable<(Line Line, Instant At)> At(DateTimeOffset now)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var line in Lines)
        {
            var at =
                line.DaysAgo == 0
                    ? now - (Evening - line.Time)
                    : new DateTimeOffset(now.Date.AddDays(-line.DaysAgo) + line.Time, now.Offset);
            last = at > last ? at : last.AddSeconds(1);
            yield return (line, new Instant(last.ToUnixTimeMilliseconds()));
        }
    }
}

/// <summary>What is told in house.txt.</summary>
internal static class Story
{
    private static readonly Regex Head = new(
        @"^@ (?<key>\w+) (?<kind>\w+) (""(?<name>[^""]+)"" )?(?<creator>\w+): (?<members>[\w ]+)$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>All chapters.</summary>
    public static IReadOnlyList<Chapter> Tell()
    {
        using var stream = typeof(Story).Assembly.GetManifestResourceStream("Chat.Host.Demo.house.txt")!;
        using var reader = new StreamReader(stream);
        var chapters = new List<(string Head, List<Line> Lines)>();
        while (reader.ReadLine() is { } text)
            if (text.StartsWith('@'))
                chapters.Add((text, []));
            else if (text.Length > 0 && text[0] != '#')
                chapters[^1].Lines.Add(Line.Of(text));
        return [.. chapters.Select(one => Of(Head.Match(one.Head).Groups, one.Lines))];
    }

    private static Chapter Of(GroupCollection head, List<Line> lines)
    {
        var members = head["members"].Value.Split(' ').Select(PersonId.Of);
        var name = ConversationName.Create(head["name"].Value).Case as ConversationName;
        var kind = Enum.Parse<ConversationKind>(head["kind"].ValueSpan, ignoreCase: true);
        return new Chapter(
            head["key"].Value,
            PersonId.Of(head["creator"].Value),
            new Command.Create(kind, Listing.From(members), name),
            lines
        );
    }
}
