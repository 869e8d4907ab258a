using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Pairs;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Host.Store;
using Chat.Protocol.Stored;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;
using Bound = Chat.Domain.Pairs.Event;

namespace Chat.Host.Tests.Store;

/// <summary>Who is found in the database is who may be found, whatever happened in between.</summary>
[Collection(StoreCollection.Name)]
public sealed class DiscretionRowsTests(StoreFixture fixture)
{
    private static readonly PersonId[] People = [.. Enumerable.Range(0, 8).Select(n => PersonId.Of($"person-{n}"))];
    private static readonly string[] Names = ["Ann Marlow", "Anna-Mara Bell", "mara", "喝茶 Bell", "!!!", "O'Mara"];
    private static readonly string[] Words = ["an", "MAR", "bell ann", "喝", "o mara", "person-3", "zed", "!", "' &"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_finds_whom_they_may_find(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var world = new World(new Random(seed));
        var found = 0;
        for (var round = 0; round < 30; round++)
        {
            var additions = Enumerable.Range(0, 6).Select(_ => world.Next()).OfType<Addition>().ToArray();
            await scene.CommitAsync(additions);
            world.Turn();
            found += await world.AgreesAsync(scene);
        }
        Assert.True(found > 40, $"{found} found");
    }

    [Fact]
    public async Task A_database_of_before_knows_what_everybody_has_said()
    {
        await using var scene = await OpenAsync(fixture);
        var world = new World(new Random(4));
        for (var round = 0; round < 20; round++)
        {
            if (world.Next() is { } addition)
                await scene.CommitAsync(addition);
            world.Turn();
        }
        const string Rows = "select person, words, find, presence, receipts from chat.chat_people order by person";
        var before = await scene.RowsAsync(Rows);
        Assert.NotEmpty(before);
        await scene.RunAsync("drop table chat.chat_people; update chat.chat_meta set schema_version = 10");
        await using var again = await Database.OpenAsync(new DatabaseOptions(scene.Connection, Scene.Host));
        Assert.Equal(before, await scene.RowsAsync(Rows));
        Assert.NotEmpty((await DiscretionRows.HeldAsync(scene.Database, default)).Values);
    }

    /// <summary>What people have said and how they stand, and what happens next; nothing twice in a turn.</summary>
    private sealed class World(Random random)
    {
        private readonly Dictionary<StreamKey, AnyStream> streams = [];
        private readonly System.Collections.Generic.HashSet<StreamKey> touched = [];

        public void Turn() => touched.Clear();

        public Addition? Next()
        {
            var (one, other) = (People[random.Next(People.Length)], People[random.Next(People.Length)]);
            return random.Next(3) switch
            {
                0 => Then(KeyOf(one), Person.New, new Domain.People.Event.PrivacyChanged(By(one), Kept())),
                1 => Then(KeyOf(one), Person.New, new Domain.People.Event.ProfileChanged(By(one), Named(), null)),
                _ when one == other => null,
                _ => Then(
                    StreamKey.Of(TenantId.Main, one, other),
                    Pair.New,
                    random.Next(5) switch
                    {
                        0 => new Bound.Removed(By(one), other),
                        1 => new Bound.Blocked(By(one), other),
                        2 => new Bound.Unblocked(By(one), other),
                        _ => new Bound.Befriended(By(one), other),
                    }
                ),
            };
        }

        public async Task<int> AgreesAsync(Scene scene)
        {
            var seeker = People[random.Next(People.Length)];
            var found = 0;
            foreach (var text in Words)
            {
                var words = SearchWords.Create(text).Match(made => made, _ => throw new ArgumentException(text));
                var limit = random.Next(1, 5);
                var expected = Finding.Of(words, seeker, People.Select(one => Of(seeker, one)), limit);
                var actual = await scene.AskAsync(connection =>
                    DiscretionRows.FindAsync(connection, TenantId.Main, seeker, words, limit)
                );
                Assert.Equal(expected.Select(one => one.Person), actual.Select(one => one.Person));
                found += actual.Count;
            }
            return found;
        }

        private Findable Of(PersonId seeker, PersonId one)
        {
            var self = (Domain.People.State)streams.GetValueOrDefault(KeyOf(one), Person.New).State;
            var pair = (Domain.Pairs.State)
                streams.GetValueOrDefault(StreamKey.Of(TenantId.Main, seeker, one), Pair.New).State;
            return new Findable(one, self.Profile.Name, self.Privacy, new Terms(pair.AreFriends, pair.IsClosed));
        }

        private Privacy Kept() =>
            Privacy.Open with
            {
                Find = (Openness)random.Next(1, 4),
                Presence = (Openness)random.Next(2, 4),
                Receipts = (Openness)random.Next(1, 4),
            };

        private DisplayName? Named() =>
            random.Next(6) == 0
                ? null
                : DisplayName.Create(Names[random.Next(Names.Length)]).Match(made => made, _ => (DisplayName?)null!);

        private static StreamKey KeyOf(PersonId person) => StreamKey.Of(TenantId.Main, person);

        private Addition? Then(StreamKey stream, AnyStream fresh, AnyEvent happened)
        {
            if (!touched.Add(stream))
                return null;
            var before = streams.GetValueOrDefault(stream, fresh);
            var version = before.Version + 1;
            var recorded = new Recorded(stream, version, Guid.NewGuid(), happened, StoredEvents.NoOrigin, []);
            streams[stream] = before.Evolve(happened);
            return new Addition(stream, before.Version, Seq1(recorded), Empty, Empty, streams[stream]);
        }
    }
}
