using System.Diagnostics;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Host.Tests.EndToEnd;
using Chat.Host.Tests.Store;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Driving;

/// <summary>A lease over a real PostgreSQL, by a clock that can be put on; and a lane that goes by it.</summary>
[Collection(StoreCollection.Name)]
public sealed class LeasingTests(StoreFixture fixture)
{
    private const string Waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update chat.chat_hosts%'";

    [Fact]
    public async Task One_whose_renewal_came_late_is_taken_again_at_once_by_whoever_held_it()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("delete from chat.chat_hosts");
        var clock = new PutOn();
        await using var lease = await TakeAsync(scene, clock);
        await using var lanes = Over(scene, lease, clock);
        lease.Drive(lanes, _ => Task.CompletedTask);
        Assert.IsType<Reply.Accepted>(await AskAsync(lanes, new Command.Create(ConversationKind.Group, [Ann], null)));

        await using (var blocked = await BlockAsync(scene))
        {
            await Eventually.HoldsAsync(
                async () => (await scene.RowsAsync(Waiting)) is not ["0"],
                "a renewal waits for its answer"
            );
            // The last one ran out by now, and this one would not have.
            clock.By(TimeSpan.FromSeconds(8));
            Assert.False(lease.IsHeld);
            Assert.Equal(new Reply.Refused(new Refusal.Moved()), await AskAsync(lanes, new Command.Join(null)));
        }
        await Eventually.HoldsAsync(
            async () => await AskAsync(lanes, new Command.Join(null)) is Reply.Accepted,
            "the lane decides again",
            2
        );
        Assert.Equal(["2"], await scene.RowsAsync("select epoch from chat.chat_hosts"));
    }

    [Fact]
    public async Task Where_commits_wait_for_a_standby_the_others_see_that_its_holder_lives_and_it_is_back_with_it()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("delete from chat.chat_hosts");
        await using var lease = await TakeAsync(scene, TimeProvider.System);
        await using var lanes = Over(scene, lease, TimeProvider.System);
        lease.Drive(lanes, _ => Task.CompletedTask);
        await using (await scene.WithoutStandbyAsync())
        {
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(13); )
            {
                Assert.Equal(["True"], await scene.RowsAsync("select until > clock_timestamp() from chat.chat_hosts"));
                await Task.Delay(50);
            }
            Assert.False(lease.IsHeld);
        }
        await Eventually.HoldsAsync(() => lease.IsHeld, "it is taken again", 2);
        Assert.IsType<Reply.Accepted>(await AskAsync(lanes, new Command.Create(ConversationKind.Group, [Ann], null)));
    }

    [Fact]
    public async Task Where_each_renewal_takes_longer_than_it_is_waited_for_at_first_it_is_held_all_the_same()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("delete from chat.chat_hosts");
        await using var lease = await TakeAsync(scene, TimeProvider.System);
        await scene.RunAsync(
            "create function chat.slowly() returns trigger language plpgsql as "
                + "$$ begin perform pg_sleep(4); return new; end $$"
        );
        await scene.RunAsync(
            "create trigger slowly before update on chat.chat_hosts for each row execute function chat.slowly()"
        );
        await using var lanes = Over(scene, lease, TimeProvider.System);
        lease.Drive(lanes, _ => Task.CompletedTask);
        const string Once = "select epoch, until from chat.chat_hosts where epoch > 1";
        await Eventually.HoldsAsync(async () => (await scene.RowsAsync(Once)).Length > 0, "it is taken again", 40);
        await scene.RunAsync($"create table chat.noted as {Once}");
        await Eventually.HoldsAsync(
            async () =>
                (
                    await scene.RowsAsync(
                        "select 1 from chat.noted n join chat.chat_hosts h on h.epoch = n.epoch "
                            + "where h.until > n.until + interval '14 seconds'"
                    )
                ).Length > 0,
            "it is renewed again and again under one epoch",
            40
        );
    }

    private static Task<Leasing> TakeAsync(Scene scene, TimeProvider clock)
    {
        var options = new ChatHostOptions
        {
            NatsUrl = "",
            ConnectionString = scene.Connection,
            Secrets = null!,
            Name = Scene.Host,
        };
        return Leasing.TakeAsync(scene.Database, options, clock, NullLoggerFactory.Instance, default);
    }

    private static Lanes Over(Scene scene, Leasing lease, TimeProvider clock) =>
        new(
            1,
            new LaneOptions(),
            new CommitStore(scene.Database),
            new Silence(),
            () => lease.Now,
            () => lease.IsHeld,
            clock,
            NullLoggerFactory.Instance
        );

    private static Task<Reply> AskAsync(Lanes lanes, Command command) =>
        lanes.SubmitAsync(
            new Arrival.Request(
                0,
                Key("leased"),
                Ann,
                DeviceId.Of("phone"),
                ClientId.Of(Guid.NewGuid().ToString("N")),
                new Digest(1),
                command
            )
        );

    private static async Task<IAsyncDisposable> BlockAsync(Scene scene)
    {
        var connection = new NpgsqlConnection(scene.Connection);
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await new NpgsqlCommand("select 1 from chat.chat_hosts for update", connection).ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>A clock that can be put on; waits take as long as they do.</summary>
    private sealed class PutOn : TimeProvider
    {
        private long ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref ahead);

        public void By(TimeSpan time) => Interlocked.Add(ref ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }
}
