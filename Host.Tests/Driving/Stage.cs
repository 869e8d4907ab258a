using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using Chat.Host.Store;
using Chat.Protocol;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Host.Tests.Driving;

/// <summary>Two lanes over a real store, with conversations by rules of the test's own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly Waking waking;
    private int asked;

    public Stage(Database database, Decider<State, Command, Event> decider, IPublisher publisher)
    {
        var store = new Played(new CommitStore(database), decider);
        var clock = TimeProvider.System;
        Lanes = new Lanes(
            2,
            new LaneOptions(),
            store,
            publisher,
            () => Now,
            () => IsHeld,
            clock,
            NullLoggerFactory.Instance
        );
        Lanes.Post(new Input.LeaseTaken(1));
        waking = new Waking(Lanes, store, () => Now, clock, NullLogger.Instance);
    }

    public Lanes Lanes { get; }

    /// <summary>Whether the lease runs.</summary>
    public bool IsHeld { get; set; } = true;

    private static Instant Now => new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    /// <summary>A stream of one lane or the other.</summary>
    public static StreamKey Of(int lane) =>
        Enumerable
            .Range(0, 100)
            .Select(n => Store.Scene.Key($"stage-{n}"))
            .First(stream => Routing.BucketOf(stream) % 2 == lane);

    public Task<Reply> AskAsync(StreamKey stream, PersonId person, Command command)
    {
        var client = ClientId.Of($"stage-{Interlocked.Increment(ref asked)}");
        return Lanes.SubmitAsync(
            new Arrival.Request(0, stream, person, DeviceId.Of("phone"), client, new Digest(1), command)
        );
    }

    public async ValueTask DisposeAsync()
    {
        await waking.DisposeAsync();
        await Lanes.DisposeAsync();
    }

    /// <summary>The store, whose streams play by other rules.</summary>
    private sealed class Played(ICommitStore store, Decider<State, Command, Event> decider) : ICommitStore
    {
        public async Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(StreamKey stream)
        {
            var (current, version) = await store.LoadAsync(stream);
            var state = (State)current.State;
            return (new Stream<State, Command, Event>(decider, state, current.Version, current.LastAt), version);
        }

        public Task<Outcome> AppendAsync(Batch batch) => store.AppendAsync(batch);

        public Task<(long Version, Facts Facts)> GatherAsync(StreamKey stream, Seq<AnyFactKey> keys) =>
            store.GatherAsync(stream, keys);

        public Task<Seq<Recorded>> LookUpAsync(Seq<Guid> ids) => store.LookUpAsync(ids);

        public Task SaveSnapshotAsync(StreamKey stream, AnyStream current) => store.SaveSnapshotAsync(stream, current);

        public Task<IReadOnlyList<Reminder>> DueByAsync(Instant now) => store.DueByAsync(now);

        public Task RemindAsync(StreamKey stream, long version, Option<Instant> at) =>
            store.RemindAsync(stream, version, at);
    }
}

/// <summary>Says nothing to anybody, and holds its lane up where it is told to.</summary>
internal sealed class Silence : IPublisher
{
    /// <summary>Open, unless what is published of this stream is to wait.</summary>
    public ManualResetEventSlim Gate { get; } = new(true);

    public StreamKey? Held { get; set; }

    public void Publish(Output.Publish committed)
    {
        if (committed.Stream == Held)
            Gate.Wait();
    }

    public void PublishMarks(AnyStream stream, MarkSet marks) { }
}
