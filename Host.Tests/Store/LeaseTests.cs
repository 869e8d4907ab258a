using Chat.Domain.Committing;
using Chat.Host.Store;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Store;

/// <summary>
/// One host holds a lease, by the database's clock; taking it over ends whatever the one before had open.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class LeaseTests(StoreFixture fixture)
{
    private const string Hosts = "select host, epoch, until > clock_timestamp() from chat.chat_hosts order by host";
    private const string Owners = "select host, count(*) from chat.chat_buckets group by host order by host";

    [Fact]
    public async Task AFreeLeaseIsTakenWithAllBucketsAndARunningOneIsNot()
    {
        await using var scene = await FreeAsync();
        var taken = await new LeaseRows(scene.Database).TakeAsync(false, default);
        Assert.Equal(1, taken!.Value.Epoch);
        Assert.Equal(["host-a 1024"], await RowsAsync(scene, Owners));
        await using var twin = await AgainAsync(scene, Scene.Host);
        Assert.Null(await new LeaseRows(twin).TakeAsync(false, default));
        Assert.Equal(["host-a 1 True"], await RowsAsync(scene, Hosts));
    }

    [Fact]
    public async Task OneThatRanOutOrWhoseHolderIsDeadIsTakenUnderALaterEpoch()
    {
        await using var scene = await FreeAsync();
        var first = await new LeaseRows(scene.Database).TakeAsync(false, default);
        await using var twin = await AgainAsync(scene, Scene.Host);
        Assert.Equal(2, (await new LeaseRows(twin).TakeAsync(true, default))!.Value.Epoch);
        scene.Database.Reads.Clear();
        Assert.Null(await new LeaseRows(scene.Database).RenewAsync(first!.Value.Epoch, default));
        await scene.RunAsync("update chat.chat_hosts set until = clock_timestamp() - interval '1 s'");
        Assert.Equal(3, (await new LeaseRows(twin).TakeAsync(false, default))!.Value.Epoch);
        Assert.NotNull(await new LeaseRows(twin).RenewAsync(3, default));
        await new LeaseRows(twin).ReleaseAsync(3);
        Assert.Equal(["host-a 3 False"], await RowsAsync(scene, Hosts));
    }

    [Fact]
    public async Task TakingOverEndsWhatTheOneBeforeHasOpen()
    {
        await using var scene = await FreeAsync();
        await new LeaseRows(scene.Database).TakeAsync(false, default);
        await scene.CommitAsync(Add("one", 0, Made(Ann)));
        // A transaction of the old host that holds its row and never ends, as a stopped process leaves one behind.
        await using var stuck = await scene.Database.Appends.OpenConnectionAsync();
        await using var transaction = await stuck.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from chat.chat_hosts for key share", stuck))
            await hold.ExecuteNonQueryAsync();
        await using var twin = await AgainAsync(scene, Scene.Host);
        var taking = new LeaseRows(twin).TakeAsync(true, default);
        Assert.Same(taking, await Task.WhenAny(taking, Task.Delay(TimeSpan.FromSeconds(8))));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => new NpgsqlCommand("select 1", stuck).ExecuteScalarAsync());
        // Its own connections stay.
        await using var command = twin.Appends.CreateCommand("select 1");
        Assert.Equal(1, await command.ExecuteScalarAsync());
        // Nothing more is committed under the old epoch.
        var batch = new Batch(9, 0, 1, LanguageExt.Prelude.Seq1(Add("two", 0, Made(Ann))), LanguageExt.Prelude.Empty);
        Assert.Equal(new Outcome.Fenced(), await new Append(twin).AppendAsync(batch));
    }

    [Fact]
    public async Task ADeadHostIsFencedWhenItsBucketsAreTakenAndALivingOneKeepsThem()
    {
        await using var scene = await FreeAsync();
        await new LeaseRows(scene.Database).TakeAsync(false, default);
        await using var other = await AgainAsync(scene, "host-b");
        Assert.Equal(1, (await new LeaseRows(other).TakeAsync(false, default))!.Value.Epoch);
        Assert.Equal(["host-a 1024"], await RowsAsync(scene, Owners));
        await scene.RunAsync(
            "update chat.chat_hosts set until = clock_timestamp() - interval '1 s' where host = 'host-a'"
        );
        Assert.Equal(2, (await new LeaseRows(other).TakeAsync(true, default))!.Value.Epoch);
        // Who takes a lease takes nothing that is another's, who may be about to take its own again.
        Assert.Equal(["host-a 1024"], await RowsAsync(scene, Owners));
        await using var starting = await AgainAsync(scene, Scene.Host);
        await using var asking = await starting.Reads.OpenConnectionAsync();
        await new LeaseRows(other).TakeOverAsync(default);
        Assert.Equal(["host-b 1024"], await RowsAsync(scene, Owners));
        // What the dead one had open is ended, and not what another of its name has, who starts just then.
        await using (var command = new NpgsqlCommand("select 1", asking))
            Assert.Equal(1, await command.ExecuteScalarAsync());
        Assert.Equal(["host-a 2 False", "host-b 2 True"], await RowsAsync(scene, Hosts));
    }

    [Fact]
    public async Task WhoeverHoldsItKnowsItAgainAndNobodyElseDoes()
    {
        await using var scene = await FreeAsync();
        var rows = new LeaseRows(scene.Database);
        await rows.TakeAsync(false, default);
        // As after a commit whose answer was lost.
        Assert.Equal(2, (await rows.TakeAsync(false, default))!.Value.Epoch);
        await using var twin = await AgainAsync(scene, Scene.Host);
        Assert.Null(await new LeaseRows(twin).TakeAsync(false, default));
        Assert.Equal(3, (await new LeaseRows(twin).TakeAsync(true, default))!.Value.Epoch);
        scene.Database.Reads.Clear();
        Assert.Null(await rows.TakeAsync(false, default));
        Assert.Equal(["host-a 3 True"], await RowsAsync(scene, Hosts));
    }

    [Fact]
    public async Task ARenewalWhoseWaitForTheStandbyIsGivenUpIsSeenByOthersAndNotCountedOn()
    {
        await using var scene = await FreeAsync();
        var rows = new LeaseRows(scene.Database);
        await rows.TakeAsync(false, default);
        await scene.RunAsync("update chat.chat_hosts set until = clock_timestamp() + interval '1 s'");
        await using (await scene.WithoutStandbyAsync())
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
            await Assert.ThrowsAnyAsync<Exception>(() => rows.RenewAsync(1, patience.Token));
            Assert.Equal(
                ["True"],
                await scene.RowsAsync("select until > clock_timestamp() + interval '5 s' from chat.chat_hosts")
            );
        }
        Assert.NotNull(await rows.RenewAsync(1, default));
    }

    private async Task<Scene> FreeAsync()
    {
        var scene = await OpenAsync(fixture);
        await scene.RunAsync("delete from chat.chat_hosts");
        return scene;
    }

    // A takeover ends the connections of the host before, and the scene asks over those.
    private static Task<string[]> RowsAsync(Scene scene, string sql)
    {
        scene.Database.Reads.Clear();
        return scene.RowsAsync(sql);
    }

    private static Task<Database> AgainAsync(Scene scene, string host) =>
        Database.OpenAsync(new DatabaseOptions(scene.Connection, host));
}
