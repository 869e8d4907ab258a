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

/// <summary>What is read of a conversation as it once stood is what the domain makes of all its events.</summary>
[Collection(StoreCollection.Name)]
public sealed class HindsightTests(StoreFixture fixture)
{
    [Theory]
    [InlineData(31, 0)]
    [InlineData(34, 40)]
    [InlineData(33, 0)]
    public async Task After_each_version_it_is_what_the_domain_says(int seed, int snapshot)
    {
        await using var scene = await OpenAsync(fixture);
        var events = Traces.Random("one", seed, 200);
        await Traces.AppendAsync(scene, "one", events, seed);
        if (snapshot > 0)
            await new StreamReads(scene.Database).SaveSnapshotAsync(Key("one"), Folded(events, snapshot));
        var (random, stored, told) = (new Random(seed), Traces.AsStored(events), new int[3]);
        for (var version = 1; version <= events.Count; version++)
        {
            var then = await scene.AskAsync(connection => HindsightReads.StateAsync(connection, Key("one"), version));
            Assert.Equal((State)Folded(events, version).State, then);
            foreach (var person in Traces.People)
            {
                var askers = Traces.People.Where(one => Visibility.Holds(Traces.AccessOf(one, events), version));
                var asker = askers.OrderBy(_ => random.Next()).FirstOrDefault(person);
                var sight = new Sight(
                    Traces.AccessOf(asker, events),
                    random.Next(2) == 0 ? Traces.VeiledTo(asker) : Empty
                );
                var marks = new Marks(random.Next(0, 9), 0).Join(Marks.None);
                if (Hindsight.Of(stored, version, person, marks, Cid, sight).Case is not Hindsight expected)
                    continue;
                var row = await scene.AskAsync(connection =>
                    HindsightReads.FindAsync(connection, Key("one"), then, (person, marks), sight)
                );
                Assert.Equal(expected.View.Entry.Map(Line), row.Map(Line));
                await HasPageAsync(scene, expected, (Hindsight.SightOf(then, person), sight), random);
                told[0]++;
                told[1] += expected.Hidden.Count;
                told[2] += expected.View.Unread.Mentions;
            }
        }
        Assert.True(told.All(count => count > 10), string.Join(' ', told));
    }

    [Fact]
    public async Task Whom_an_edit_mentions_is_counted_from_then_on()
    {
        await using var scene = await OpenAsync(fixture);
        Event[] events =
        [
            Made(Ann, Bob),
            Sent(Ann, 1, "stays", Bob),
            Sent(Ann, 2, "comes"),
            Sent(Ann, 3, "goes", Bob),
            Edited(1, Bob),
            Edited(2, Bob),
            Edited(3),
            new Event.MessageRedacted(By(Ann), new MessageRef(1, 2), Ann, null),
        ];
        await scene.CommitAsync(Add("one", 0, events));
        var sight = Sight.Of([Interval.OpenFrom(1)]);
        var counted = new List<int>();
        for (var version = 1; version <= events.Length; version++)
        {
            var found = await scene.AskAsync(async connection =>
            {
                var then = await HindsightReads.StateAsync(connection, Key("one"), version);
                return await HindsightReads.FindAsync(connection, Key("one"), then, (Bob, Marks.None), sight);
            });
            counted.Add(found.Map(row => row.Mentions).IfNone(-1));
        }
        // What was taken back in the end is not counted at any time.
        Assert.Equal([0, 0, 0, 1, 1, 2, 1, 1], counted);

        static Event Edited(long seq, params PersonId[] mentions) =>
            new Event.MessageEdited(By(Ann), new MessageRef(seq, seq + 1), Said("otherwise"), [.. mentions]);
    }

    [Fact]
    public async Task A_page_that_is_cut_to_fit_ends_with_what_was_cut_off()
    {
        await using var scene = await OpenAsync(fixture);
        var text = new string('x', 1_000);
        Event[] events = [Made(Ann, Bob), .. Enumerable.Range(1, 9).Select(i => Sent(i % 3 == 0 ? Bob : Ann, i, text))];
        await scene.CommitAsync(Add("one", 0, events));
        var sights = (Sight.Of([Interval.OpenFrom(1)]), new Sight([Interval.OpenFrom(1)], Set(Bob)));
        await ReadsAsync((Anchor.Before, 10), [7, 8], [6, 9]);
        await ReadsAsync((Anchor.After, 1), [2, 4], [3]);

        async Task ReadsAsync((Anchor, long) from, long[] shown, long[] hidden)
        {
            var (page, rest) = await scene.AskAsync(connection =>
                HindsightReads.PageAsync(connection, Key("one"), sights, from, 8, 2_700)
            );
            Assert.Equal(shown, page.Messages.Select(message => message.Seq));
            Assert.Equal(hidden, rest);
            Assert.True(page.More);
        }
    }

    private static async Task HasPageAsync(Scene scene, Hindsight expected, (Sight, Sight) sights, Random random)
    {
        var (seq, limit, anchor) = (random.NextInt64(0, 80), random.Next(1, 12), (Anchor)random.Next(1, 4));
        var history = expected.View.History.Messages;
        var all = toMap(expected.Hidden.Concat(history.Keys).Select(one => (one, one)));
        var wanted = anchor switch
        {
            Anchor.Before => all.Keys.Where(one => one < seq).TakeLast(limit).ToList(),
            Anchor.After => [.. all.Keys.Where(one => one > seq).Take(limit)],
            _ =>
            [
                .. all.Keys.Where(one => one < seq).TakeLast(limit / 2),
                .. all.Keys.Where(one => one >= seq).Take(limit - (limit / 2)),
            ],
        };
        var (page, hidden) = await scene.AskAsync(connection =>
            HindsightReads.PageAsync(connection, Key("one"), sights, (anchor, seq), limit, HistoryReads.MostBytes)
        );
        Assert.Equal(wanted.Where(history.ContainsKey).Select(one => history[one]), page.Messages);
        Assert.Equal(wanted.Where(one => !history.ContainsKey(one)), hidden);
    }

    private static AnyStream Folded(List<Recorded> events, int version) =>
        Conversation.New.Fold(events.Take(version).Select(one => one.Event));

    private static (Standing, ConversationKind, ConversationName?, long, long, Marks, int, int) Line(InboxEntry it) =>
        (it.Standing, it.Kind, it.Name, it.Version, it.Seq, it.Marks, it.Unread, it.Mentions);

    private static (Standing, ConversationKind, ConversationName?, long, long, Marks, int, int) Line(InboxRow it) =>
        (it.Standing, it.Kind, it.Name, it.Version, it.Seq, it.Marks, it.Unread, it.Mentions);
}
