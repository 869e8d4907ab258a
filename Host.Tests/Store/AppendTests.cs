using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>Each clause of the append, against a real PostgreSQL.</summary>
[Collection(StoreCollection.Name)]
public sealed class AppendTests(StoreFixture fixture)
{
    private const string Heads = "select id, version from chat.mt_streams order by id";

    [Fact]
    public async Task ANewStreamAndAnOldOneGoOnFromWhereTheyWere()
    {
        await using var scene = await OpenAsync(fixture);
        Assert.Equal(Fine, await scene.SendAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "hi"))));
        Assert.Equal(Fine, await scene.SendAsync(Add("one", 2, Sent(Bob, 2, "ho")), Add("two", 0, Made(Bob))));
        Assert.Equal(["main.c.one 3", "main.c.two 1"], await scene.RowsAsync(Heads));
        Assert.Equal(
            ["main.c.one 1", "main.c.one 2", "main.c.one 3", "main.c.two 1"],
            await scene.RowsAsync("select stream_id, version from chat.mt_events order by stream_id, version")
        );
    }

    [Fact]
    public async Task APlainSendWritesItsStreamAndItsEventAndNothingElse()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob)));
        await scene.CommitAsync(Add("one", 1, Sent(Ann, 1, "hi")));
        var tables = await scene.RowsAsync("select tablename from pg_tables where schemaname = 'chat'");
        Assert.Contains("chat_notes", tables);
        var written = new List<string>();
        foreach (var table in tables)
            if ((await scene.RowsAsync($"select 1 from chat.{table} where xmin::text = {LastTransaction}")).Length > 0)
                written.Add(table);
        Assert.Equal(["mt_events", "mt_streams"], written.Order());
    }

    private const string LastTransaction =
        "(select correlation_id from chat.mt_events where stream_id = 'main.c.one' and version = 2)";

    [Fact]
    public async Task AStaleVersionIsSetAsideAndItsNeighboursAreCommitted()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)), Add("two", 0, Made(Ann)));
        var stale = Of("two", 0, Record("two", 1, "late", Made(Bob)));
        var ahead = Of("three", 4, Record("three", 5, "b", Sent(Ann, 1, "early")));
        var outcome = await scene.SendAsync(Add("one", 1, Sent(Ann, 1, "hi")), stale, ahead, Add("four", 0, Made(Ann)));
        Assert.Equal(Without(new Aside(Key("two"), Empty), new Aside(Key("three"), Empty)), outcome);
        Assert.Equal(["main.c.four 1", "main.c.one 2", "main.c.two 1"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task WhatIsThereAlreadyComesBackAsItIsStored()
    {
        await using var scene = await OpenAsync(fixture);
        var first = Add("one", 0, Made(Ann), Sent(Ann, 1, "as it was"));
        await scene.CommitAsync(first);
        var again = Of(
            "one",
            2,
            Seq(One("one", 1, "a", Made(Ann)) with { Version = 3 }, One("one", 4, "new", Sent(Ann, 2, "x")))
        );
        var outcome = await scene.SendAsync(again, Add("two", 0, Made(Bob)));
        Assert.Equal(Without(new Aside(Key("one"), Seq1(first.Events[0]))), outcome);
        Assert.Equal(["main.c.one 2", "main.c.two 1"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task ABatchThatIsSentAgainFindsAllOfItself()
    {
        await using var scene = await OpenAsync(fixture);
        var (one, two) = (Add("one", 0, Made(Ann), Sent(Ann, 1, "hi")), Add("two", 0, Made(Bob)));
        await scene.CommitAsync(one, two);
        var outcome = await scene.SendAsync([one, two], [], attempt: 1);
        Assert.Equal(Without(new Aside(Key("one"), one.Events), new Aside(Key("two"), two.Events)), outcome);
    }

    [Fact]
    public async Task AnIdThatANeighbourOfTheSameBatchHasIsItsTwin()
    {
        await using var scene = await OpenAsync(fixture);
        var mine = Add("one", 0, Made(Ann));
        var same = Of("two", 0, Seq1(One("two", 1, "b", Made(Ann)) with { Id = mine.Events[0].Id }));
        Assert.Equal(Without(new Aside(Key("two"), mine.Events)), await scene.SendAsync(mine, same));
        Assert.Equal(["main.c.one 1"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task AGuardHoldsAtItsVersionOnly()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("pair", 0, Made(Ann), Sent(Ann, 1, "x")));
        Addition Guarded(string stream, params Guard[] guards) =>
            Add(stream, 0, Made(Ann)) with
            {
                Guards = toSeq(guards).Strict(),
            };
        var outcome = await scene.SendAsync(
            Guarded("good", new Guard(Key("pair"), 2), new Guard(Key("nowhere"), 0)),
            Guarded("old", new Guard(Key("pair"), 1)),
            Guarded("early", new Guard(Key("pair"), 3)),
            Guarded("gone", new Guard(Key("pair"), 0)),
            Guarded("missing", new Guard(Key("nowhere"), 1))
        );
        string[] aside = ["old", "early", "gone", "missing"];
        Assert.Equal(Without([.. aside.Select(id => new Aside(Key(id), Empty))]), outcome);
        Assert.Equal(["main.c.good 1", "main.c.pair 2"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task AGuardOnAStreamOfTheSameBatchIsJudgedInTheBatchsOrder()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("pair", 0, Made(Ann)));
        var move = Add("pair", 1, Sent(Ann, 1, "x"));
        Addition Guarded(string stream, long version) =>
            Add(stream, 0, Made(Ann)) with
            {
                Guards = Seq1(new Guard(Key("pair"), version)),
            };
        var outcome = await scene.SendAsync(Guarded("before", 1), move, Guarded("late", 1), Guarded("after", 2));
        Assert.Equal(Without(new Aside(Key("late"), Empty)), outcome);
        Assert.Equal(["main.c.after 1", "main.c.before 1", "main.c.pair 2"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task FurtherStreamsGoInWithTheirAdditionOrNotAtAll()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("two", 0, Made(Ann)));
        var both = Add("one", 0, Made(Ann)) with { Further = Record("two", 2, "b", Sent(Ann, 1, "x")) };
        Assert.Equal(Fine, await scene.SendAsync(both));
        var half = Add("three", 0, Made(Ann)) with { Further = Record("two", 2, "c", Sent(Ann, 1, "y")) };
        Assert.Equal(Without(new Aside(Key("three"), Empty)), await scene.SendAsync(half));
        Assert.Equal(["main.c.one 1", "main.c.two 2"], await scene.RowsAsync(Heads));
    }

    [Fact]
    public async Task AnotherEpochIsFencedAndNothingIsLeft()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("update chat.chat_hosts set epoch = 2");
        Assert.Equal(
            new Outcome.Fenced(),
            await scene.SendAsync([Add("one", 0, Made(Ann))], [new(Key("one"), Ann, new(1, 1))])
        );
        Assert.Empty(await scene.RowsAsync(Heads));
        Assert.Empty(await scene.RowsAsync("select * from chat.chat_marks"));
        scene.Epoch = 2;
        Assert.Equal(Fine, await scene.SendAsync(Add("one", 0, Made(Ann))));
    }

    [Fact]
    public async Task MarksMergeByMaximumAndAreAnsweredAsTheyStand()
    {
        await using var scene = await OpenAsync(fixture);
        async Task<Seq<MarkSet>> Mark(params MarkSet[] marks) =>
            Assert.IsType<Outcome.Committed>(await scene.SendAsync([], marks)).Marks;
        MarkSet Of(PersonId person, long read, long delivered) => new(Key("one"), person, new(read, delivered));
        Assert.Equal(Seq(Of(Bob, 3, 5), Of(Ann, 2, 2)), await Mark(Of(Bob, 3, 5), Of(Ann, 2, 0)));
        Assert.Equal(Seq(Of(Ann, 2, 4), Of(Bob, 3, 5)), await Mark(Of(Ann, 1, 4), Of(Bob, 2, 2)));
        Assert.Equal(
            ["ann 2 4", "bob 3 5"],
            await scene.RowsAsync("select person, read, delivered from chat.chat_marks order by 1")
        );
    }

    private static Outcome Fine => new Outcome.Committed(Empty, Empty);

    private static Outcome Without(params Aside[] aside) => new Outcome.Committed(toSeq(aside).Strict(), Empty);
}
