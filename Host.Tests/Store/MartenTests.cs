using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Host.Store;
using Chat.Protocol.Stored;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Store;

/// <summary>Marten reads what we append, and we read what Marten appends; and which tables are whose.</summary>
[Collection(StoreCollection.Name)]
public sealed class MartenTests(StoreFixture fixture)
{
    [Fact]
    public async Task MartenReadsOurRowsAsWhatHappenedAndNeverWhatWasSaid()
    {
        await using var scene = await OpenAsync(fixture);
        var events = Traces.Random("one", 8, 120);
        await Traces.AppendAsync(scene, "one", events, 8);
        await using var session = scene.Database.Events.LightweightSession();
        var read = await session.Events.FetchStreamAsync("main.c.one");
        Assert.Equal(events.Select(one => ((Event)one.Event).Stripped()), read.Select(one => (Event)one.Data));
        Assert.Equal(events.Select(one => (one.Version, one.Id)), read.Select(one => (one.Version, one.Id)));
        Assert.Equal(events.Select(one => one.Event.By.Value), read.Select(one => one.UserName));
        Assert.All(read, one => Assert.Equal(EventTypes.Of((AnyEvent)one.Data).Name, one.EventTypeName));
        Assert.Equal(events.Count, (await session.Events.FetchStreamStateAsync("main.c.one"))!.Version);
    }

    [Fact]
    public async Task WeReadWhatMartenAppendedAndGoOnBehindIt()
    {
        await using var scene = await OpenAsync(fixture);
        var (made, sent) = (Made(Ann, Bob), Sent(Ann, 1, "said"));
        await using (var session = scene.Database.Events.LightweightSession())
        {
            session.Events.StartStream("main.c.one", made, sent);
            await session.SaveChangesAsync();
        }
        var ids = await scene.RowsAsync("select id from chat.mt_events order by version");
        var found = await new StreamReads(scene.Database).LookUpAsync(Prelude.toSeq(ids.Select(Guid.Parse)).Strict());
        var read = found.OrderBy(one => one.Version).ToList();
        Assert.Equal([made, sent.Stripped()], read.Select(one => (Event)one.Event));
        Assert.All(read, one => Assert.Equal(StoredEvents.NoOrigin, one.Origin));
        await scene.CommitAsync(Add("one", 2, Sent(Bob, 2, "ours")));
        await using var again = scene.Database.Events.LightweightSession();
        again.Events.Append("main.c.one", 4, Sent(Ann, 3, "theirs"));
        await again.SaveChangesAsync();
        Assert.Equal(["4"], await scene.RowsAsync("select version from chat.mt_streams"));
        Assert.Equal(
            ["1 4 4"],
            await scene.RowsAsync("select min(version), max(version), count(*) from chat.mt_events")
        );
    }

    [Fact]
    public async Task MartensOwnAppendMeetsTheSameUniqueIds()
    {
        await using var scene = await OpenAsync(fixture);
        var mine = Add("one", 0, Made(Ann));
        await scene.CommitAsync(mine);
        await using var session = scene.Database.Events.LightweightSession();
        session.Events.StartStream(
            "main.c.two",
            new JasperFx.Events.Event<Event.Created>(Made(Ann)) { Id = mine.Events[0].Id }
        );
        await Assert.ThrowsAnyAsync<Exception>(() => session.SaveChangesAsync());
        Assert.Equal(["main.c.one"], await scene.RowsAsync("select id from chat.mt_streams"));
    }

    [Fact]
    public async Task ADatabaseOfALaterHostIsRefusedByName()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("update chat.chat_meta set schema_version = 99");
        var options = new DatabaseOptions(scene.Connection, Scene.Host);
        var refused = await Assert.ThrowsAsync<ForeignSchemaException>(() => Database.OpenAsync(options));
        Assert.Equal(99, refused.Found);
        await scene.RunAsync($"update chat.chat_meta set schema_version = {refused.Known}");
        await using var opened = await Database.OpenAsync(options);
    }

    [Fact]
    public async Task OpeningTwiceAtOnceMakesTheTablesOnce()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync("drop schema chat cascade");
        var options = new DatabaseOptions(scene.Connection, Scene.Host);
        var both = await Task.WhenAll(
            Database.OpenAsync(options),
            Database.OpenAsync(options with { Host = "host-b" })
        );
        Assert.Equal(["1"], await scene.RowsAsync("select count(*) from chat.chat_meta"));
        foreach (var database in both)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task APersonsKeyStaysUntilItIsDestroyed()
    {
        await using var scene = await OpenAsync(fixture);
        var many = Enumerable.Range(0, 8).Select(_ => new PersonKeys(scene.Database).OfAsync(Ann).AsTask());
        var keys = await Task.WhenAll(many);
        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal(32, keys[0].Length);
        var mine = new PersonKeys(scene.Database);
        Assert.NotEqual(keys[0], await mine.OfAsync(Bob));
        Assert.Equal(keys[0], await mine.OfAsync(Ann));
        await mine.DestroyAsync(Ann);
        Assert.Empty(await mine.OfAsync(Ann));
        Assert.Empty(await new PersonKeys(scene.Database).OfAsync(Ann));
        Assert.Equal(default, await new Nats.Digests(mine.OfAsync).OfAsync(Ann, [1]));
    }
}
