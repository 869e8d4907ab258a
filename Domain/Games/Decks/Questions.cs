using Line = Chat.Domain.Games.Decks.DeckText.Line;

namespace Chat.Domain.Games.Decks;

/// <summary>Reads decks of questions.</summary>
internal static class Questions
{
    private const int Wrongs = 3;

    public static Validation<DeckFault, Deck> Read(
        string name,
        string title,
        IReadOnlyList<Line> lines,
        Seq<DeckFault> faults
    )
    {
        var stray = lines.TakeWhile(line => line.Mark != '?').ToList();
        var blocks = Blocks(lines.Skip(stray.Count)).ToList();
        var wrong = stray
            .Select(line => new DeckFault(name, line.Number, "a question first: ? and what is asked"))
            .Concat(blocks.SelectMany(block => FaultsOf(name, block)));
        var all = faults + toSeq(wrong).Strict();
        var asked = blocks.Select(block => block[0].Rest).ToList();
        return DeckText.Done(
            all + DeckText.Enough(name, "questions", DeckText.MinQuestions, asked),
            () => new Deck.Questions(name, title, Listing.From(blocks.Select(Of)))
        );
    }

    private static IEnumerable<List<Line>> Blocks(IEnumerable<Line> lines)
    {
        var block = new List<Line>();
        foreach (var line in lines)
        {
            if (line.Mark == '?' && block.Count > 0)
            {
                yield return block;
                block = [];
            }
            block.Add(line);
        }
        if (block.Count > 0)
            yield return block;
    }

    private static IEnumerable<DeckFault> FaultsOf(string name, List<Line> block)
    {
        foreach (var line in block)
            if (line.Mark is not ('?' or '+' or '-' or '!') || line.Rest.Length == 0)
                yield return new DeckFault(name, line.Number, "?, +, - or !, and some words");
        var answers = block.Where(line => line.Mark is '+' or '-').Select(line => line.Rest).ToList();
        if (Count(block, '+') != 1 || Count(block, '-') != Wrongs || Count(block, '!') > 1)
            yield return new DeckFault(
                name,
                block[0].Number,
                "one right answer (+), three wrong ones (-), one note (!)"
            );
        else if (answers.Distinct(StringComparer.OrdinalIgnoreCase).Count() < answers.Count)
            yield return new DeckFault(name, block[0].Number, "four different answers");
    }

    private static int Count(List<Line> block, char mark) => block.Count(line => line.Mark == mark);

    private static Question Of(List<Line> block) =>
        new(
            block[0].Rest,
            block.First(line => line.Mark == '+').Rest,
            Listing.From(block.Where(line => line.Mark == '-').Select(line => line.Rest)),
            block.FirstOrDefault(line => line.Mark == '!')?.Rest
        );
}
