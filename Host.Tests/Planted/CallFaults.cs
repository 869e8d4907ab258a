using Chat.Domain.Calls;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Chat.Spec.Mistakes;
using LanguageExt;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of calls: who is on one, what devices are told and pass on, and what is kept.</summary>
internal static class CallFaults
{
    // The first scenario that is of calls.
    private const int OfCalls = 57;

    // The scenario in which nobody takes a call.
    private const int OfMissed = 49;

    public static IEnumerable<Fault> All =>
        [
            Decided("lets people be on two calls", CallMistakes.neverBusy.Lines),
            Decided("lets a second device take a call", CallMistakes.takesTwice.Lines),
            Decided("keeps nothing of a call", CallMistakes.leavesNoLine.Lines),
            Decided("keeps a call twice", CallMistakes.keepsTwice.Lines),
            new("tells another end of a call", OfCalls)
            {
                Publish = (to, what) => to.Publish(what with { After = Otherwise(what.After) }),
            },
            new("tells nobody that a call was taken", OfCalls)
            {
                Publish = (to, what) =>
                {
                    if (!what.Events.Exists(recorded => recorded.Event is Event.Answered))
                        to.Publish(what);
                },
            },
            new("passes on to a third what is for one", OfCalls)
            {
                Besides = (person, device, ask) =>
                    ask is Ask.PassOn pass ? Passed(pass, person, device, Third(person, pass.Other)) : null,
            },
            new("passes on what it refuses to", OfCalls)
            {
                Besides = (person, device, ask) =>
                    ask is Ask.PassOn pass ? Passed(pass, person, device, pass.Other) : null,
            },
            Fault.Of<Ask.History, HistoryPage>(
                "leaves calls out of pages",
                OfCalls,
                Decoding.History,
                (_, page) => Answers.Ok(page with { Lines = [] })
            ),
            Fault.Of<Ask.History, HistoryPage>(
                "leaves calls out around a message",
                OfCalls,
                Decoding.History,
                (ask, page) => Answers.Ok(ask.Anchor is Anchor.Around ? page with { Lines = [] } : page)
            ),
            Fault.Of<Ask.CallWith, Option<Call>>(
                "finds no call that is over",
                OfCalls,
                CallAnswers.Last,
                (_, last) =>
                    CallAnswers.Ok(last.Filter(call => call.Over is null).MatchUnsafe(call => call, () => null))
            ),
        ];

    /// <summary>Faults of calls that nobody takes: each takes as long to find as a call rings.</summary>
    public static IEnumerable<Fault> OfWhatIsMissed =>
        [
            Decided("lets a call ring on that nobody takes", CallMistakes.ringsOn.Lines) with
            {
                From = OfMissed,
            },
            Decided("keeps nothing of a missed call", CallMistakes.keepsNothing.Lines) with
            {
                From = OfMissed,
            },
            new("tells nobody that a call was missed", OfMissed)
            {
                Publish = (to, what) =>
                {
                    if (!what.Events.Exists(recorded => recorded.Event is Event.Ended { How: Ending.Missed }))
                        to.Publish(what);
                },
            },
        ];

    private static AnyStream Otherwise(AnyStream stream) =>
        stream is Stream<State, Command, Event> { Current.Last: { Over: (Ending.HungUp, var at) } call } line
            ? line with
            {
                Current = new State(call with { Over = (Ending.Missed, at) }),
            }
            : stream;

    private static (string, byte[]) Passed(Ask.PassOn pass, PersonId from, DeviceId device, PersonId to) =>
        (Subjects.CallSignal(to, from), CallAnswers.Passed(new CallPassed(pass.Number, from, device, pass.Data)));

    private static PersonId Third(PersonId one, PersonId other)
    {
        var run = one.Value[one.Value.IndexOf('-', StringComparison.Ordinal)..];
        return new[] { "ann", "bob", "cid" }
            .Select(name => PersonId.Of(name + run))
            .First(id => id != one && id != other);
    }

    private static Fault Decided(string name, Decider<State, Command, Event> mistaken) =>
        new(name, OfCalls)
        {
            Load = stream => stream is Stream<State, Command, Event> of ? of with { Decider = mistaken } : stream,
        };
}
