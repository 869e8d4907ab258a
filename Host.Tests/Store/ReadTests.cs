using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Tests.Store;

/// <summary>What is read is what the events say, folded naively.</summary>
[Collection(StoreCollection.Name)]
public sealed class ReadTests(StoreFixture fixture)
{
    [Fact]
    public async Task AStreamIsItsEventsWithAndWithoutASnapshot()
    {
        await using var scene = await OpenAsync(fixture);
        var streams = new StreamReads(scene.Database);
        Assert.Equal((Conversation.New, 0), await streams.LoadAsync(Key("one")));
        var events = Traces.Random("one", 3, 120);
        await Traces.AppendAsync(scene, "one", events, 3);
        var whole = Conversation.New.Fold(events.Select(recorded => recorded.Event));
        Assert.Equal((whole, 0), await streams.LoadAsync(Key("one")));
        var half = Conversation.New.Fold(events.Take(50).Select(recorded => recorded.Event));
        await streams.SaveSnapshotAsync(Key("one"), half);
        Assert.Equal((whole, 50), await streams.LoadAsync(Key("one")));
        // An older one is not kept; a damaged one, or one of another fold, is not used.
        await streams.SaveSnapshotAsync(Key("one"), Conversation.New.Fold(events.Take(20).Select(one => one.Event)));
        Assert.Equal(50, (await streams.LoadAsync(Key("one"))).SnapshotVersion);
        await scene.RunAsync("update chat.chat_snapshots set bytes = substr(bytes, 2)");
        Assert.Equal((whole, 0), await streams.LoadAsync(Key("one")));
        await streams.SaveSnapshotAsync(Key("one"), whole);
        await scene.RunAsync("update chat.chat_snapshots set fold_version = fold_version + 1");
        Assert.Equal((whole, 0), await streams.LoadAsync(Key("one")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GatheredFactsAreTheFoldsFacts(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var events = Traces.Random("one", seed, 150);
        await Traces.AppendAsync(scene, "one", events, seed);
        await scene.CommitAsync(Add("two", 0, Made(Ann), Sent(Ann, 1, "of another stream")));
        var last = events.Max(recorded => recorded.Event.MessageSeq ?? 0);
        var keys = Enumerable.Range(-1, (int)last + 4).Select(AnyFactKey (seq) => new FactKey.Message(seq));
        keys = keys.Concat(Traces.People.Append(Cid).Select(AnyFactKey (person) => new FactKey.AccessOf(person)));
        var all = toSeq(keys).Strict();
        var (version, facts) = await new StreamReads(scene.Database).GatherAsync(Key("one"), all);
        Assert.Equal(events.Count, version);
        var expected = Gathering.FromEvents(Conversation.New, all, toSeq(events));
        Assert.Contains(expected.Known.Values.Somes().OfType<Fact.Message>(), fact => fact.IsRedacted);
        foreach (var key in all)
            Assert.Equal(expected.Known[key], facts.Known[key]);
    }

    [Fact]
    public async Task EventsAreFoundUnderTheirIds()
    {
        await using var scene = await OpenAsync(fixture);
        var one = Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "hi"), Sent(Bob, 2, "ho"));
        await scene.CommitAsync(one, Add("two", 0, Made(Ann)));
        var found = await new StreamReads(scene.Database).LookUpAsync(Seq(one.Events[1].Id, Guid.NewGuid()));
        Assert.Equal(Seq1(one.Events[1]), found);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task APageOfHistoryIsThePageOfTheWholeFold(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var events = Traces.Random("one", seed, 200);
        await Traces.AppendAsync(scene, "one", events, seed);
        var (random, seen) = (new Random(seed), 0);
        foreach (var person in Traces.People)
        {
            var access = Traces.AccessOf(person, events);
            for (var turn = 0; turn < 16; turn++)
            {
                var sight = turn % 2 == 0 ? Sight.Of(access) : new Sight(access, Traces.VeiledTo(person));
                var whole = History.Fold(Visibility.ShowAll(sight, Traces.AsStored(events)));
                var (seq, limit) = (random.NextInt64(0, 110), random.Next(1, 20));
                var (before, after) = (whole.Before(seq, limit), whole.After(seq, limit));
                await IsAsync(before, HasMore(whole.Before(seq, limit + 1), limit), Anchor.Before);
                await IsAsync(after, HasMore(whole.After(seq, limit + 1), limit), Anchor.After);
                await IsAsync(whole.Around(seq, limit), null, Anchor.Around);
                seen += before.Count + after.Count;

                async Task IsAsync(Seq<Message> expected, bool? hasMore, Anchor anchor)
                {
                    var page = await scene.AskAsync(connection =>
                        HistoryReads.PageAsync(connection, Key("one"), sight, (anchor, seq), limit)
                    );
                    Assert.Equal(expected, page.Messages);
                    Assert.Equal(hasMore ?? page.More, page.More);
                }
            }
        }
        Assert.True(seen > 100);

        static bool HasMore(Seq<Message> oneMore, int limit) => oneMore.Count > limit;
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    [InlineData(24)]
    public async Task TheInboxCountsWhatAFoldOfAllThatIsShownCounts(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var traces = Enumerable
            .Range(0, 4)
            .ToDictionary(i => $"c{i}", i => Traces.Random($"c{i}", (seed * 100) + i, 150));
        foreach (var (stream, events) in traces)
            await Traces.AppendAsync(scene, stream, events, seed);
        await Traces.BlockAsync(scene);
        var (random, counted) = (new Random(seed), 0);
        foreach (var person in Traces.People)
        {
            var marks = traces.ToDictionary(trace => trace.Key, _ => new Marks(random.Next(0, 6), 0).Join(Marks.None));
            await scene.SendAsync([], [.. marks.Select(mark => new MarkSet(Key(mark.Key), person, mark.Value))]);
            var rows = await scene.AskAsync(connection => PersonReads.ListAsync(connection, person, "", 10));
            foreach (var row in rows.Where(row => row.Standing == Standing.Member))
            {
                Agrees(row, person, traces[row.Stream.Id], marks[row.Stream.Id]);
                counted += row.Unread;
            }
            var expected = traces.Where(trace => IsNear(person, trace.Value)).Select(trace => trace.Key).Order();
            Assert.Equal(expected, rows.Map(row => row.Stream.Id));
        }
        Assert.True(counted > 5, $"{counted} unread");
    }

    private static void Agrees(InboxRow row, PersonId person, List<Recorded> events, Marks marks)
    {
        var sight = new Sight(Traces.AccessOf(person, events), Traces.VeiledTo(person));
        var seen = Visibility.ShowAll(sight, Traces.AsStored(events));
        var unread = seen.Fold(Unread.Of(person), (count, one) => count.Evolve(one)).Mark(marks);
        Assert.Equal((unread.Count, unread.Mentions), (row.Unread, row.Mentions));
        Assert.Equal((marks, sight), (row.Marks, row.Sight));
        Assert.Equal(events.Count, row.Version);
        Assert.Equal(events.Max(one => one.Event.MessageSeq ?? 0), row.Seq);
        var state = (State)Conversation.New.Fold(events.Select(one => one.Event)).State;
        Assert.Equal((state.Kind, state.Name, state.Members[person].JoinedSeq), (row.Kind, row.Name, row.JoinedSeq));
    }

    private static bool IsNear(PersonId person, List<Recorded> events)
    {
        var state = (State)Conversation.New.Fold(events.Select(one => one.Event)).State;
        return state.Members.ContainsKey(person) || state.Invited.ContainsKey(person);
    }

    [Fact]
    public async Task TheInboxComesInPages()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync([.. Enumerable.Range(0, 5).Select(i => Add($"c{i}", 0, Made(Ann), Sent(Ann, 1, "x")))]);
        var first = await scene.AskAsync(connection => PersonReads.ListAsync(connection, Ann, "", 3));
        var rest = await scene.AskAsync(c => PersonReads.ListAsync(c, Ann, first.Last.Stream.ToString(), 3));
        Assert.Equal(["c0", "c1", "c2", "c3", "c4"], first.Concat(rest).Map(row => row.Stream.Id).ToArray());
    }

    [Fact]
    public async Task HeadsAreThoseThatChangedSince()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(
            Add("old", 0, Made(Ann)),
            Add("new", 0, Made(Ann, Bob)),
            Add("left", 0, Made(Ann, Bob)),
            Add("long_left", 0, Made(Ann, Bob)),
            Add("asked", 0, Made(Ann))
        );
        await scene.CommitAsync(Add("long_left", 1, new Event.Left(By(Bob))));
        await scene.RunAsync("update chat.mt_events set timestamp = '2020-01-01' where stream_id = 'main.c.long_left'");
        await scene.CommitAsync(
            Add("left", 1, new Event.Left(By(Bob))),
            Add("long_left", 2, Sent(Ann, 1, "x")),
            Add("asked", 1, new Event.Invited(By(Ann), [Cid]))
        );
        await scene.RunAsync("update chat.mt_streams set timestamp = '2020-01-01' where id = 'main.c.old'");
        var since = new Instant(DateTimeOffset.Parse("2021-01-01T00:00:00Z").ToUnixTimeMilliseconds());
        var heads = await HeadReads.ChangedAsync(scene.Database, since, ["ann", "bob", "cid"]);
        Assert.Equal(["asked 2", "left 2", "long_left 3", "new 1"], Told(Ann).Order());
        // The heads of what they are not in are not theirs to know: something else than they hold.
        Assert.Equal(["left 0", "new 1"], Told(Bob).Order());
        Assert.Equal(["asked 1"], Told(Cid));

        IEnumerable<string> Told(PersonId person) => heads[person].Select(head => $"{head.Item1} {head.Item2}");
    }
}
