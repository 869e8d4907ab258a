using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Host.Store;
using LanguageExt;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>What a decision relied on cannot change between its check and its COMMIT.</summary>
[Collection(StoreCollection.Name)]
public sealed class GuardRaceTests(StoreFixture fixture)
{
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task AStreamThatIsReliedOnWaitsUntilThatIsCommitted()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("pair", 0, Made(Ann)));
        await using var open = await Open.BeginAsync(scene, Add("room", 0, Made(Ann)), new Guard(Key("pair"), 1));
        var moving = scene.SendAsync(Add("pair", 1, Sent(Ann, 1, "x")));
        Assert.NotSame(moving, await Task.WhenAny(moving, Task.Delay(AWhile)));
        await open.CommitAsync();
        Assert.Equal(new Outcome.Committed(Empty, Empty), await moving);
    }

    [Fact]
    public async Task AStreamThatIsReliedOnNotToBeThereIsNotMadeMeanwhile()
    {
        await using var scene = await OpenAsync(fixture);
        await using var open = await Open.BeginAsync(scene, Add("room", 0, Made(Ann)), new Guard(Key("pair"), 0));
        var making = scene.SendAsync(Add("pair", 0, Made(Ann)));
        Assert.NotSame(making, await Task.WhenAny(making, Task.Delay(AWhile)));
        await open.CommitAsync();
        Assert.Equal(new Outcome.Committed(Empty, Empty), await making);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AGuardWaitsForWhoeverIsChangingItsStreamAndThenDoesNotHold(bool isThere)
    {
        await using var scene = await OpenAsync(fixture);
        if (isThere)
            await scene.CommitAsync(Add("pair", 0, Made(Ann)));
        var version = isThere ? 1 : 0;
        var change = isThere ? Add("pair", 1, Sent(Ann, 1, "x")) : Add("pair", 0, Made(Ann));
        await using var open = await Open.BeginAsync(scene, change);
        var guarded = Add("room", 0, Made(Ann)) with { Guards = Seq1(new Guard(Key("pair"), version)) };
        var relying = scene.SendAsync(guarded);
        Assert.NotSame(relying, await Task.WhenAny(relying, Task.Delay(AWhile)));
        await open.CommitAsync();
        Assert.Equal(new Outcome.Committed(Seq1(new Aside(Key("room"), Empty)), Empty), await relying);
    }

    [Fact]
    public async Task WhatWaitsForARowHoldsNoOtherAppendUp()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("pair", 0, Made(Ann)));
        await using var open = await Open.BeginAsync(scene, Add("pair", 1, Sent(Ann, 1, "x")));
        var waiting = scene.SendAsync(Of("pair", 1, Record("pair", 2, "b", Sent(Ann, 1, "y"))));
        var other = scene.SendAsync(Add("room", 0, Made(Ann)));
        Assert.Equal(new Outcome.Committed(Empty, Empty), await other.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(waiting.IsCompleted);
        await open.CommitAsync();
        Assert.Equal(new Outcome.Committed(Seq1(new Aside(Key("pair"), Empty)), Empty), await waiting);
    }

    [Fact]
    public async Task ATakeoverWaitsForWhatIsUnderWayAndARenewalDoesNot()
    {
        await using var scene = await OpenAsync(fixture);
        await using var open = await Open.BeginAsync(scene, Add("room", 0, Made(Ann)));
        await scene.RunAsync("update chat.chat_hosts set until = until + interval '1 s'");
        var taking = scene.RunAsync("select 1 from chat.chat_hosts for update");
        Assert.NotSame(taking, await Task.WhenAny(taking, Task.Delay(AWhile)));
        await open.CommitAsync();
        await taking;
    }

    /// <summary>An append between its last statement and its COMMIT.</summary>
    private sealed class Open : IAsyncDisposable
    {
        private readonly NpgsqlConnection connection;
        private readonly NpgsqlTransaction transaction;

        private Open(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
            (this.connection, this.transaction) = (connection, transaction);

        public static async Task<Open> BeginAsync(Scene scene, Addition addition, params Guard[] guards)
        {
            var connection = new NpgsqlConnection(scene.Connection);
            await connection.OpenAsync();
            var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction);
            var relied = toSeq(guards).Strict();
            Statements.Fill(batch, Scene.Host, scene.Epoch, Rows.Of([addition]), relied, Empty);
            await batch.ExecuteNonQueryAsync();
            return new Open(connection, transaction);
        }

        public Task CommitAsync() => transaction.CommitAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
