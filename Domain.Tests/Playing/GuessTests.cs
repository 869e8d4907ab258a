using Chat.Domain.Games.Decks;
using Chat.Domain.Games.QuickDraw;
using Xunit;

namespace Chat.Domain.Tests.Playing;

/// <summary>What passes for a word, and what for nearly the word.</summary>
public sealed class GuessTests
{
    [Theory]
    [InlineData("giraffe", "Giraffe", Nearness.Right)]
    [InlineData("giraffe", "giraffes", Nearness.Right)]
    [InlineData("glasses", "glasess", Nearness.Near)]
    [InlineData("glasses", "spectacles", Nearness.Right)]
    [InlineData("sea lion", "sea-lion!", Nearness.Right)]
    [InlineData("café", "CAFE", Nearness.Right)]
    [InlineData("tiger", "tigre", Nearness.Near)]
    [InlineData("tiger", "a tiger in a tree", Nearness.Near)]
    [InlineData("tiger", "lion", Nearness.Wrong)]
    [InlineData("bat", "cat", Nearness.Wrong)]
    public void HowNearItIs(string word, string guess, Nearness expected) =>
        Assert.Equal(expected, Guesses.Judge(new Word(word, word == "glasses" ? ["spectacles"] : []), guess));

    [Fact]
    public void APatternShowsWhereLettersAre() => Assert.Equal("____-____ ______", Guesses.Pattern("four-leaf clover"));
}
