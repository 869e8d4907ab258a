using BenchmarkDotNet.Attributes;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using static LanguageExt.Prelude;

namespace Chat.Benchmarks.Core;

/// <summary>All that is decided of a send in a group of ten, however much was said there before.</summary>
public class SendBenchmarks
{
    private const int Members = 10;

    private readonly Context context = new(Materials.Person(1), Materials.Device, Materials.Now);
    private AnyStream group = Conversation.New;

    /// <summary>Messages before it.</summary>
    [Params(0, 1_000_000)]
    public int Past { get; set; }

    /// <summary>A group that has them behind it.</summary>
    [GlobalSetup]
    public void Talk()
    {
        group = Materials.Group(Members);
        for (var said = 0; said < Past; said++)
            group = Materials.After(group, context, Materials.Send);
    }

    /// <summary>Whether it may be, what it comes to, and what each of the ten is shown of it.</summary>
    [Benchmark]
    public object DecideEvolveAndShow()
    {
        var decision = group
            .Decide(context, Materials.Send, Facts.Empty)
            .Match(Right: one => one, Left: refusal => throw new InvalidOperationException(refusal.Code));
        var after = group.Fold(decision.Events);
        var (state, happened) = ((State)after.State, (Event)decision.Events[0]);
        var shown = 0;
        foreach (var person in state.Members.Keys)
        {
            var sight = Sight.Of(Visibility.AccessOf(state, person, after.Version, happened));
            shown += Visibility.Show(sight, after.Version, happened) is Seen.Shown ? 1 : 0;
        }
        return shown == Members ? after : throw new InvalidOperationException($"{shown} are shown it");
    }
}
