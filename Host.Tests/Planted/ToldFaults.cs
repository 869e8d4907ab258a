using System.Collections.Concurrent;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of who is told what, as it happens.</summary>
internal static class ToldFaults
{
    private static readonly ConcurrentDictionary<StreamKey, Map<PersonId, Member>> Everybody = new();
    private static readonly ConcurrentDictionary<StreamKey, Action> HeldBack = new();

    public static IEnumerable<Fault> All =>
        [
            new("tells whoever was put out what is said", 18) { Publish = (to, what) => to.Publish(With(what, Ever)) },
            new("tells members what was said before them", 22)
            {
                Publish = (to, what) => to.Publish(With(what, Seeing)),
            },
            new("leaves a hole in what it tells")
            {
                Publish = (to, what) => to.Publish(Only(what, recorded => recorded.Version % 4 != 0)),
            },
            new("tells later what came first") { Publish = Swap },
            new("does not tell whom it asks in")
            {
                Publish = (to, what) => to.Publish(Only(what, recorded => recorded.Event is not Event.Invited)),
            },
            new("tells of another author", 21)
            {
                Publish = (to, what) => to.Publish(what with { Events = what.Events.Map(Retold) }),
            },
        ];

    private static Output.Publish With(
        Output.Publish what,
        Func<StreamKey, Map<PersonId, Member>, Map<PersonId, Member>> members
    ) =>
        what.After is Stream<State, Command, Event> of
            ? what with
            {
                After = of with { Current = of.Current with { Members = members(what.Stream, of.Current.Members) } },
            }
            : what;

    private static Output.Publish Only(Output.Publish what, Func<Recorded, bool> isTold) =>
        what with
        {
            Events = what.Events.Filter(isTold),
        };

    private static Map<PersonId, Member> Ever(StreamKey stream, Map<PersonId, Member> now) =>
        Everybody.AddOrUpdate(stream, now, (_, before) => before.AddOrUpdateRange(now.AsEnumerable()));

    private static Map<PersonId, Member> Seeing(StreamKey _, Map<PersonId, Member> now) =>
        now.Map(member => member with { Access = [Interval.OpenFrom(1)] });

    private static void Swap(IPublisher to, Output.Publish what)
    {
        if (what.Events.Exists(recorded => recorded.Version % 3 == 0))
            HeldBack[what.Stream] = () => to.Publish(what);
        else
        {
            to.Publish(what);
            if (HeldBack.TryRemove(what.Stream, out var late))
                late();
        }
    }

    private static Recorded Retold(Recorded recorded) =>
        recorded.Event is Event.Reacted reacted
            ? recorded with
            {
                Event = new Event.Reacted(
                    reacted.Stamp with
                    {
                        By = PersonId.Of("somebody"),
                    },
                    reacted.Message,
                    reacted.Emoji
                ),
            }
            : recorded;
}
