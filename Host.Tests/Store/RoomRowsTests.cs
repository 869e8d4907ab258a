using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol.Stored;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>What is kept of a room: what was said in it only while it is lit.</summary>
[Collection(StoreCollection.Name)]
public sealed class RoomRowsTests(StoreFixture fixture)
{
    private const string Bodies =
        "select version, data from chat.mt_events where stream_id = 'main.r.kitchen' order by version";

    private static readonly StreamKey Kitchen = StreamKey.Of(TenantId.Main, RoomId.Of("kitchen"));

    [Fact]
    public async Task What_was_said_in_a_room_goes_with_the_last_who_goes()
    {
        await using var scene = await OpenAsync(fixture);
        var name = RoomName.Create("Kitchen").IfFail(_ => throw new ArgumentException("name"));
        var text = RoomText.Create("quiet please").IfFail(_ => throw new ArgumentException("text"));
        var lit = Then(Room.New, new Event.Lit(By(Ann), name, false, [], 8), new Event.Said(By(Ann), text));
        await scene.CommitAsync(lit);
        var bob = Then(lit.After, new Event.Entered(By(Bob), new Entry(Way.Friend, Ann)), new Event.Left(By(Ann)));
        await scene.CommitAsync(bob);
        Assert.Equal(["1 {}", """2 {"body": "quiet please"}""", "3 {}", "4 {}"], await scene.RowsAsync(Bodies));
        await scene.CommitAsync(Then(bob.After, new Event.Noted(By(Bob), Ann, text), new Event.Left(By(Bob))));
        Assert.Equal(["1 {}", "2 {}", "3 {}", "4 {}", "5 {}", "6 {}"], await scene.RowsAsync(Bodies));
    }

    private static Addition Then(AnyStream before, params Event[] events) =>
        new(
            Kitchen,
            before.Version,
            toSeq(
                    events.Select(
                        (happened, at) =>
                            new Recorded(
                                Kitchen,
                                before.Version + at + 1,
                                Guid.NewGuid(),
                                happened,
                                StoredEvents.NoOrigin,
                                []
                            )
                    )
                )
                .Strict(),
            Empty,
            Empty,
            before.Fold(events)
        );
}
