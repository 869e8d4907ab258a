using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using Chat.Host.Nats;
using Chat.Protocol.Wire;
using LanguageExt;
using NATS.Client.Core;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Planted;

/// <summary>A fault of a host: where it does otherwise, one of these is not what it is by default.</summary>
/// <param name="Name">What the host does.</param>
/// <param name="From">
/// The first scenario that shows it: the usual run begins there, <c>--long</c> with the first of all.
/// </param>
internal sealed record Fault(string Name, int From = 0)
{
    public Func<ICommitStore, Batch, Task<Outcome>> Append { get; init; } = (store, batch) => store.AppendAsync(batch);

    public Func<AnyStream, AnyStream> Load { get; init; } = stream => stream;

    public Func<Facts, Facts> Gather { get; init; } = facts => facts;

    public Func<Digest, Digest> Digest { get; init; } = digest => digest;

    public Action<IPublisher, Output.Publish> Publish { get; init; } = (publisher, what) => publisher.Publish(what);

    public Func<IPublisher, StreamKey, Seq<Recorded>, Task?> Withdraw { get; init; } =
        (publisher, stream, events) => publisher.Withdraw(stream, events);

    public Func<IQueries, PersonId, DeviceId, Ask, Task<Either<Refusal, byte[]>>> Answer { get; init; } =
        (queries, person, device, ask) => queries.AnswerAsync(person, device, ask);

    /// <summary>What somebody is told besides, when something was answered, and where: nobody anything.</summary>
    public Func<PersonId, DeviceId, Ask, (string Subject, byte[] Payload)?> Besides { get; init; } = (_, _, _) => null;

    /// <summary>A fault of one kind of answer, which is read, changed, and written again.</summary>
    public static Fault Of<TAsk, T>(string name, int from, Func<Fields, T> read, Func<TAsk, T, byte[]> changed)
        where TAsk : Ask =>
        new(name, from)
        {
            Answer = async (queries, person, device, ask) =>
            {
                var answer = await queries.AnswerAsync(person, device, ask);
                return ask is TAsk of
                    ? answer.Bind(bytes => Decoding.Answer(bytes, read).Map(found => changed(of, found)))
                    : answer;
            },
        };
}

/// <summary>Stands between the parts of a host, and has the fault of the moment; none, while it is null.</summary>
internal sealed class FaultyParts
{
    private static readonly Fault None = new("none");
    private Fault fault = None;

    /// <summary>Tells what is told besides.</summary>
    public INatsConnection? Connection { get; set; }

    public Fault? Fault
    {
        get => fault;
        set => fault = value ?? None;
    }

    public Seams Seams =>
        new()
        {
            Store = store => new Store(this, store),
            Publisher = publisher => new Publisher(this, publisher),
            Queries = queries => new Queries(this, queries),
            Digests = digests => new Digests(this, digests),
        };

    private sealed class Store(FaultyParts parts, ICommitStore right) : ICommitStore
    {
        public Task<Outcome> AppendAsync(Batch batch) => parts.fault.Append(right, batch);

        public async Task<(AnyStream Current, long SnapshotVersion)> LoadAsync(StreamKey stream)
        {
            var (current, version) = await right.LoadAsync(stream);
            return (parts.fault.Load(current), version);
        }

        public async Task<(long Version, Facts Facts)> GatherAsync(StreamKey stream, Seq<AnyFactKey> keys)
        {
            var (version, facts) = await right.GatherAsync(stream, keys);
            return (version, parts.fault.Gather(facts));
        }

        public Task<Seq<Recorded>> LookUpAsync(Seq<Guid> ids) => right.LookUpAsync(ids);

        public Task SaveSnapshotAsync(StreamKey stream, AnyStream current) => right.SaveSnapshotAsync(stream, current);

        public Task<IReadOnlyList<Reminder>> DueByAsync(Instant now) => right.DueByAsync(now);

        public Task RemindAsync(StreamKey stream, long version, Option<Instant> at) =>
            right.RemindAsync(stream, version, at);
    }

    private sealed class Publisher(FaultyParts parts, IPublisher right) : IPublisher
    {
        public void Publish(Output.Publish committed) => parts.fault.Publish(right, committed);

        public Task? Withdraw(StreamKey stream, Seq<Recorded> events) => parts.fault.Withdraw(right, stream, events);

        public void PublishMarks(AnyStream stream, MarkSet marks) => right.PublishMarks(stream, marks);
    }

    private sealed class Queries(FaultyParts parts, IQueries right) : IQueries
    {
        public async Task<Either<Refusal, byte[]>> AnswerAsync(PersonId person, DeviceId device, Ask ask)
        {
            var answer = await parts.fault.Answer(right, person, device, ask);
            if (
                parts.fault.Besides(person, device, ask) is var (subject, payload)
                && parts.Connection is { } connection
            )
                await connection.PublishAsync(subject, payload);
            return answer;
        }
    }

    private sealed class Digests(FaultyParts parts, IDigests right) : IDigests
    {
        public async ValueTask<Digest> OfAsync(PersonId person, byte[] normal) =>
            parts.fault.Digest(await right.OfAsync(person, normal));
    }
}
