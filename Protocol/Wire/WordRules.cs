using System.Collections.Immutable;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Rules about words: as they are set, and as who may set them is shown them.</summary>
public static class WordRules
{
    internal const string Name = "words";
    private static readonly Listing<string> Actions = ["block", "flag", "timeout"];

    /// <summary>The rules, to who may set them.</summary>
    /// <exception cref="ArgumentException">An action is none of those that there are.</exception>
    public static byte[] Ok(Listing<WordRule> rules) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field(Name, rules, Write);
            }
        );

    /// <summary>Reads them.</summary>
    public static Listing<WordRule> Of(Fields ok) =>
        Given(ok).Match(rules => rules, _ => throw new FormatException(Name));

    internal static void Write(ref MessagePackWriter writer, WordRule rule)
    {
        writer.WriteMapHeader(3 + Writing.Count(rule.ForMs > 0));
        writer.Field("rule", rule.Id.Value);
        writer.Field("phrases", rule.Phrases, static (ref MessagePackWriter w, Phrase one) => w.Write(one.Value));
        writer.Field("action", WordOf(rule.Action));
        if (rule.ForMs > 0)
            writer.Field("for_ms", rule.ForMs);
    }

    // What has no word cannot be asked for.
    private static string WordOf(WordAction action) =>
        Enum.IsDefined(action)
            ? Actions[(int)action - 1]
            : throw new ArgumentException("action: block, flag or timeout", nameof(action));

    internal static Validation<Fault, Listing<WordRule>> Given(Fields body) =>
        body[Name] is object?[] { Length: <= WordRule.Most } list
        && list.All(one => one is ImmutableDictionary<string, object?>)
            ? toSeq(list)
                .Map(one => Rule(new Fields((ImmutableDictionary<string, object?>)one!)))
                .Sequence()
                .Map(rules => Listing.From(rules))
            : Fields.Wrong<Listing<WordRule>>(Name, $"at most {WordRule.Most} rules");

    private static Validation<Fault, WordRule> Rule(Fields one) =>
        (
            one.Text("rule", WordRuleId.Create),
            Phrases(one["phrases"]),
            Action(one["action"]),
            one.NumberIfAny("for_ms", 1, Limits.LongestMs)
        ).Apply((id, phrases, action, length) => new WordRule(id, phrases, action, length.IfNone(0)));

    private static Validation<Fault, Listing<Phrase>> Phrases(object? value) =>
        value is object?[] { Length: <= WordRule.MaxPhrases } list
            ? toSeq(list).Map(one => Phrase.Create(one as string)).Sequence().Map(phrases => Listing.From(phrases))
            : Fields.Wrong<Listing<Phrase>>("phrases", $"1 to {WordRule.MaxPhrases}");

    private static Validation<Fault, WordAction> Action(object? value) =>
        value is string word && Actions.Span.IndexOf(word) is >= 0 and var number
            ? Validation<Fault, WordAction>.Success((WordAction)(number + 1))
            : Fields.Wrong<WordAction>("action", "block, flag or timeout");

    internal static readonly Field Field = new(
        Name,
        Shapes.Many(
            new Form(
                "word_rule",
                "A rule about words. A phrase's words stand side by side, without regard to case; a star before the "
                    + "first or after the last stands for any letters. The action block keeps a message from being "
                    + "said, timeout also takes the word for for_ms, flag tells who handles reports.",
                [
                    new("rule", Shapes.Token),
                    new("phrases", new Shape.Many(new Shape.Text(Phrase.MaxBytes), WordRule.MaxPhrases)),
                    new("action", Shapes.Words([.. Actions])),
                    Shapes.Maybe("for_ms", new Shape.Whole(1, Limits.LongestMs)),
                ]
            ),
            WordRule.Most
        )
    );
}
