using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Domain.Conversations;

namespace Chat.Host.Demo;

/// <summary>What one line of the story is: somebody asks for something at a time, or has read.</summary>
/// <param name="DaysAgo">The day.</param>
/// <param name="Time">The time of the day.</param>
/// <param name="Person">Who.</param>
/// <param name="Command">What they ask; null where they have read up to <paramref name="Read"/>.</param>
/// <param name="Read">The message that they have read up to.</param>
internal sealed record Line(int DaysAgo, TimeSpan Time, PersonId Person, Command? Command, long Read = 0)
{
    /// <summary>Reads a line of the story; see the head of house.txt.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Line Of(string text)
    {
        if (text.Split(' ') is ["read", var reader, var seq])
            return new Line(0, default, PersonId.Of(reader), null, long.Parse(seq, CultureInfo.InvariantCulture));
        var match = Said.Match(text);
        if (!match.Success)
            throw new FormatException(text);
        return new Line(
            int.Parse(match.Groups["day"].ValueSpan, CultureInfo.InvariantCulture),
            TimeSpan.ParseExact(match.Groups["time"].ValueSpan, @"hh\:mm", CultureInfo.InvariantCulture),
            PersonId.Of(match.Groups["who"].Value),
            CommandOf(match.Groups["how"].Value, match.Groups["about"].Value, match.Groups["text"].Value)
        );
    }

    private static readonly Regex Said = new(
        @"^(?<day>\d+) (?<time>\d\d:\d\d) (?<who>\w+)(?: (?<how>topic|[-+>~])(?<about>\d*))?:? (?<text>.+)$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1)
    );

    private static Command CommandOf(string how, string about, string text)
    {
        var seq = about.Length > 0 ? long.Parse(about, CultureInfo.InvariantCulture) : 0;
        return how switch
        {
            "topic" => new Command.SetTopic(Of(Topic.Create(text))),
            "-" => new Command.RedactMessage(seq, Of(Reason.Create(text))),
            "+" => new Command.React(seq, Of(Emoji.Create(text))),
            "~" => new Command.EditMessage(seq, Of(Body.Create(text)), Mentions(text)),
            ">" => new Command.SendMessage(Of(Body.Create(text)), seq, Mentions(text)),
            _ => new Command.SendMessage(Of(Body.Create(text)), null, Mentions(text)),
        };
    }

    private static Listing<PersonId> Mentions(string text) =>
        Listing.From(
            Cast.People.Select(face => face.Person)
                .Where(person => text.Contains($"@{person} ", StringComparison.Ordinal))
                .Select(PersonId.Of)
        );

    private static T Of<T>(Validation<Fault, T> text) =>
        text.Match(value => value, faults => throw new FormatException(faults.Head.Rule));
}
