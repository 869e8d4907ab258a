using Chat.Domain.Games.Decks;
using Xunit;

namespace Chat.Domain.Tests.Playing;

/// <summary>Decks as people write them.</summary>
public sealed class DeckTests
{
    private static readonly string Good =
        "deck: few\ntitle: A few\nkind: questions\n"
        + string.Concat(
            Enumerable.Range(1, 20).Select(at => $"\n? What is {at}?\n+ {at}\n- a{at}\n- b{at}\n- c{at}\n! So it is.\n")
        );

    [Fact]
    public void TheDecksOfThePackageAreWhole()
    {
        var decks = Party.Shelf.Decks;
        Assert.True(decks.OfType<Deck.Questions>().Count() >= 4);
        Assert.All(decks.OfType<Deck.Questions>(), deck => Assert.True(deck.All.Count >= 30, deck.Name));
        Assert.True(decks.OfType<Deck.Words>().Count() >= 3);
        var cards = Assert.Single(decks.OfType<Deck.Cards>());
        Assert.True(cards is { Prompts.Count: >= 60, Answers.Count: >= 200 });
        Assert.Equal(decks.Count, decks.Select(deck => deck.Digest).Distinct().Count());
    }

    [Fact]
    public void ADeckIsReadAsItIsWritten()
    {
        var deck = Assert.IsType<Deck.Questions>(
            DeckText.Parse(Good).IfFail(faults => throw new FormatException($"{faults}"))
        );
        Assert.Equal(("few", "A few", 20), (deck.Name, deck.Title, deck.All.Count));
        Assert.Equal(new Question("What is 1?", "1", ["a1", "b1", "c1"], "So it is."), deck.All[0]);
    }

    [Theory]
    [InlineData("kind: questions", "kind: songs", 1, "kind: questions, words or cards")]
    [InlineData("deck: few", "deck: a few", 1, "deck: 1 to 64 characters of A-Z a-z 0-9 _ -")]
    [InlineData("title: A few", "", 1, "title: what people read")]
    [InlineData("- b2\n", "", 12, "one right answer (+), three wrong ones (-), one note (!)")]
    [InlineData("- b1\n", "- a1\n", 5, "four different answers")]
    [InlineData("! So it is.\n\n? What is 2?", "So it is.\n\n? What is 2?", 10, "?, +, - or !, and some words")]
    [InlineData("? What is 2?", "? What is 1?", 1, "no two questions alike")]
    public void WhatIsWrongIsNamedWithItsLine(string right, string wrong, int line, string rule)
    {
        Assert.Contains(right, Good);
        var faults = DeckText
            .Parse(Good.Replace(right, wrong))
            .Match(_ => [], faults => faults.Select(fault => (fault.Line, fault.Rule)).ToList());
        Assert.Contains((line, rule), faults);
    }

    [Fact]
    public void TwoDecksOfOneNameAreNoShelf() => Assert.True(Shelf.Of([Good, Good]).IsFail);
}
