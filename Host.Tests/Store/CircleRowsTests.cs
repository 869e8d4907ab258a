using System.Globalization;
using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Pairs;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Host.Store;
using Chat.Protocol.Stored;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;
using Bound = Chat.Domain.Pairs.Event;

namespace Chat.Host.Tests.Store;

/// <summary>
/// The circles that suggestions are counted from are what the friendships and the openness of people come to, whatever
/// happens in one batch or in several at once.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class CircleRowsTests(StoreFixture fixture)
{
    private const string Circles = """
        select c.person, c.open, array_to_string(array(
            select (case when n > 0 then '+' else '-' end) || o.person
            from unnest(chat.chat_circle_numbers(c.friends)) as n
            join chat.chat_circles o on o.number = abs(n) order by o.person), ',')
        from chat.chat_circles c order by c.person
        """;

    private static readonly PersonId[] People = [.. Enumerable.Range(0, 9).Select(n => PersonId.Of($"person-{n}"))];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public async Task Circles_are_the_friendships_as_they_are(int seed, int atOnce)
    {
        await using var scene = await OpenAsync(fixture);
        var world = new World(new Random(seed));
        for (var round = 0; round < 40; round++)
        {
            var additions = Enumerable.Range(0, 8).Select(_ => world.Next()).OfType<Addition>().ToList();
            // Each goes to a stream of its own, so that they may be in one batch or in several at the same time.
            await Task.WhenAll(additions.Chunk((additions.Count + atOnce - 1) / atOnce).Select(scene.CommitAsync));
            world.Turn();
            Assert.Equal(world.Rows(), await scene.RowsAsync(Circles));
        }
    }

    [Fact]
    public async Task A_database_of_before_gets_the_circles_of_the_friendships_that_there_are()
    {
        await using var scene = await OpenAsync(fixture);
        var world = new World(new Random(5));
        for (var round = 0; round < 30; round++)
        {
            if (world.Next(isClosed: true) is { } addition)
                await scene.CommitAsync(addition);
            world.Turn();
        }
        // Who was a friend once and is nobody's any more has no row then.
        var expected = world.Rows().Where(row => !row.EndsWith(' ')).ToArray();
        await scene.RunAsync("drop table chat.chat_circles; update chat.chat_meta set schema_version = 9");
        await using var again = await Database.OpenAsync(new DatabaseOptions(scene.Connection, Scene.Host));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, await scene.RowsAsync(Circles));
    }

    [Fact]
    public async Task A_database_in_which_they_are_arrays_has_them_packed()
    {
        await using var scene = await OpenAsync(fixture);
        var world = new World(new Random(6));
        for (var round = 0; round < 60; round++)
        {
            if (world.Next() is { } addition)
                await scene.CommitAsync(addition);
            world.Turn();
        }
        await scene.RunAsync(
            """
            alter table chat.chat_circles alter column friends drop default;
            alter table chat.chat_circles alter column friends type int[] using chat.chat_circle_numbers(friends);
            update chat.chat_meta set schema_version = 11
            """
        );
        await using var again = await Database.OpenAsync(new DatabaseOptions(scene.Connection, Scene.Host));
        Assert.Equal(world.Rows(), await scene.RowsAsync(Circles));
    }

    [Theory]
    [InlineData(0x03040506, "16909060 84281096 -50595079")]
    [InlineData(0x05060708, "16909060 7 -50595079")]
    [InlineData(-0x03040507, "16909060 84281096 7")]
    public async Task What_begins_within_another_number_is_none(int number, string after)
    {
        await using var scene = await OpenAsync(fixture);
        const string Sql = """
            select array_to_string(chat.chat_circle_numbers(chat.chat_circle_with(
                chat.chat_circle_pack(array[16909060, 84281096, -50595079]), {0}, 7)), ' ')
            """;
        Assert.Equal([after], await scene.RowsAsync(string.Format(CultureInfo.InvariantCulture, Sql, number)));
    }

    /// <summary>Who is friends with whom and who is open, and what happens next; nothing twice in a turn.</summary>
    private sealed class World(Random random)
    {
        private readonly Dictionary<StreamKey, AnyStream> streams = [];
        private readonly System.Collections.Generic.HashSet<(int, int)> friends = [];
        private readonly System.Collections.Generic.HashSet<int> open = [];
        private readonly System.Collections.Generic.HashSet<int> known = [];
        private readonly System.Collections.Generic.HashSet<StreamKey> touched = [];

        public void Turn() => touched.Clear();

        public Addition? Next(bool isClosed = false)
        {
            var (one, other) = (random.Next(People.Length), random.Next(People.Length));
            if (!isClosed && random.Next(3) == 0)
                return Opens(one, random.Next(2) == 0);
            return one == other ? null : Binds(Math.Min(one, other), Math.Max(one, other), random.Next(5));
        }

        private Addition? Opens(int one, bool isOpen)
        {
            var privacy = Privacy.Open with { MayMeet = isOpen };
            var stream = StreamKey.Of(TenantId.Main, People[one]);
            var change = new Domain.People.Event.PrivacyChanged(By(People[one]), privacy);
            if (Then(stream, Person.New, change) is not { } addition)
                return null;
            if (isOpen ? open.Add(one) : open.Remove(one))
                known.Add(one);
            return addition;
        }

        private Addition? Binds(int one, int other, int how)
        {
            var (by, of) = (By(People[one]), People[other]);
            Bound happened = how switch
            {
                0 => new Bound.Removed(by, of),
                1 => new Bound.Blocked(by, of),
                _ => new Bound.Befriended(by, of),
            };
            if (Then(StreamKey.Of(TenantId.Main, People[one], of), Pair.New, happened) is not { } addition)
                return null;
            if (how > 1)
                friends.Add((one, other));
            else
                friends.Remove((one, other));
            known.UnionWith([one, other]);
            return addition;
        }

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

        public string[] Rows() =>
            [.. known.Order().Select(one => $"{People[one]} {open.Contains(one)} {string.Join(',', FriendsOf(one))}")];

        private IEnumerable<string> FriendsOf(int one) =>
            Enumerable
                .Range(0, People.Length)
                .Where(other => friends.Contains((Math.Min(one, other), Math.Max(one, other))))
                .Select(other => $"{(open.Contains(other) ? '+' : '-')}{People[other]}");
    }
}
