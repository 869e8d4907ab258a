using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Xunit;

namespace Chat.Domain.Tests.Views;

/// <summary>Pages of what was said, by examples.</summary>
public sealed class HistoryTests
{
    private static readonly Stamp Stamp = new(PersonId.Of("mia"), new Instant(1_800_000_000_000));

    // Each stands at the version after its number: the first one made the conversation.
    private static readonly History Five = History.Fold(
        Enumerable.Range(1, 5).Select(seq => new Seen.Shown(seq + 1, Sent(seq)))
    );

    [Theory]
    [InlineData(3, 9, "1 2")]
    [InlineData(3, 1, "2")]
    [InlineData(1, 9, "")]
    [InlineData(9, 2, "4 5")]
    public void BeforeANumber(long seq, int limit, string page) => Assert.Equal(page, Page(Five.Before(seq, limit)));

    [Theory]
    [InlineData(3, 9, "4 5")]
    [InlineData(3, 1, "4")]
    [InlineData(5, 9, "")]
    [InlineData(0, 2, "1 2")]
    public void AfterANumber(long seq, int limit, string page) => Assert.Equal(page, Page(Five.After(seq, limit)));

    [Theory]
    [InlineData(3, 2, "2 3")]
    [InlineData(3, 3, "2 3 4")]
    [InlineData(3, 4, "1 2 3 4")]
    [InlineData(1, 4, "1 2")]
    [InlineData(5, 4, "3 4 5")]
    public void AroundANumber(long seq, int limit, string page) => Assert.Equal(page, Page(Five.Around(seq, limit)));

    // No rule lets it happen; what is stored may say so all the same.
    [Xunit.Fact]
    public void WhatWasTakenBackStaysSoWhateverIsSaidOfItAfterwards()
    {
        var gone = Five.Evolve(Of(7, new Event.MessageRedacted(Stamp, Place(2), Stamp.By, null)));
        var edited = gone.Evolve(Of(8, new Event.MessageEdited(Stamp, Place(2), Said("otherwise"), [])));
        Assert.True(gone.Messages[2].IsRedacted);
        Assert.Equal(gone.Messages[2], edited.Messages[2]);
        Assert.NotEqual(
            Five.Messages[3],
            Five.Evolve(Of(7, new Event.MessageEdited(Stamp, Place(3), Said("b"), []))).Messages[3]
        );
    }

    [Xunit.Fact]
    public void OnlyTheReactionThatIsTakenBackGoes()
    {
        var (heart, star) = (Emoji("❤"), Emoji("⭐"));
        var both = new[] { heart, star }.Aggregate(
            Five,
            (history, emoji) => history.Evolve(Of(7, new Event.Reacted(Stamp, Place(2), emoji)))
        );
        var after = both.Evolve(Of(9, new Event.Unreacted(Stamp, Place(2), heart)));
        Assert.Equal([star], after.Messages[2].Reactions.Select(one => one.Emoji));
        Assert.Equal([Stamp.By], after.Messages[2].Reactions[0].People);
    }

    private static string Page(LanguageExt.Seq<Message> page) => string.Join(' ', page.Map(message => message.Seq));

    private static Event.MessageSent Sent(long seq) => new(Stamp, seq, Said($"m{seq}"), null, []);

    private static Content Said(string text) => new Content.Present(Body.Create(text).IfFail(_ => null!));

    private static Emoji Emoji(string text) => Domain.Values.Emoji.Create(text).IfFail(_ => null!);

    private static MessageRef Place(long seq) => new(seq, seq + 1);

    private static Seen Of(long version, Event happened) => new Seen.Shown(version, happened);
}
