using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Pairs;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Chat.Spec.Mistakes;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of what is between two people, and of what a block hides.</summary>
internal static class PairFaults
{
    // Where people befriend and block each other: the conversation of two, one among three, and no conversation.
    private const int OfTwo = 26;
    private const int AmongThree = 27;
    private const int Asking = 28;
    private const int Reaching = 29;

    public static IEnumerable<Fault> All =>
        [
            Decided("lets a request through a block", OfTwo, PairMistakes.hearsThroughABlock),
            Decided("tells whoever asked of a no", Asking, PairMistakes.tellsOfADecline),
            Decided("leaves the conversation of two open", OfTwo, PairMistakes.leavesItOpen),
            new("tells nobody who is their friend", Asking)
            {
                Publish = (to, what) =>
                {
                    if (what.Stream.Kind is not StreamKind.Pair)
                        to.Publish(what);
                },
            },
            new("tells both of a block", Asking)
            {
                Publish = (to, what) => to.Publish(what with { After = ToldToBoth(what.After) }),
            },
            Fault.Of<Ask.Friends, FriendsPage>(
                "lists no blocks",
                Asking,
                PairAnswers.Friends,
                (_, page) =>
                    PairAnswers.Ok(
                        page with
                        {
                            Friends = Listing.From(page.Friends.Where(one => !one.View.HasBlocked)),
                        }
                    )
            ),
            new("puts people where they are closed out", Reaching) { Gather = Opened },
            new("goes on to tell what a block hides", AmongThree)
            {
                Withdraw = (to, stream, events) => stream.Kind is StreamKind.Pair ? null : to.Withdraw(stream, events),
            },
            AsCid<Ask.History>("shows what a block hides", AmongThree),
            AsCid<Ask.Get>("says what whoever is blocked is called", AmongThree),
            AsCid<Ask.Search>("finds what a block hides", AmongThree),
            Fault.Of<Ask.Resume, ResumePage>(
                "lets people keep what a block hides",
                AmongThree,
                Decoding.Resume,
                (ask, page) => Answers.Ok(ask.Cursor is null ? page : page with { Conversations = Missed(page) })
            ),
        ];

    private static Fault Decided(string name, int from, Decider<State, Command, Event> mistaken) =>
        new(name, from)
        {
            Load = stream => stream is Stream<State, Command, Event> of ? of with { Decider = mistaken } : stream,
        };

    // Of three who were in from the beginning, one has nothing to do with blocks.
    private static Fault AsCid<TAsk>(string name, int from)
        where TAsk : Ask =>
        new(name, from)
        {
            Answer = (queries, person, device, ask) =>
                queries.AnswerAsync(
                    ask is TAsk ? PersonId.Of(person.Value.Replace("ann", "cid", StringComparison.Ordinal)) : person,
                    device,
                    ask
                ),
        };

    private static Listing<Resumption> Missed(ResumePage page) =>
        Listing.From(page.Conversations.Where(one => one is not Resumption.Reset));

    private static AnyStream ToldToBoth(AnyStream after) =>
        after is Stream<State, Command, Event> of
            ? of with
            {
                Current = of.Current with
                {
                    ToldAt = of.Current.People.Fold(
                        of.Current.ToldAt,
                        (told, person) => told.AddOrUpdate(person, of.Current.Version)
                    ),
                },
            }
            : after;

    private static Facts Opened(Facts facts) =>
        new(
            facts.Known.Map(fact => fact.Map(known => known is StreamFact whole ? new StreamFact(Open(whole)) : known))
        );

    private static AnyStream Open(StreamFact whole) =>
        whole.Current is Stream<State, Command, Event> of
            ? of with
            {
                Current = of.Current with { Blockers = Set<PersonId>() },
            }
            : whole.Current;
}
