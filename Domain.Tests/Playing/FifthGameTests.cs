using Chat.Domain.Games;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Playing;

/// <summary>A game of one's own is a folder and a line: seats, sealing, timers, logs and codecs are there.</summary>
public sealed class FifthGameTests
{
    private static readonly Table WithFifth = new(
        Party.Shelf,
        Listing.From(Catalogue.All.Append(LongWord.Rules.Game)),
        Sealing.Shuffle
    );

    [Fact]
    public void ItIsPlayedAndItsLogVerifies()
    {
        var party = new Party(WithFifth).Begin("long_word", "everyday", 1, Party.Ann, Party.Bob);
        Assert.Equal("ok", party.Make(Party.Bob, new LongWord.Move.Lay()));
        Assert.Equal("long_word.laid", party.Make(Party.Bob, new LongWord.Move.Lay()));
        party.RunOut();
        var sound = Assert.IsType<Verdict.Sound>(WithFifth.Verify(party.Log));
        Assert.Contains(sound.Scores, score => score.Points == 1);
    }

    [Fact]
    public void WhatIsWrittenOfItIsRead()
    {
        var party = new Party(WithFifth).Begin("long_word", "everyday", 1, Party.Ann, Party.Bob);
        var view = WithFifth.View(party.State, Party.Ann);
        Assert.Equal(view, WithFifth.Views.Read(WithFifth.Views.Write(view)));
        party.RunOut();
        foreach (var entry in party.Entries)
            Assert.Equal(entry, WithFifth.Entries.Read(WithFifth.Entries.Write(entry)));
    }
}
