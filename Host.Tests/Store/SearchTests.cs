using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static Chat.Host.Tests.Store.Searching;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>The index follows what was committed, and never holds on to what was taken back.</summary>
[Collection(StoreCollection.Name)]
public sealed class SearchTests(StoreFixture fixture)
{
    private static readonly MessageRef First = new(1, 2);
    private static readonly Event Redacted = new Event.MessageRedacted(By(Ann), First, Ann, null);
    private static readonly Event Edited = new Event.MessageEdited(By(Ann), First, Said("coffee"), []);

    private async Task<Scene> TalkAsync()
    {
        var scene = await OpenAsync(fixture);
        await scene.CommitAsync(
            Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "Tea, please"), Sent(Bob, 2, "no tea", Ann))
        );
        return scene;
    }

    [Fact]
    public async Task WhatWasSaidIsFoundByItsWordsItsAuthorAndWhomItMentions()
    {
        await using var scene = await TalkAsync();
        await scene.CommitAsync(Add("two", 0, Made(Cid), Sent(Cid, 1, "tea of others")));
        Assert.Empty(await FindAsync(scene, Ann, "tea"));
        await IndexAsync(scene);
        Assert.Equal(["one 2", "one 1"], await FindAsync(scene, Ann, "TEA"));
        Assert.Equal(["one 1"], await FindAsync(scene, Bob, "please tea"));
        Assert.Equal(["one 2"], await FindAsync(scene, Bob, For("tea") with { Author = Bob }));
        Assert.Equal(["one 2"], await FindAsync(scene, Bob, new SearchQuery(null, Mention: Ann)));
        Assert.Equal(["two 1"], await FindAsync(scene, Cid, "tea"));
        foreach (
            var nothing in (SearchQuery[])
                [
                    For("te"),
                    For(""),
                    For("!"),
                    new(null),
                    new(null, Before: new(long.MaxValue)),
                    new(null, Has: Carried.File),
                ]
        )
            Assert.Empty(await FindAsync(scene, Ann, nothing));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhatIsTakenBackOrEditedIsNotFoundFromThatMomentOn(bool isEdit)
    {
        await using var scene = await TalkAsync();
        await IndexAsync(scene);
        await scene.CommitAsync(Add("one", 3, isEdit ? Edited : Redacted));
        Assert.Equal(["3"], await scene.RowsAsync("select version from chat.chat_search"));
        Assert.Equal(["one 2"], await FindAsync(scene, Ann, "tea"));
        await IndexAsync(scene);
        Assert.Equal(["one 2"], await FindAsync(scene, Ann, "tea"));
        Assert.Equal(isEdit ? ["one 1"] : [], await FindAsync(scene, Ann, "coffee"));
    }

    /// <summary>
    /// Whoever indexes has read what was said, and has not written it yet, when it is taken back or edited; or it is
    /// the other way round. What was said before is not found, and its row does not stay.
    /// </summary>
    [Theory]
    [InlineData(false, "before insert on chat.chat_search")]
    [InlineData(true, "before insert on chat.chat_search")]
    [InlineData(false, "before update on chat.mt_events")]
    [InlineData(true, "before insert on chat.chat_notes")]
    public async Task ALateWriteBringsNothingBack(bool isEdit, string slow)
    {
        await using var scene = await TalkAsync();
        await scene.RunAsync(
            $"""
            create function wait() returns trigger language plpgsql as
                $$ begin perform pg_sleep(0.7); return new; end $$;
            create trigger wait {slow} for each row execute function wait();
            """
        );
        var isIndexFirst = slow.Contains("chat_search", StringComparison.Ordinal);
        var change = Add("one", 3, isEdit ? Edited : Redacted);
        var first = isIndexFirst ? RoundAsync(scene) : scene.CommitAsync(change);
        await Task.Delay(250);
        await Task.WhenAll(first, isIndexFirst ? scene.CommitAsync(change) : RoundAsync(scene));
        // That a page is the last one tells that there is nothing else.
        var page = await AskAsync(scene, Ann, new Ask.Search(null, For("tea"), null, 1));
        Assert.Equal(Right((2L, (string?)null)), page.Map(found => (found.Messages[0].Message.Seq, found.Cursor)));
        await IndexAsync(scene);
        Assert.DoesNotContain("2", await scene.RowsAsync("select version from chat.chat_search where told = version"));
        Assert.Equal(["one 2"], await FindAsync(scene, Ann, "tea"));
    }

    private static Task RoundAsync(Scene scene) => new SearchIndex(scene.Database).RoundAsync();

    [Fact]
    public async Task WhatIsCommittedLateIsNotPassedOver()
    {
        await using var scene = await TalkAsync();
        await scene.RunAsync(
            """
            create function wait() returns trigger language plpgsql as
                $$ begin perform pg_advisory_xact_lock_shared(42); return new; end $$;
            create trigger wait before insert on chat.mt_events for each row
                when (new.stream_id = 'main.c.late' and new.version = 2) execute function wait();
            """
        );
        await using var holder = new NpgsqlConnection(scene.Connection);
        await holder.OpenAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(42)", holder))
            await hold.ExecuteNonQueryAsync();
        var late = scene.CommitAsync(Add("late", 0, Made(Ann), Sent(Ann, 1, "late tea")));
        await Task.Delay(200);
        await scene.CommitAsync(Add("soon", 0, Made(Ann), Sent(Ann, 1, "soon tea")));
        await RoundAsync(scene);
        await RoundAsync(scene);
        await RoundAsync(scene);
        Assert.False(late.IsCompleted);
        Assert.Equal(["soon 1"], await FindAsync(scene, Ann, "soon"));
        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(42)", holder))
            await release.ExecuteNonQueryAsync();
        await late;
        await IndexAsync(scene);
        Assert.Equal(["late 1"], await FindAsync(scene, Ann, "late"));
    }

    [Fact]
    public async Task SomebodyElsesOpenTransactionHoldsNothingUp()
    {
        await using var scene = await TalkAsync();
        await using var idle = new NpgsqlConnection(scene.Connection);
        await idle.OpenAsync();
        await using var open = await idle.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("select pg_current_xact_id()", idle))
            await write.ExecuteNonQueryAsync();
        for (var i = 0; i < 3; i++)
        {
            await scene.CommitAsync(Add("one", 3 + i, Sent(Ann, 3 + i, $"round{i}")));
            await RoundAsync(scene);
            Assert.Equal([$"one {3 + i}"], await FindAsync(scene, Ann, $"round{i}"));
        }
    }

    [Fact]
    public async Task ItIsMadeAnewFromNothing()
    {
        await using var scene = await OpenAsync(fixture);
        foreach (var seed in (int[])[51, 52, 53])
            await Traces.AppendAsync(scene, $"c{seed}", Traces.Random($"c{seed}", seed, 400), seed);
        await IndexAsync(scene);
        var rows = await scene.RowsAsync(Everything);
        Assert.True(rows.Length > 50, $"{rows.Length} rows");
        await scene.RunAsync("delete from chat.chat_search_position");
        await IndexAsync(scene);
        Assert.Equal(rows, await scene.RowsAsync(Everything));
        await scene.RunAsync("delete from chat.chat_search_position; truncate chat.chat_search");
        await IndexAsync(scene);
        Assert.Equal(rows, await scene.RowsAsync(Everything));
        // As after a dump from another system.
        await scene.RunAsync("update chat.chat_search_position set source = '1'; truncate chat.chat_search");
        await IndexAsync(scene);
        Assert.Equal(rows, await scene.RowsAsync(Everything));
    }

    [Fact]
    public async Task AHostThatFailsInTheMiddleIsFollowedByOneThatGoesOn()
    {
        await using var scene = await OpenAsync(fixture);
        var count = (2 * SearchIndex.AtOnce) + 50;
        var said = Enumerable.Range(1, count).Select(Event (seq) => Sent(Ann, seq, $"tea {seq}"));
        await scene.CommitAsync(Add("one", 0, [Made(Ann), .. said]));
        Assert.True(await new SearchIndex(scene.Database).RoundAsync());
        await scene.RunAsync(
            $"""
            create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
            create trigger fail before insert on chat.chat_search for each row when (new.seq = {SearchIndex.AtOnce
                + 50})
                execute function fail();
            """
        );
        await Assert.ThrowsAsync<PostgresException>(() => RoundAsync(scene));
        Assert.Equal([$"{SearchIndex.AtOnce}"], await scene.RowsAsync("select count(*) from chat.chat_search"));
        await scene.RunAsync("drop trigger fail on chat.chat_search");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RoundAsync(scene)));
        await IndexAsync(scene);
        Assert.Equal(count, (await FindAsync(scene, Ann, "tea")).Count);
    }

    [Fact]
    public async Task OfManyStretchesEachFindsTheirOwnAndAllOfIt()
    {
        await using var scene = await OpenAsync(fixture);
        const int Count = 9_000;
        var said = Enumerable.Range(1, Count).Select(Event (seq) => Sent(Ann, seq, seq % 3 == 0 ? "tea" : "water"));
        foreach (var (piece, at) in said.Chunk(1_000).Select((piece, i) => (piece, i * 1_000)))
            await scene.CommitAsync(at == 0 ? Add("one", 0, [Made(Ann), .. piece]) : Add("one", at + 1, piece));
        await IndexAsync(scene);
        // Bob was in twice: over the end of one stretch of versions, and within another.
        await scene.RunAsync(
            """
            insert into chat.chat_members
            values ('bob', 'main.c.one', 'member', '{3000,5000,8500,9223372036854775807}', 0)
            """
        );
        var all = Enumerable.Range(1, Count).Where(seq => seq % 3 == 0).Reverse().ToList();
        Assert.Equal(all.Select(seq => $"one {seq}"), await FindAsync(scene, Ann, For("tea"), "one", 200));
        var his = all.Where(seq => seq + 1 is (>= 3_000 and <= 5_000) or >= 8_500).Select(seq => $"one {seq}").ToList();
        Assert.Equal(his, await FindAsync(scene, Bob, For("tea"), "one", 170));
        Assert.Equal(his, await FindAsync(scene, Bob, For("tea") with { Author = Ann }, limit: 200));
    }
}
