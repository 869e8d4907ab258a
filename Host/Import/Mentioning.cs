using System.Globalization;
using Chat.Domain.Conversations;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>
/// Whom a line mentions, of those who are in at that moment and are not its author:
/// <list type="bullet">
/// <item>whoever it is addressed to: a nick at its start before <c>:</c> or <c>,</c>, however it is written;</item>
/// <item>whoever's nick stands in it as a word of its own, of three characters or more and written as they write it:
/// many nicks are words. Brackets and dashes round a nick do not count, and what is inside a URL is no word.</item>
/// </list>
/// In the order of the text, each once; at most as many as a message may mention.
/// </summary>
public static class Mentioning
{
    private const int ShortestWord = 3;
    private static readonly char[] Round = ['[', ']', '{', '}', '|', '`', '-', '^', '~', '\\', '_'];

    /// <summary>The mentioned.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="author">Who said it.</param>
    /// <param name="find">Who is in under a nick, and how they write it; null where nobody is.</param>
    public static Listing<PersonId> Of(string text, PersonId author, Func<string, (PersonId Person, string Nick)?> find)
    {
        var found = new List<PersonId>();
        var at = 0;
        while (found.Count < Limits.Mentions && Next(text, ref at) is { } word)
        {
            var isAddressed = IsStart(text, word.Start) && IsBeforeColon(text, word.Start + word.Text.Length);
            if (isAddressed || !IsInUrl(text, word.Start))
                Take(word.Text, isAddressed);
        }
        return Listing.From(found);

        void Take(string word, bool isAddressed)
        {
            var match = Match(word, isAddressed) ?? Match(word.Trim(Round), isAddressed);
            if (match is { } person && person != author && !found.Contains(person))
                found.Add(person);
        }

        PersonId? Match(string word, bool isAddressed) =>
            word.Length > 0
            && find(word) is { } one
            && (isAddressed || (word.Length >= ShortestWord && word == one.Nick))
                ? one.Person
                : null;
    }

    // The next stretch of characters that may be part of a nick.
    private static (int Start, string Text)? Next(string text, ref int at)
    {
        while (at < text.Length && !Nick.Allows(text[at]))
            at++;
        var start = at;
        while (at < text.Length && Nick.Allows(text[at]))
            at++;
        return at > start ? (start, text[start..at]) : null;
    }

    // Colours and other marks that are not seen may stand before it.
    private static bool IsStart(string text, int start)
    {
        foreach (var c in text.AsSpan(0, start))
            if (
                !char.IsWhiteSpace(c)
                && !char.IsControl(c)
                && char.GetUnicodeCategory(c) != UnicodeCategory.Format
                && c != '@'
            )
                return false;
        return true;
    }

    private static bool IsBeforeColon(string text, int end)
    {
        while (end < text.Length && text[end] == ' ')
            end++;
        return end < text.Length && text[end] is ':' or ',';
    }

    private static bool IsInUrl(string text, int start)
    {
        var from = start == 0 ? 0 : text.LastIndexOf(' ', start - 1) + 1;
        var to = text.IndexOf(' ', start);
        return text.AsSpan(from, (to < 0 ? text.Length : to) - from).Contains("://", StringComparison.Ordinal);
    }
}
