using Line = Chat.Domain.Games.Decks.DeckText.Line;

namespace Chat.Domain.Games.Decks;

/// <summary>Reads decks that are lists: words, and prompts with answers.</summary>
internal static class Lists
{
    public static Validation<DeckFault, Deck> Words(
        string name,
        string title,
        IReadOnlyList<Line> lines,
        Seq<DeckFault> faults
    )
    {
        var words = lines.Where(line => line.Mark == '=').Select(WordOf).ToList();
        return DeckText.Done(
            faults
                + Stray(name, lines, "=")
                + DeckText.Enough(name, "words", DeckText.MinWords, [.. words.Select(word => word.Text)]),
            () => new Deck.Words(name, title, Listing.From(words))
        );
    }

    public static Validation<DeckFault, Deck> Cards(
        string name,
        string title,
        IReadOnlyList<Line> lines,
        Seq<DeckFault> faults
    )
    {
        var prompts = lines.Where(line => line.Mark == '?').Select(line => line.Rest).ToList();
        var answers = lines.Where(line => line.Mark == '*').Select(line => line.Rest).ToList();
        return DeckText.Done(
            faults
                + Stray(name, lines, "?*")
                + DeckText.Enough(name, "prompts", DeckText.MinPrompts, prompts)
                + DeckText.Enough(name, "answers", DeckText.MinAnswers, answers),
            () => new Deck.Cards(name, title, Listing.From(prompts), Listing.From(answers))
        );
    }

    private static Word WordOf(Line line)
    {
        var spellings = line.Rest.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new Word(spellings.FirstOrDefault(""), Listing.From(spellings.Skip(1)));
    }

    // A word of which no letter is left when it is compared could never be guessed.
    private static Seq<DeckFault> Stray(string name, IEnumerable<Line> lines, string marks) =>
        toSeq(
                lines
                    .Where(line => !marks.Contains(line.Mark) || !line.Rest.Any(char.IsLetterOrDigit))
                    .Select(line => new DeckFault(name, line.Number, $"one of {marks}, and some words"))
            )
            .Strict();
}
