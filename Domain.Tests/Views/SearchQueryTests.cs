using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Xunit;

namespace Chat.Domain.Tests.Views;

/// <summary>What is found, by examples.</summary>
public sealed class SearchQueryTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly Instant At = new(1_800_000_000_000);

    // Mia tells Tomas, with a file that is no picture.
    private static readonly Message Told = Shown(
        new Content.Present(Body.Create("tea and biscuits").IfFail(_ => null!)) { Files = [File("text/plain")] }
    );

    public static TheoryData<SearchQuery, bool> Queries { get; } =
        new()
        {
            { new(Words("tea")), true },
            { new(Words("biscuits TEA")), true },
            { new(Words("tea milk")), false },
            { new(Words("...")), false },
            { new(null), false },
            { new(Words("..."), Mia), false },
            { new(null, Author: Mia), true },
            { new(null, Author: Tomas), false },
            { new(Words("tea"), Author: Mia), true },
            { new(Words("tea"), Author: Tomas), false },
            { new(null, Mention: Tomas), true },
            { new(null, Mention: Mia), false },
            { new(null, Has: Carried.File), true },
            { new(null, Has: Carried.Picture), false },
            { new(null, Before: At.Plus(1)), false },
            { new(Words("tea"), Before: At.Plus(1)), true },
            { new(Words("tea"), Before: At), false },
            { new(Words("tea"), After: At), false },
            { new(Words("tea"), After: At.Plus(-1)), true },
        };

    [Theory]
    [MemberData(nameof(Queries))]
    public void AMessageIsFound(SearchQuery query, bool isFound) => Assert.Equal(isFound, query.Finds(Told));

    [Xunit.Fact]
    public void WhatWasTakenBackIsNotFound() =>
        Assert.False(new SearchQuery(null, Mia).Finds(Told with { RedactedBy = Mia }));

    [Xunit.Fact]
    public void APictureIsAFileToo()
    {
        var shown = Shown(new Content.Present(Body.None) { Files = [File("image/png")] });
        Assert.True(new SearchQuery(null, Has: Carried.Picture).Finds(shown));
        Assert.True(new SearchQuery(null, Has: Carried.File).Finds(shown));
    }

    [Xunit.Fact]
    public void WhatWasImportedWasSaidWhereItHappened()
    {
        Assert.Equal(At.Plus(-1), SearchQuery.SaidAt(At, At.Plus(-1)));
        Assert.Equal(At, SearchQuery.SaidAt(At, At.Plus(1)));
        Assert.Equal(At, SearchQuery.SaidAt(At, null));
    }

    private static Message Shown(Content content) =>
        History
            .Empty.Evolve(new Seen.Shown(2, new Event.MessageSent(new Stamp(Mia, At), 1, content, null, [Tomas])))
            .Messages[1];

    private static SearchWords Words(string text) => SearchWords.Create(text).IfFail(_ => null!);

    private static Attachment File(string type) =>
        new(
            FileId.Of("f1"),
            FileName.Create("a.x").IfFail(_ => null!),
            MediaType.Create(type).IfFail(_ => null!),
            1,
            At
        );
}
