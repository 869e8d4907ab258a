using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using LanguageExt;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Tests.Store;

/// <summary>What is read from a standby is what the primary would have told, or less old than it promises.</summary>
public sealed class ReplicaTests(StandbyFixture servers) : IClassFixture<StandbyFixture>
{
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public async Task APageIsThePrimarysHoweverFarBehindTheStandbyIs(int seed)
    {
        await using var scene = await SceneAsync();
        var (random, stream) = (new Random(seed), $"r{seed}");
        var events = Traces.Random(stream, seed, 160);
        var (counts, isHeld) = (new Counts(), false);
        for (var at = 0; at < events.Count; isHeld = !isHeld)
        {
            await using var held = isHeld ? await servers.HoldAsync() : null;
            var piece = events.Skip(at).Take(random.Next(1, 8)).ToList();
            await scene.CommitAsync(Of(stream, at, toSeq(piece).Strict()));
            at += piece.Count;
            if (held is null)
                await servers.FollowAsync(scene);
            foreach (var person in Traces.People)
                await AreTheSameAsync(scene, stream, person, random.NextInt64(0, 110), counts);
        }
        Assert.True(counts is { Standby: > 3, Primary: > 3 }, $"{counts.Standby} there, {counts.Primary} here");
    }

    private static async Task AreTheSameAsync(Scene scene, string stream, PersonId person, long seq, Counts counts)
    {
        var from = (Anchor.Before, seq);
        await scene.AskAsync(async connection =>
        {
            var found = await PersonReads.StandingAsync(connection, person, Key(stream));
            if (found.Case is not InboxRow { Standing: Standing.Member } row)
                return 0;
            var expected = await HistoryReads.PageAsync(connection, row.Stream, row.Sight, from, 20);
            var page = await scene.Database.Replica.ReadAsync(
                connection,
                row,
                (where, sight) =>
                    counts.Of(where, connection, HistoryReads.PageAsync(where, row.Stream, sight, from, 20))
            );
            Assert.Equal(expected, page);
            return 0;
        });
    }

    [Fact]
    public async Task WhatWasTakenBackIsNotReadWhereItIsStillThere()
    {
        await using var scene = await SceneAsync();
        var said = Sent(Ann, 1, "a secret");
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), said));
        await servers.FollowAsync(scene);
        await using (await servers.HoldAsync())
        {
            var back = new Event.MessageRedacted(By(Ann), new MessageRef(1, 2, Ann), Ann, null);
            await scene.CommitAsync(Add("one", 2, back));
            Assert.DoesNotContain("a secret", Text(await HistoryAsync(scene, Bob, "one")), StringComparison.Ordinal);
        }
    }

    // A standby can be ahead of what was known when it was decided who sees what: she went between the two.
    [Fact]
    public async Task WhatWasSaidAfterSomebodyWentIsNotReadByWhereTheyStoodBefore()
    {
        await using var scene = await SceneAsync();
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "to both")));
        var before = await scene.AskAsync(connection => PersonReads.StandingAsync(connection, Bob, Key("one")));
        await scene.CommitAsync(Add("one", 2, new Event.Left(By(Bob)), Sent(Ann, 2, "behind his back")));
        await servers.FollowAsync(scene);
        var (row, counts) = ((InboxRow)before.Case!, new Counts());
        var page = await scene.AskAsync(connection =>
            scene.Database.Replica.ReadAsync(
                connection,
                row,
                (where, sight) =>
                    counts.Of(
                        where,
                        connection,
                        HistoryReads.PageAsync(where, row.Stream, sight, (Anchor.Before, 99), 20)
                    )
            )
        );
        Assert.Equal((1, 0), (counts.Standby, counts.Primary));
        Assert.Equal([1L], page.Messages.Select(message => message.Seq));
        Assert.False(page.More);
    }

    [Fact]
    public async Task WhatIsFoundIsSeenByWhatIsSoNow()
    {
        await using var scene = await SceneAsync();
        await scene.CommitAsync(
            Add("left", 0, Made(Ann, Bob), Sent(Ann, 1, "plums here")),
            Add("back", 0, Made(Ann, Bob), Sent(Ann, 1, "plums taken back")),
            Add("stay", 0, Made(Ann, Bob), Sent(Ann, 1, "plums to keep"))
        );
        await Searching.IndexAsync(scene);
        await servers.FollowAsync(scene);
        // Somebody asked a moment ago, however busy the machine: a standby that had come as far as that will do.
        scene.Database.Replica.MostBehind = TimeSpan.FromMinutes(10);
        Assert.Equal(3, (await Searching.FindAsync(scene, Bob, "plums")).Count);
        await using (await servers.HoldAsync())
        {
            var redacted = new Event.MessageRedacted(By(Ann), new MessageRef(1, 2, Ann), Ann, null);
            await scene.CommitAsync(Add("left", 2, new Event.Left(By(Bob))), Add("back", 2, redacted));
            Assert.Equal(["stay 1"], await Searching.FindAsync(scene, Bob, "plums"));
        }
    }

    [Fact]
    public async Task AnotherDatabaseIsNoStandbyOfThisOne()
    {
        await using var scene = await SceneAsync();
        await scene.CommitAsync(Add("one", 0, Made(Ann), Sent(Ann, 1, "here")));
        await servers.FollowAsync(scene);
        var counts = new Counts();
        await using (await servers.HoldAsync())
        {
            await scene.RunAsync("update chat.chat_meta set db_epoch = gen_random_uuid()");
            await AreTheSameAsync(scene, "one", Ann, 99, counts);
        }
        Assert.Equal((0, 1), (counts.Standby, counts.Primary));
        await servers.FollowAsync(scene);
        await AreTheSameAsync(scene, "one", Ann, 99, counts);
        Assert.Equal((1, 1), (counts.Standby, counts.Primary));
    }

    [Fact]
    public async Task WhereNoStandbyAnswersThePrimaryDoes()
    {
        await using var scene = await SceneAsync("Host=127.0.0.1;Port=1;Username=chat;Database=chat");
        await scene.CommitAsync(Add("one", 0, Made(Ann), Sent(Ann, 1, "plums here")));
        var counts = new Counts();
        await AreTheSameAsync(scene, "one", Ann, 99, counts);
        await Searching.IndexAsync(scene);
        Assert.Equal(["one 1"], await Searching.FindAsync(scene, Ann, "plums"));
        Assert.Equal((0, 1), (counts.Standby, counts.Primary));
    }

    private static async Task<HistoryPage> HistoryAsync(Scene scene, PersonId person, string conversation)
    {
        var ask = new Ask.History(ConversationId.Of(conversation), Anchor.Before, 99, 50);
        return (await Searching.QueriesOf(scene).AnswerAsync(person, DeviceId.Of("phone"), ask))
            .Bind(bytes => Decoding.Answer(bytes, Decoding.History))
            .Match(Right: page => page, Left: refusal => throw new InvalidOperationException(refusal.Code));
    }

    private static string Text(HistoryPage page) => string.Join('\n', page.Messages.Select(one => one.Content));

    private async Task<Scene> SceneAsync(string? replica = null)
    {
        var (primary, standby) = await servers.NewAsync();
        return await OpenAsync(primary, replica ?? standby);
    }

    /// <summary>Who was read.</summary>
    private sealed class Counts
    {
        public int Standby { get; private set; }
        public int Primary { get; private set; }

        public Task<T> Of<T>(NpgsqlConnection where, NpgsqlConnection primary, Task<T> read)
        {
            if (ReferenceEquals(where, primary))
                Primary++;
            else
                Standby++;
            return read;
        }
    }
}
