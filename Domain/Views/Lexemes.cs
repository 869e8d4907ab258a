using System.Globalization;
using System.Text;

namespace Chat.Domain.Views;

/// <summary>
/// What a text is found by: its words, without regard to case. A word is as many letters, marks and digits as stand
/// together. Where a script puts no blanks between its words (Chinese, Japanese, Thai, Lao, Burmese, Khmer) each letter
/// counts, and each pair of neighbours; so does each emoji by itself. No language's endings or stop words are known
/// here: people write in many, and in several at once.
/// </summary>
public static class Lexemes
{
    /// <summary>Raised when a text is cut otherwise than before: what is kept of older texts is made anew.</summary>
    public const int Version = 1;

    /// <summary>A longer word is known by as many of its first letters.</summary>
    public const int MaxLetters = 64;

    private enum Sort
    {
        Between,
        Nothing,
        Letter,
        Unspaced,
        Emoji,
    }

    /// <summary>All that a message can be found by, each once, in ordinal order.</summary>
    public static Listing<string> Of(Body body) => Cut(body.Value, isLookedFor: false);

    /// <summary>All that a message must have to be found: each of them, wherever it stands.</summary>
    public static Listing<string> Of(SearchWords words) => Cut(words.Value, isLookedFor: true);

    /// <summary>
    /// The words of a text in their order, each as often as it stands there; of a script without blanks each letter.
    /// </summary>
    public static Listing<string> InOrder(string text)
    {
        var found = new List<string>();
        var word = new List<string>();
        foreach (var (rune, sort) in Sorted(text))
        {
            if (sort is Sort.Letter)
            {
                word.Add(rune.ToString());
                continue;
            }
            TakeWord(word, found.Add);
            if (sort is Sort.Unspaced or Sort.Emoji)
                found.Add(rune.ToString());
        }
        TakeWord(word, found.Add);
        return Listing.From(found);
    }

    private static IEnumerable<(Rune Rune, Sort Sort)> Sorted(string text)
    {
        foreach (var rune in Folded(text).EnumerateRunes())
            if (SortOf(rune) is not Sort.Nothing and var sort)
                yield return (rune, sort);
    }

    private static Listing<string> Cut(string text, bool isLookedFor)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var word = new List<string>();
        var run = new List<string>();
        foreach (var (rune, sort) in Sorted(text))
        {
            if (sort is not Sort.Letter)
                TakeWord(word, one => found.Add(one));
            if (sort is not Sort.Unspaced)
                TakeRun(run, found, isLookedFor);
            if (sort is Sort.Letter)
                word.Add(rune.ToString());
            else if (sort is Sort.Unspaced)
                run.Add(rune.ToString());
            else if (sort is Sort.Emoji)
                found.Add(rune.ToString());
        }
        TakeWord(word, one => found.Add(one));
        TakeRun(run, found, isLookedFor);
        return Listing.From(found);
    }

    // Letters that are only drawn otherwise are the same, and through upper case both forms of a final sigma are.
    private static string Folded(string text) =>
        text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant();

    private static void TakeWord(List<string> word, Action<string> take)
    {
        if (word.Count > 0)
            take(string.Concat(word.Take(MaxLetters)));
        word.Clear();
    }

    // Whoever looks for a run looks for its pairs: a single letter would find too much.
    private static void TakeRun(List<string> run, SortedSet<string> found, bool isLookedFor)
    {
        if (!isLookedFor || run.Count == 1)
            found.UnionWith(run);
        for (var i = 1; i < run.Count; i++)
            found.Add(run[i - 1] + run[i]);
        run.Clear();
    }

    private static Sort SortOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            // Joiners, soft hyphens, and what only chooses a form: as if they were not there.
            UnicodeCategory.Format => Sort.Nothing,
            UnicodeCategory.NonSpacingMark when rune.Value is (>= 0xFE00 and <= 0xFE0F) or >= 0xE0100 => Sort.Nothing,
            UnicodeCategory.OtherSymbol => Sort.Emoji,
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber => IsUnspaced(rune.Value) ? Sort.Unspaced : Sort.Letter,
            _ => Sort.Between,
        };

    private static bool IsUnspaced(int letter) =>
        letter
            is (>= 0x0E00 and <= 0x0EFF)
                or (>= 0x1000 and <= 0x109F)
                or (>= 0x1780 and <= 0x17FF)
                or (>= 0x3005 and <= 0x3007)
                or (>= 0x3040 and <= 0x30FF)
                or (>= 0x31F0 and <= 0x31FF)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAFF)
                or (>= 0x20000 and <= 0x3FFFF);
}
