using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Domain.Permitting;

/// <summary>A rule about words, by an id that those who make it choose, and that whoever breaks it is told.</summary>
public readonly record struct WordRuleId : IComparable<WordRuleId>
{
    private readonly string? value;

    private WordRuleId(string value) => this.value = value;

    /// <summary>The token; empty only for <c>default</c>.</summary>
    public string Value => value ?? "";

    /// <summary>Takes a token as it comes or names the fault; never trims, never folds.</summary>
    public static Validation<Fault, WordRuleId> Create(string? text) =>
        Token.Checked(text, "rule", t => new WordRuleId(t));

    /// <summary>As <see cref="Create"/> where the text is known to be a token, as one read from the store.</summary>
    /// <exception cref="ArgumentException">It is not a token.</exception>
    public static WordRuleId Of(string text) =>
        Token.IsValid(text) ? new(text) : throw new ArgumentException("not a token", nameof(text));

    /// <inheritdoc/>
    public int CompareTo(WordRuleId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// Words that stand side by side, without regard to case and to what stands between them. A star before the first or
/// after the last stands for any letters that it goes on with. At most 64 bytes of UTF-8, one line, with a word in it.
/// </summary>
public sealed record Phrase
{
    /// <summary>The longest, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    private static readonly Text.Bounds Bounds = new(MaxBytes, OneLine: true);

    private readonly Listing<string> words;
    private readonly bool isOpenBefore;
    private readonly bool isOpenAfter;

    private Phrase(string value)
    {
        Value = value;
        words = Lexemes.InOrder(value);
        isOpenBefore = value.StartsWith('*');
        isOpenAfter = value.EndsWith('*');
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Takes raw text, or names the rule that it breaks.</summary>
    public static Validation<Fault, Phrase> Create(string? raw) =>
        Text.Checked(raw, "phrases", Bounds, t => new Phrase(t))
            .Bind(phrase =>
                phrase.words.Count > 0
                    ? Validation<Fault, Phrase>.Success(phrase)
                    : Validation<Fault, Phrase>.Fail(Seq1(new Fault("phrases", "a word in each")))
            );

    /// <summary>Whether it stands among the words of a text.</summary>
    internal bool IsIn(Spoken said)
    {
        // Most phrases are whole words, and most of them are nowhere in it.
        if (!isOpenBefore && (words.Count > 1 || !isOpenAfter) && !said.Each.Contains(words[0]))
            return false;
        for (var at = 0; at + words.Count <= said.InOrder.Count; at++)
            if (StandsAt(said.InOrder, at))
                return true;
        return false;
    }

    private bool StandsAt(Listing<string> said, int at)
    {
        for (var i = 0; i < words.Count; i++)
            if (!Fits(words[i], said[at + i], isOpenBefore && i == 0, isOpenAfter && i == words.Count - 1))
                return false;
        return true;
    }

    private static bool Fits(string wanted, string found, bool isOpenBefore, bool isOpenAfter) =>
        (isOpenBefore, isOpenAfter) switch
        {
            (true, true) => found.Contains(wanted, StringComparison.Ordinal),
            (true, false) => found.EndsWith(wanted, StringComparison.Ordinal),
            (false, true) => found.StartsWith(wanted, StringComparison.Ordinal),
            _ => found == wanted,
        };

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>What a text says, cut once for all phrases.</summary>
internal sealed class Spoken(Body body)
{
    public Listing<string> InOrder { get; } = Lexemes.InOrder(body.Value);

    public IReadOnlySet<string> Each => field ??= InOrder.ToHashSet(StringComparer.Ordinal);
}

/// <summary>What comes of words that a rule names. The numbers are stored.</summary>
public enum WordAction
{
    /// <summary>They are not said.</summary>
    Block = 1,

    /// <summary>They are said, and those who handle reports are told.</summary>
    Flag = 2,

    /// <summary>They are not said, and who would say them has not the word for a time.</summary>
    Timeout = 3,
}

/// <summary>A rule about words. It binds whoever may not change the settings.</summary>
/// <param name="Id">What it is known by: all that whoever breaks it learns of it.</param>
/// <param name="Phrases">What it is about, 1 to <see cref="MaxPhrases"/>.</param>
/// <param name="Action">What comes of it.</param>
/// <param name="ForMs">How long the word is taken, of a timeout; 0 of anything else.</param>
public sealed record WordRule(WordRuleId Id, Listing<Phrase> Phrases, WordAction Action, long ForMs = 0)
{
    /// <summary>The most rules of a conversation.</summary>
    public const int Most = 10;

    /// <summary>The most phrases of a rule.</summary>
    public const int MaxPhrases = 50;

    /// <summary>What whoever is kept from saying something is told, and whether it costs them the word.</summary>
    internal static Refusal Kept(WordRuleId id, bool isSilenced) =>
        new Refusal.Unwanted(isSilenced ? ["member.timed_out", $"words.{id}"] : [$"words.{id}"]);

    /// <summary>The rules of form that some rules break.</summary>
    public static Listing<string> FaultsOf(Listing<WordRule> rules)
    {
        var faults = new List<string>();
        if (rules.Count > Most || rules.Select(rule => rule.Id).Distinct().Count() < rules.Count)
            faults.Add($"words: at most {Most}, each under its own id");
        if (rules.Any(rule => rule.Phrases.Count is 0 or > MaxPhrases))
            faults.Add($"phrases: 1 to {MaxPhrases}");
        if (rules.Any(rule => !Enum.IsDefined(rule.Action)))
            faults.Add("action: block, flag or timeout");
        if (rules.Any(rule => rule.Action is WordAction.Timeout != rule.ForMs is > 0 and <= Limits.LongestMs))
            faults.Add($"for_ms: 1 to {Limits.LongestMs} of a timeout, and of nothing else");
        return Listing.From(faults);
    }

    /// <summary>The first rule that names something in a text, of those that flag it or of all others.</summary>
    internal static WordRule? Broken(Listing<WordRule> rules, Body body, bool isFlag)
    {
        var some = rules.Where(rule => rule.Action is WordAction.Flag == isFlag).ToList();
        // Most conversations with rules have none that flag, and a text is cut only for those that are asked for.
        if (some.Count == 0 || body == Body.None)
            return null;
        var said = new Spoken(body);
        return some.Find(rule => rule.Phrases.Any(phrase => phrase.IsIn(said)));
    }
}
