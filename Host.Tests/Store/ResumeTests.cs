using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using LanguageExt;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Resuming;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>A device is told exactly what it missed, or to begin anew; it is never left with a hole.</summary>
[Collection(StoreCollection.Name)]
public sealed class ResumeTests(StoreFixture fixture)
{
    [Fact]
    public async Task WithoutACursorEverythingBeginsAnewAndThenNothingIsMissing()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob)), Add("two", 0, Made(Ann)), Add("other", 0, Made(Bob)));
        var first = await AskAsync(scene, null);
        Assert.Equal(
            ["one", "two"],
            first.Conversations.OfType<Resumption.Reset>().Select(one => one.Conversation.Value)
        );
        Assert.Equal((false, false), (first.IsReset, first.More));
        var second = await AskAsync(scene, first.Cursor);
        Assert.Empty(second.Conversations);
    }

    [Fact]
    public async Task WhatWasMissedIsTheExactSuffixAndNothingOfTheRest()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "x")), Add("two", 0, Made(Ann)));
        var cursor = (await AskAsync(scene, null)).Cursor;
        await scene.CommitAsync(Add("one", 2, Sent(Bob, 2, "y"), Sent(Bob, 3, "z")));
        var missed = Assert.IsType<Resumption.Missed>(Assert.Single((await AskAsync(scene, cursor)).Conversations));
        Assert.Equal([3L, 4L], missed.Events.Select(seen => seen.Version));
    }

    [Fact]
    public async Task MarksOfAnotherDeviceAreToldWithoutEvents()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Bob, 1, "x")));
        var cursor = (await AskAsync(scene, null)).Cursor;
        await scene.SendAsync(
            [],
            [new MarkSet(Key("one"), Ann, new Marks(1, 1)), new MarkSet(Key("one"), Bob, new(1, 1))]
        );
        var page = await AskAsync(scene, cursor);
        var missed = Assert.IsType<Resumption.Missed>(Assert.Single(page.Conversations));
        Assert.Equal((0, new Marks(1, 1)), (missed.Events.Count, missed.Marks));
        Assert.Empty((await AskAsync(scene, page.Cursor)).Conversations);
    }

    [Fact]
    public async Task WhoeverCameInSinceBeginsAnewAndWhoeverLeftIsTold()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Bob)), Add("two", 0, Made(Bob, Ann), Sent(Bob, 1, "x")));
        var cursor = (await AskAsync(scene, null)).Cursor;
        await scene.CommitAsync(
            Add("one", 1, new Event.Invited(By(Bob), [Ann]), new Event.Joined(By(Ann), [Interval.OpenFrom(3)])),
            Add("two", 2, new Event.Left(By(Ann)), Sent(Bob, 2, "not for her"))
        );
        var page = await AskAsync(scene, cursor);
        Assert.IsType<Resumption.Reset>(page.Conversations[0]);
        Assert.Equal(3, Assert.IsType<Resumption.Left>(page.Conversations[1]).Version);
        await scene.CommitAsync(Add("two", 4, Sent(Bob, 3, "nor this")));
        Assert.Empty((await AskAsync(scene, page.Cursor)).Conversations);
    }

    [Fact]
    public async Task AnInvitationIsToldOnceAndNotWhateverIsSaidAfterIt()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Bob)));
        var cursor = (await AskAsync(scene, null)).Cursor;
        await scene.CommitAsync(Add("one", 1, new Event.Invited(By(Bob), [Ann])));
        var page = await AskAsync(scene, cursor);
        Assert.Equal("one", Assert.Single(page.Conversations).Conversation.Value);
        await scene.CommitAsync(Add("one", 2, Sent(Bob, 1, "among members")));
        Assert.Empty((await AskAsync(scene, page.Cursor)).Conversations);
    }

    [Fact]
    public async Task MoreThanIsWorthTellingBeginsAnew()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)), Add("two", 0, Made(Ann)));
        var cursor = (await AskAsync(scene, null)).Cursor;
        Event[] Many(int count) => [.. Enumerable.Range(1, count).Select(i => (Event)Sent(Ann, i, "x"))];
        await scene.CommitAsync(Add("one", 1, Many(400)), Add("two", 1, Many(ResumeReads.MostMissed + 1)));
        var told = new List<Resumption>();
        for (var page = await AskAsync(scene, cursor); ; page = await AskAsync(scene, page.Cursor))
        {
            told.AddRange(page.Conversations);
            if (!page.More)
                break;
        }
        Assert.Equal(400, Assert.IsType<Resumption.Missed>(told[0]).Events.Count);
        Assert.IsType<Resumption.Reset>(told[1]);
    }

    [Fact]
    public async Task AnotherDatabaseOrAnEarlierOneResetsAll()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        var page = await AskAsync(scene, null);
        var cursor = Cursor.Decode(page.Cursor).IfNone(() => throw new InvalidOperationException());
        Assert.True((await AskAsync(scene, (cursor with { Since = cursor.Since + 1_000_000 }).Encode())).IsReset);
        Assert.True((await AskAsync(scene, "bm90aGluZw")).IsReset);
        await scene.RunAsync("update chat.chat_meta set db_epoch = gen_random_uuid()");
        var reset = await AskAsync(scene, page.Cursor);
        Assert.True(reset.IsReset);
        Assert.IsType<Resumption.Reset>(Assert.Single(reset.Conversations));
    }

    [Fact]
    public async Task APageThatIsInterruptedByWritesLosesNothing()
    {
        await using var scene = await OpenAsync(fixture);
        var ids = Enumerable.Range(100, 250).Select(i => $"c{i}").ToArray();
        await scene.CommitAsync([.. ids.Select(id => Add(id, 0, Made(Ann)))]);
        var page = await AskAsync(scene, null);
        Assert.True(page.More);
        // Behind the page, where it has been already, and ahead of it.
        await scene.CommitAsync(Add("c100", 1, Sent(Ann, 1, "behind")), Add("c349", 1, Sent(Ann, 1, "ahead")));
        var told = page.Conversations.ToList();
        while (page.More)
            told.AddRange((page = await AskAsync(scene, page.Cursor)).Conversations);
        Assert.Equal(ids, told.Select(one => one.Conversation.Value));
        var after = await AskAsync(scene, page.Cursor);
        Assert.Contains("c100", after.Conversations.Select(one => one.Conversation.Value));
    }

    [Fact]
    public async Task NoHoleUnderWritersWhoseTransactionsEndInAnotherOrder()
    {
        await using var scene = await OpenAsync(fixture);
        string[] streams = ["one", "two", "three"];
        await scene.CommitAsync([.. streams.Select(id => Add(id, 0, Made(Ann)))]);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(6));
        var writers = Enumerable
            .Range(0, 6)
            .Select(i => Task.Run(() => WriteAsync(scene, streams, i, stop.Token)))
            .ToList();
        var device = new Device();
        while (!stop.IsCancellationRequested)
        {
            var before = await HeadsAsync(scene);
            await device.ResumeAsync(scene);
            foreach (var (stream, head) in before)
                Assert.True(device.Held[stream] >= head, $"{stream}: {device.Held[stream]} of {head}");
        }
        var written = (await Task.WhenAll(writers)).Sum();
        await device.ResumeAsync(scene);
        Assert.Equal(await HeadsAsync(scene), device.Held);
        Assert.Equal(written + streams.Length, device.Held.Values.Sum());
        Assert.True(written > 50 && device.Suffixes > 20, $"{written} written, {device.Suffixes} suffixes");
    }

    /// <summary>What a device holds of each conversation; a suffix that does not join it is a hole.</summary>
    private sealed class Device
    {
        private string? cursor;
        public SortedDictionary<string, long> Held { get; } = new(StringComparer.Ordinal);
        public int Suffixes { get; private set; }

        public async Task ResumeAsync(Scene scene)
        {
            for (var more = true; more; )
            {
                var page = await AskAsync(scene, cursor);
                foreach (var one in page.Conversations)
                    Take(one);
                (cursor, more) = (page.Cursor, page.More);
            }
        }

        private void Take(Resumption one)
        {
            if (one is Resumption.Reset reset)
                Held[one.Conversation.Value] = reset.Details.Entry.Version;
            if (one is not Resumption.Missed { Events.Count: > 0 } missed)
                return;
            var next = missed.Events[0].Version;
            Assert.True(next <= Held[one.Conversation.Value] + 1, $"a hole before {next}");
            foreach (var seen in missed.Events)
            {
                Assert.Equal(next, seen.Version);
                next = seen.Until + 1;
            }
            Held[one.Conversation.Value] = Math.Max(Held[one.Conversation.Value], next - 1);
            Suffixes++;
        }
    }

    // Takes its transaction's number early, its place in the stream late, and commits later still.
    private static async Task<int> WriteAsync(Scene scene, string[] streams, int writer, CancellationToken stop)
    {
        var (random, written) = (new Random(writer), 0);
        await using var connection = new NpgsqlConnection(scene.Connection);
        await connection.OpenAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var stream = streams[random.Next(streams.Length)];
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await RunAsync("select pg_current_xact_id()::text");
            await Task.Delay(random.Next(0, 60), CancellationToken.None);
            var head = (long)
                (await RunAsync($"select version from chat.mt_streams where id = 'main.c.{stream}' for update"))!;
            var events = Record(stream, head + 1, $"{writer}-{written}", Sent(Ann, head, "x"));
            await using (var batch = new NpgsqlBatch(connection, transaction))
            {
                Statements.Fill(batch, Scene.Host, scene.Epoch, Rows.Of([Of(stream, head, events)]), Empty, Empty);
                await batch.ExecuteNonQueryAsync(CancellationToken.None);
            }
            await Task.Delay(random.Next(0, 40), CancellationToken.None);
            if (random.Next(5) == 0)
                await transaction.RollbackAsync(CancellationToken.None);
            else
            {
                await transaction.CommitAsync(CancellationToken.None);
                written++;
            }

            async Task<object?> RunAsync(string sql)
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                return await command.ExecuteScalarAsync(CancellationToken.None);
            }
        }
        return written;
    }

    private static async Task<SortedDictionary<string, long>> HeadsAsync(Scene scene)
    {
        var rows = await scene.RowsAsync("select substr(id, 8), version from chat.mt_streams");
        var heads = rows.Select(row => row.Split(' ')).ToDictionary(row => row[0], row => long.Parse(row[1]));
        return new(heads, StringComparer.Ordinal);
    }
}
