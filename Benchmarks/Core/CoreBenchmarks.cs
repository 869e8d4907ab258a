using BenchmarkDotNet.Attributes;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Protocol;
using Chat.Protocol.Wire;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Benchmarks.Core;

/// <summary>What the pure part costs: no socket, no database, no clock.</summary>
public class CoreBenchmarks
{
    private const int Streams = 100;
    private const int Arrivals = 200;

    private readonly AnyStream group = Materials.Group(10);
    private readonly Context context = new(Materials.Person(1), Materials.Device, Materials.Now);
    private readonly Lane lane = Materials.LaneWith(Streams, 2);
    private readonly Seq<Arrival> arrivals = toSeq(
            Enumerable.Range(0, Arrivals).Select(number => Materials.Request(number % Streams, number))
        )
        .Strict();
    private readonly byte[] body = RequestBodies.Of(Materials.Send, ClientId.Of("m000000001"));
    private readonly string subject = Subjects.Request(
        Materials.Person(1),
        Materials.Device,
        "conversation",
        "c00000000000000000000000000000001",
        "send"
    );
    private readonly ConversationId conversation = ConversationId.Of("c00000000000000000000000000000001");
    private readonly Seen sent = new Seen.Shown(
        7,
        new Event.MessageSent(
            new Stamp(Materials.Person(1), Materials.Now),
            3,
            new Content.Present(Materials.Text),
            null,
            Listing<PersonId>.Empty
        )
    );

    /// <summary>A send in a group of ten, decided and taken.</summary>
    [Benchmark]
    public object DecideAndEvolve() => Materials.After(group, context, Materials.Send);

    /// <summary>200 sends for 100 streams come in, and become a batch.</summary>
    [Benchmark(OperationsPerInvoke = Arrivals)]
    public object Step() => Committing.Step(lane, new Input.Arrived(arrivals), Materials.Now);

    /// <summary>The same, and the batch is settled: answers, and what is to be published.</summary>
    [Benchmark(OperationsPerInvoke = Arrivals)]
    public object StepAndSettle()
    {
        var (next, outputs) = Committing.Step(lane, new Input.Arrived(arrivals), Materials.Now);
        return Materials.Settle(next, outputs);
    }

    /// <summary>A message as it is sent to who sees it.</summary>
    [Benchmark]
    public byte[] EncodeEvent() => Events.Encode(conversation, sent);

    /// <summary>A send from its subject and body.</summary>
    [Benchmark]
    public object ParseRequest() =>
        Subjects
            .ParseRequest(subject)
            .Map(address => Fields.Read(body).Bind(fields => Requests.Parse(address, fields)));
}
