using Chat.Benchmarks.Core;
using Chat.Domain.Conversations;
using Chat.Host.Store;
using static LanguageExt.Prelude;

namespace Chat.Benchmarks.Limits;

/// <summary>
/// The host's own store under the same load as <see cref="Appending"/>: what fences, ids, encoding and derived rows add
/// to what PostgreSQL alone reaches.
/// </summary>
internal sealed class OwnAppend(CommitStore store, long epoch)
{
    public const string Name = "the host's append, 2 connections × 200";
    private const int Streams = 100;
    private const int Batch = 200;

    private static readonly Origin Origin = new(Materials.Device, ClientId.Of("m000000001"), new Digest(1));
    private readonly AnyStream[] streams = new AnyStream[Streams];
    private long batches;

    /// <summary>On a database that is the benchmark's own.</summary>
    public static async Task<Limit> MeasureAsync(Database database, TimeSpan measured, Func<double> cpu)
    {
        var taken = await new LeaseRows(database).TakeAsync(isSole: true, CancellationToken.None);
        var own = new OwnAppend(new CommitStore(database), taken!.Value.Epoch);
        await own.CommitAsync(Enumerable.Range(0, Streams).Select(Making));
        return await Loop.RunAsync(
            Name,
            2,
            measured,
            half => own.AppendAsync(half * Streams / 2, Streams / 2),
            Batch,
            cpu
        );
    }

    private Task AppendAsync(int from, int count) =>
        CommitAsync(Enumerable.Range(from, count).Select(index => Sends(index, Batch / count)));

    private async Task CommitAsync(IEnumerable<Addition> additions)
    {
        var batch = new Batch(Interlocked.Increment(ref batches), 0, epoch, toSeq(additions).Strict(), Empty);
        var outcome = await store.AppendAsync(batch);
        if (outcome is not Outcome.Committed { Aside.IsEmpty: true })
            throw new InvalidOperationException($"The append came to {outcome}.");
        foreach (var addition in batch.Additions)
            streams[IndexOf(addition.Stream)] = addition.After;
    }

    private static int IndexOf(StreamKey stream) => Convert.ToInt32(stream.Id[1..], 16);

    private static Addition Making(int index)
    {
        var members = Listing.From([Materials.Person(0), Materials.Person(1)]);
        var created = new Event.Created(
            new Stamp(Materials.Person(0), Materials.Now),
            ConversationKind.Group,
            members,
            null
        );
        return AdditionOf(Materials.Stream(index), Conversation.New, [created]);
    }

    private Addition Sends(int index, int count)
    {
        var (stream, stamp) = (streams[index], new Stamp(Materials.Person(0), Materials.Now));
        var body = new Content.Present(Materials.Text);
        var sends = Enumerable
            .Range(0, count)
            .Select(next => new Event.MessageSent(stamp, stream.Version + next, body, null, Listing<PersonId>.Empty));
        return AdditionOf(Materials.Stream(index), stream, [.. sends]);
    }

    private static Addition AdditionOf(StreamKey key, AnyStream stream, AnyEvent[] events)
    {
        var recorded = events.Select(
            (happened, next) =>
                new Recorded(key, stream.Version + next + 1, Guid.NewGuid(), happened, Origin, Listing<Guard>.Empty)
        );
        return new Addition(key, stream.Version, toSeq(recorded).Strict(), Empty, Empty, stream.Fold(events));
    }
}
