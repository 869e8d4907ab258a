using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using static Chat.Domain.Tests.Conversations.Talk;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Which texts have a phrase in them, as whoever says them is told.</summary>
public sealed class PhraseTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");

    [Theory]
    [InlineData("hello", "Oh, HELLO there", true)]
    [InlineData("hello", "hellos othello", false)]
    [InlineData("hello*", "hellos", true)]
    [InlineData("hello*", "hello", true)]
    [InlineData("hello*", "othello", false)]
    [InlineData("*hello", "othello", true)]
    [InlineData("*hello", "hellos", false)]
    [InlineData("*ell*", "hello", true)]
    [InlineData("*ell*", "hallo", false)]
    [InlineData("two words", "In two, words!", true)]
    [InlineData("two words", "two other words", false)]
    [InlineData("two words", "words two", false)]
    [InlineData("two words*", "two wordsmiths", true)]
    [InlineData("two words*", "twos words", false)]
    [InlineData("*two words", "one untwo words", true)]
    [InlineData("*two words", "two unwords", false)]
    [InlineData("*two words*", "untwo wordsmiths", true)]
    [InlineData("*two words*", "twos words", false)]
    [InlineData("two words", "two", false)]
    public void ItIsInIt(string phrase, string text, bool isIn)
    {
        var rule = new WordRule(WordRuleId.Of("r1"), [Phrase.Create(phrase).IfFail(_ => null!)], WordAction.Block);
        var state = After(
            State.Initial,
            new Event.Created(By(Mia), ConversationKind.Group, [Mia, Tomas], null),
            new Event.WordsSet(By(Mia), [rule])
        );
        var verdict = Permissions.Evaluate(state, Facts.Empty, Tomas, Say(text), Now);
        Assert.Equal(isIn ? new Refusal.Unwanted(["words.r1"]) : null, verdict.Refusal);
    }

    [Xunit.Fact]
    public void ThereIsAWordInEach()
    {
        var fault = Phrase.Create("...").Match(_ => null!, faults => faults.Head);
        Assert.Equal(new Fault("phrases", "a word in each"), fault);
    }
}
