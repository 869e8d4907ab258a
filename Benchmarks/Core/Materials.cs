using Chat.Domain.Conversations;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Benchmarks.Core;

/// <summary>What the benchmarks of the core are made of.</summary>
internal static class Materials
{
    public static readonly Instant Now = new(1_700_000_000_000);
    public static readonly DeviceId Device = DeviceId.Of("bench");

    public static Body Text { get; } =
        Body.Create(new string('x', 100))
            .Match(Succ: body => body, Fail: faults => throw new FormatException(faults.First().Rule));

    public static PersonId Person(int index) => PersonId.Of($"person-{index}");

    public static StreamKey Stream(int index) => StreamKey.Of(TenantId.Main, ConversationId.Of($"c{index:x32}"));

    public static Command.SendMessage Send { get; } = new(Text, null, Listing<PersonId>.Empty);

    /// <summary>A group with so many members.</summary>
    public static AnyStream Group(int members)
    {
        var others = Listing.From(Enumerable.Range(1, members - 1).Select(Person));
        var name = ConversationName.Create("bench").Match(Succ: name => name, Fail: _ => null!);
        var create = new Command.Create(ConversationKind.Group, others, name);
        return After(Conversation.New, new Context(Person(0), Device, Now), create);
    }

    /// <summary>Decides, and takes what came of it.</summary>
    public static AnyStream After(AnyStream stream, Context context, AnyCommand command) =>
        stream
            .Decide(context, command, Facts.Empty)
            .Match(
                Right: decision => stream.Fold(decision.Events),
                Left: refusal => throw new InvalidOperationException(refusal.Code)
            );

    /// <summary>A lane that holds its lease and these streams.</summary>
    public static Lane LaneWith(int streams, int members)
    {
        var group = Group(members);
        return LaneWith(streams, new LaneOptions(SnapshotEvery: int.MaxValue), _ => group);
    }

    /// <summary>The same of any bounds and streams.</summary>
    public static Lane LaneWith(int streams, LaneOptions options, Func<int, AnyStream> group)
    {
        var lane = Lane.Create(options);
        lane = Committing.Step(lane, new Input.LeaseTaken(1), Now).Lane;
        foreach (var index in Enumerable.Range(0, streams))
        {
            (lane, var asked) = Committing.Step(lane, new Input.Arrived(Seq1(Request(index, 0))), Now);
            var ask = asked.OfType<Output.Load>().Single().Ask;
            (lane, var outputs) = Committing.Step(lane, new Input.Loaded(Stream(index), group(index), 1, ask), Now);
            lane = Settle(lane, outputs);
        }
        return lane;
    }

    /// <summary>Tells the lane that what it wanted appended is committed.</summary>
    public static Lane Settle(Lane lane, Seq<Output> outputs)
    {
        var queue = new Queue<Output>(outputs);
        while (queue.TryDequeue(out var output))
            if (output is Output.Append append)
            {
                var committed = new Outcome.Committed(Empty, Empty);
                (lane, var more) = Committing.Step(lane, new Input.Settled(append.Batch.Number, committed), Now);
                foreach (var one in more)
                    queue.Enqueue(one);
            }
        return lane;
    }

    public static Arrival Request(int stream, int number) =>
        new Arrival.Request(
            number + 1,
            Stream(stream),
            Person(number % 2),
            Device,
            ClientId.Of($"m{number:D9}"),
            new Digest(1),
            Send
        );
}
