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
    /// <summary>
    /// Raised when messages are found by something else than before: what is kept of older ones is made anew.
    /// </summary>
    public const int Version = 2;

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

    // What becomes of letters of a script without blanks.
    private enum Unspaced
    {
        Letters,
        LettersAndPairs,
        PairsOrOne,
    }

    /// <summary>All that a message can be found by, each once, in ordinal order.</summary>
    public static Listing<string> Of(Body body) => Sorted(Cut(body.Value, Unspaced.LettersAndPairs));

    /// <summary>
    /// All that a message must have to be found: each of them, wherever it stands. Of a script without blanks only the
    /// pairs, if there are any: a single letter would find too much.
    /// </summary>
    public static Listing<string> Of(SearchWords words) => Sorted(Cut(words.Value, Unspaced.PairsOrOne));

    /// <summary>
    /// The words of a text in their order, each as often as it stands there; of a script without blanks each letter.
    /// </summary>
    public static Listing<string> InOrder(string text) => Listing.From(Cut(text, Unspaced.Letters));

    private static Listing<string> Sorted(List<string> found)
    {
        found.Sort(StringComparer.Ordinal);
        return Listing.From(found.Where((one, i) => i == 0 || one != found[i - 1]));
    }

    private static List<string> Cut(string text, Unspaced unspaced)
    {
        var found = new List<string>();
        // Of runes each takes two places at most.
        Span<char> word = stackalloc char[2 * MaxLetters];
        var (length, letters) = (0, 0);
        var (before, run) = ((string?)null, 0);
        foreach (var rune in Folded(text).EnumerateRunes())
        {
            var sort = SortOf(rune);
            if (sort is Sort.Nothing)
                continue;
            if (sort is not Sort.Letter)
                TakeWord(word, ref length, ref letters, found);
            if (sort is not Sort.Unspaced)
                TakeRun(ref before, ref run, unspaced, found);
            if (sort is Sort.Letter && letters++ < MaxLetters)
                length += rune.EncodeToUtf16(word[length..]);
            else if (sort is Sort.Emoji)
                found.Add(rune.ToString());
            else if (sort is Sort.Unspaced)
            {
                var letter = rune.ToString();
                if (unspaced is not Unspaced.PairsOrOne)
                    found.Add(letter);
                if (unspaced is not Unspaced.Letters && before is not null)
                    found.Add(before + letter);
                (before, run) = (letter, run + 1);
            }
        }
        TakeWord(word, ref length, ref letters, found);
        TakeRun(ref before, ref run, unspaced, found);
        return found;
    }

    // Letters that are only drawn otherwise are the same, and through upper case both forms of a final sigma are.
    private static string Folded(string text) =>
        Ascii.IsValid(text)
            ? text.ToLowerInvariant()
            : text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant();

    private static void TakeWord(Span<char> word, ref int length, ref int letters, List<string> found)
    {
        if (length > 0)
            found.Add(new string(word[..length]));
        (length, letters) = (0, 0);
    }

    private static void TakeRun(ref string? last, ref int run, Unspaced unspaced, List<string> found)
    {
        if (run == 1 && unspaced is Unspaced.PairsOrOne)
            found.Add(last!);
        (last, run) = (null, 0);
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
