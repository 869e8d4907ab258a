namespace Chat.Domain.Games.Decks;

/// <summary>One thing wrong with a deck's text.</summary>
/// <param name="Deck">Its name, as far as it is known.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Rule">The rule that it breaks, in words that a person can act on.</param>
public sealed record DeckFault(string Deck, int Line, string Rule);

/// <summary>
/// Decks as text, for people to write. A line is one thing; blank lines and those that begin with <c>#</c> are passed
/// over.
/// <code>
/// deck: kitchen-science        its name
/// title: Kitchen science       what people read
/// kind: questions              or words, or cards
///
/// ? Which of these is a berry? a question
/// + Banana                     the right answer
/// - Cherry                     three wrong ones
/// ! It has one ovary.          what is told afterwards, if anything
///
/// = sea lion | sealion         a word, and what is right for it, too
///
/// ? The best reason to be late a prompt
/// * A very small dragon        what may be played to it
/// </code>
/// </summary>
public static class DeckText
{
    /// <summary>Fewest questions in a deck: as many as the longest game asks.</summary>
    public const int MinQuestions = 20;

    /// <summary>Fewest words in a deck.</summary>
    public const int MinWords = 40;

    /// <summary>Fewest prompts in a deck: as many as the longest game has rounds.</summary>
    public const int MinPrompts = 20;

    /// <summary>Fewest answers in a deck: as many as hands and rounds of the longest game take.</summary>
    public const int MinAnswers = 196;

    /// <summary>Most of anything in a deck.</summary>
    public const int MaxCards = 2_000;

    /// <summary>The longest line, in characters.</summary>
    public const int MaxLine = 200;

    /// <summary>Reads a deck, or says all that is wrong with it.</summary>
    public static Validation<DeckFault, Deck> Parse(string text)
    {
        var lines = text.Split('\n')
            .Select((line, at) => new Line(at + 1, line.Trim()))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .ToList();
        var name = Head(lines, "deck");
        var faults = toSeq(
                lines
                    .Where(line => line.Text.Length > MaxLine || line.Text.Any(char.IsControl))
                    .Select(line => new DeckFault(name, line.Number, $"at most {MaxLine} plain characters"))
                    .Concat(Heads(name, Head(lines, "title")))
            )
            .Strict();
        var cards = lines.Where(line => !IsHead(line)).ToList();
        return Head(lines, "kind") switch
        {
            "questions" => Questions.Read(name, Head(lines, "title"), cards, faults),
            "words" => Lists.Words(name, Head(lines, "title"), cards, faults),
            "cards" => Lists.Cards(name, Head(lines, "title"), cards, faults),
            _ => faults.Add(new DeckFault(name, 1, "kind: questions, words or cards")),
        };
    }

    internal sealed record Line(int Number, string Text)
    {
        public char Mark => Text[0];

        public string Rest => Text[1..].Trim();
    }

    internal static Validation<DeckFault, Deck> Done(Seq<DeckFault> faults, Func<Deck> deck) =>
        faults.IsEmpty ? Validation<DeckFault, Deck>.Success(deck().Sealed()) : faults;

    internal static Seq<DeckFault> Enough(string deck, string what, int least, IReadOnlyCollection<string> cards) =>
        (
            cards.Count < least || cards.Count > MaxCards
                ? Seq1(new DeckFault(deck, 1, $"{least} to {MaxCards} {what}"))
                : Empty
        )
        + (
            cards.Distinct(StringComparer.OrdinalIgnoreCase).Count() < cards.Count
                ? Seq1(new DeckFault(deck, 1, $"no two {what} alike"))
                : Empty
        );

    private static bool IsHead(Line line) =>
        line.Text.StartsWith("deck:") || line.Text.StartsWith("title:") || line.Text.StartsWith("kind:");

    private static string Head(List<Line> lines, string head) =>
        lines
            .Where(line => line.Text.StartsWith($"{head}:"))
            .Select(line => line.Text[(head.Length + 1)..].Trim())
            .FirstOrDefault("");

    private static IEnumerable<DeckFault> Heads(string name, string title)
    {
        if (!Token.IsValid(name))
            yield return new DeckFault(name, 1, "deck: 1 to 64 characters of A-Z a-z 0-9 _ -");
        if (title.Length == 0)
            yield return new DeckFault(name, 1, "title: what people read");
    }
}
