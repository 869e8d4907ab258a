using System.Globalization;
using System.Text;
using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games.QuickDraw;

/// <summary>
/// How near a guess is to a word. Case, accents, blanks and signs make no difference, nor does a plural in <c>s</c>.
/// </summary>
public static class Guesses
{
    /// <summary>The longest guess, in characters.</summary>
    public const int MaxLength = 60;

    // One slip in a word that is not short, two in a long one: what was meant is plain then.
    private const int OneSlip = 4;
    private const int TwoSlips = 8;

    /// <summary>How near a guess is. Total.</summary>
    public static Nearness Judge(Word word, string guess)
    {
        var said = Plain(guess);
        var meant = word.Also.Add(word.Text).Select(Plain).Where(one => one.Length > 0).ToList();
        return meant.Any(one => Singular(one) == Singular(said)) ? Nearness.Right
            : meant.Any(one => IsNear(one, said)) ? Nearness.Near
            : Nearness.Wrong;
    }

    /// <summary>A word with a <c>_</c> for each letter and digit.</summary>
    public static string Pattern(string word) => string.Concat(word.Select(c => char.IsLetterOrDigit(c) ? '_' : c));

    /// <summary>Whether it can be a guess at all.</summary>
    internal static bool IsGuess(string text) =>
        text.Length is > 0 and <= MaxLength
        && !text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c == '\uFFFE')
        && Plain(text).Length > 0;

    // Who says more than the word has said the word.
    private static bool IsNear(string word, string said) =>
        (word.Length >= OneSlip && said.Contains(word, StringComparison.Ordinal))
        || Slips(word, said)
            <= (
                word.Length >= TwoSlips ? 2
                : word.Length >= OneSlip ? 1
                : 0
            );

    private static string Plain(string text)
    {
        if (text.Any(c => char.IsSurrogate(c) || c == '\uFFFE'))
            return "";
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && char.IsLetterOrDigit(c))
                plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    private static string Singular(string word) => word.Length > 3 && word[^1] == 's' ? word[..^1] : word;

    // Letters to be put in, left out, changed or swapped with their neighbour (optimal string alignment).
    private static int Slips(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2)
            return int.MaxValue;
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        for (var j = 0; j <= other.Length; j++)
            rows[i, j] =
                i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                        Math.Min(
                            rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1),
                            i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]
                                ? rows[i - 2, j - 2] + 1
                                : int.MaxValue
                        )
                    );
        return rows[one.Length, other.Length];
    }
}
