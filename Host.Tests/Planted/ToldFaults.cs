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
            new("tells whoever was put out what is said", 18)
            {
                Publish = (to, stream, after, events) => to.Publish(stream, With(after, stream, Ever), events),
            },
            new("tells members what was said before them", 22)
            {
                Publish = (to, stream, after, events) => to.Publish(stream, With(after, stream, Seeing), events),
            },
            new("leaves a hole in what it tells")
            {
                Publish = (to, stream, after, events) =>
                    to.Publish(stream, after, events.Filter(recorded => recorded.Version % 4 != 0)),
            },
            new("tells later what came first") { Publish = Swap },
            new("does not tell whom it asks in")
            {
                Publish = (to, stream, after, events) =>
                    to.Publish(stream, after, events.Filter(recorded => recorded.Event is not Event.Invited)),
            },
            new("tells of another author", 21)
            {
                Publish = (to, stream, after, events) => to.Publish(stream, after, events.Map(Retold)),
            },
        ];

    private static AnyStream With(
        AnyStream after,
        StreamKey stream,
        Func<StreamKey, Map<PersonId, Member>, Map<PersonId, Member>> members
    ) =>
        after is Stream<State, Command, Event> of
            ? of with
            {
                Current = of.Current with { Members = members(stream, of.Current.Members) },
            }
            : after;

    private static Map<PersonId, Member> Ever(StreamKey stream, Map<PersonId, Member> now) =>
        Everybody.AddOrUpdate(stream, now, (_, before) => before.AddOrUpdateRange(now.AsEnumerable()));

    private static Map<PersonId, Member> Seeing(StreamKey _, Map<PersonId, Member> now) =>
        now.Map(member => member with { Access = [Interval.OpenFrom(1)] });

    private static void Swap(IPublisher to, StreamKey stream, AnyStream after, Seq<Recorded> events)
    {
        if (events.Exists(recorded => recorded.Version % 3 == 0))
            HeldBack[stream] = () => to.Publish(stream, after, events);
        else
        {
            to.Publish(stream, after, events);
            if (HeldBack.TryRemove(stream, out var late))
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
