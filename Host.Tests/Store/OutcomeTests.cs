using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Host.Store;
using LanguageExt;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Store;

/// <summary>What is called failed is known not to be there; everything else is unknown.</summary>
[Collection(StoreCollection.Name)]
public sealed class OutcomeTests(StoreFixture fixture)
{
    // The batch below reaches COMMIT and fails there, after its last statement has answered.
    private const string FailsAtCommit = """
        create function fail() returns trigger language plpgsql as
            $$ begin raise exception 'at commit' using errcode = '53100'; end $$;
        create constraint trigger fail after insert on chat.mt_events deferrable initially deferred
            for each row execute function fail();
        """;

    private const string Count = "select count(*) from chat.mt_events";

    [Fact]
    public async Task AnErrorAtCommitIsAFailureAndNothingIsThere()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync(FailsAtCommit);
        Assert.Equal(new Outcome.Failed(), await scene.SendAsync(Add("one", 0, Made(Ann))));
        Assert.Equal(["0"], await scene.RowsAsync(Count));
        await scene.RunAsync("drop trigger fail on chat.mt_events");
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
    }

    [Fact]
    public async Task AFailureOfAnotherAttemptLeavesTheFirstUnknown()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync(FailsAtCommit);
        Assert.Equal(new Outcome.Unknown(), await scene.SendAsync([Add("one", 0, Made(Ann))], [], attempt: 1));
    }

    [Fact]
    public async Task AConnectionThatBreaksMeanwhileLeavesItUnknown()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        await using var blocker = await BlockAsync(scene);
        var waiting = scene.SendAsync(Add("one", 1, Sent(Ann, 1, "x")));
        await scene.UntilAsync(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        );
        await scene.RunAsync(
            "select pg_terminate_backend(pid) "
                + "from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        );
        Assert.Equal(new Outcome.Unknown(), await waiting);
    }

    [Fact]
    public async Task ACancelledStatementIsAFailure()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        await using (await BlockAsync(scene))
        {
            var waiting = scene.SendAsync(Add("one", 1, Sent(Ann, 1, "x")));
            await scene.UntilAsync(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            );
            await scene.RunAsync(
                "select pg_cancel_backend(pid) "
                    + "from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
            );
            Assert.Equal(new Outcome.Failed(), await waiting);
        }
        Assert.Equal(["1"], await scene.RowsAsync(Count));
    }

    [Fact]
    public async Task AServerThatIsNotThereIsAFailureAtFirstAndUnknownAfterwards()
    {
        await using var scene = await OpenAsync(fixture);
        var nowhere = new NpgsqlConnectionStringBuilder(scene.Connection) { Port = 1, Timeout = 2 }.ToString();
        await using var none = Database.Unchecked(new DatabaseOptions(nowhere, Scene.Host));
        var batch = new Batch(1, 0, 1, Prelude.Seq1(Add("one", 0, Made(Ann))), Prelude.Empty);
        Assert.Equal(new Outcome.Failed(), await new Append(none).AppendAsync(batch));
        Assert.Equal(new Outcome.Unknown(), await new Append(none).AppendAsync(batch with { Attempt = 1 }));
    }

    [Fact]
    public async Task AWaitForTheStandbyThatIsCutShortIsUnknownThenThereOnce()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        var addition = Add("one", 1, Sent(Ann, 1, "x"));
        Task<Outcome> again;
        await using (var away = await scene.WithoutStandbyAsync())
        {
            var waiting = scene.SendAsync(addition);
            const string waiters =
                "from pg_stat_activity where wait_event = 'SyncRep' and datname = current_database()";
            await scene.UntilAsync($"select count(*) {waiters}");
            await scene.RunAsync($"select pg_cancel_backend(pid) {waiters}");
            Assert.Equal(new Outcome.Unknown(), await waiting);

            // It is there, and can be read; but it is not acknowledged by being found before a standby has it.
            Assert.Equal(["2"], await scene.RowsAsync(Count));
            var found = new CommitStore(scene.Database).LookUpAsync(addition.Events.Map(one => one.Id));
            again = scene.SendAsync([addition], [], attempt: 1);
            await scene.UntilAsync($"select (count(*) = 2)::int {waiters}");
            Assert.False(found.IsCompleted || again.IsCompleted);
            await away.DisposeAsync();
            Assert.Equal(addition.Events.Map(one => one.Id), (await found).Map(one => one.Id));
        }
        var twins = Assert.IsType<Outcome.Committed>(await again).Aside;
        Assert.Equal(Prelude.Seq1(new Aside(Key("one"), addition.Events)), twins);
    }

    [Fact]
    public async Task TwoWritersOfOneStreamMakeOneOrderWithoutAGap()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        var accepted = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(scene, writer)))
        );
        Assert.Equal(
            [$"{1 + accepted.Sum()} 1 {1 + accepted.Sum()}"],
            await scene.RowsAsync("select count(*), min(version), max(version) from chat.mt_events")
        );
        Assert.True(accepted.Sum() >= 30);
    }

    private static async Task<int> WriteAsync(Scene scene, int writer)
    {
        var accepted = 0;
        for (var turn = 0; turn < 30; turn++)
        {
            var head = long.Parse((await scene.RowsAsync("select version from chat.mt_streams"))[0]);
            var events = Record("one", head + 1, $"{writer}-{turn}", Sent(Ann, head, $"{writer} {turn}"));
            var outcome = Assert.IsType<Outcome.Committed>(await scene.SendAsync(Of("one", head, events)));
            accepted += outcome.Aside.IsEmpty ? 1 : 0;
        }
        return accepted;
    }

    private static async Task<IAsyncDisposable> BlockAsync(Scene scene)
    {
        var connection = new NpgsqlConnection(scene.Connection);
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await new NpgsqlCommand(
            "select 1 from chat.mt_streams for update",
            connection,
            transaction
        ).ExecuteNonQueryAsync();
        return connection;
    }
}
