using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Chat.Spec.Mistakes;
using LanguageExt;
using static LanguageExt.Prelude;
using Desks = Chat.Domain.Desks;
using People = Chat.Domain.People;
using Rooms = Chat.Domain.Rooms;
using Trivia = Chat.Domain.Games.Trivia;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of reports, files, devices, games, notices, and of how often one is heard.</summary>
internal static class ErrandFaults
{
    // The first scenario that is of each.
    private const int AtDesk = 59;
    private const int WithFiles = 69;
    private const int OnDevices = 79;
    private const int AtTable = 89;
    private const int ComingIn = 99;
    private const int Flooding = 109;

    public static IEnumerable<Fault> All =>
        [
            AtDesks("shows a report to whom it is about", DeskMistakes.forgetsWhomItIsAbout),
            AtDesks("lets anybody report anything", DeskMistakes.tellsOfAnything),
            AtDesks("settles nothing", DeskMistakes.neverSettles),
            // What a rule flags is decided where it is said, by the desk that is seen from there.
            new("does not report what a rule flags", AtDesk)
            {
                Gather = facts => new Facts(facts.Known.Map(fact => fact.Map(Overhears))),
            },
            new("tells nobody that something was reported", AtDesk)
            {
                Publish = (to, what) =>
                {
                    if (what.Stream.Kind is not StreamKind.Desk)
                        to.Publish(what);
                },
            },
            new("opens files to whoever asks", WithFiles)
            {
                Answer = (queries, person, device, ask) =>
                    queries.AnswerAsync(ask is Ask.Fetch ? AsAnn(person) : person, device, ask),
            },
            new("leaves a revoked device in", OnDevices)
            {
                Publish = (to, what) =>
                {
                    if (!what.Events.Exists(IsRevoked))
                        to.Publish(what);
                },
                Withdraw = (to, stream, events) => events.Exists(IsRevoked) ? null : to.Withdraw(stream, events),
            },
            Fault.Of<Ask.Devices, Listing<DeviceEntry>>(
                "does not say that a device was revoked",
                OnDevices,
                PeopleAnswers.Devices,
                (_, all) => PeopleAnswers.Ok(Listing.From(all.Select(one => one with { RevokedAt = null })))
            ),
            Fault.Of<Ask.GameLog, (Listing<LogEntry> Log, Verdict Verdict)>(
                "leaves out of the log of a game what was played last",
                AtTable,
                TableData.Log,
                (_, of) => TableData.Ok(Listing.From(of.Log.Take(of.Log.Count - 2).Append(of.Log[^1])), of.Verdict)
            ),
            new("tells the answer before everybody has answered", AtTable)
            {
                Publish = (to, what) => to.Publish(what with { After = Told(what.After) }),
            },
            new("tells of a friend whenever they say that they are in", ComingIn)
            {
                Besides = (person, _, ask) =>
                    ask is Ask.Here { IsAway: false } && person == AsAnn(person)
                        ? (Subjects.House(Named("bob", person), "notice"), HouseAnswers.Notice([person]))
                        : null,
            },
            new("tells who mutes them of a friend", ComingIn)
            {
                Besides = (person, _, ask) =>
                    ask is Ask.Here { IsAway: false } && person == AsAnn(person)
                        ? (Subjects.House(Named("dee", person), "notice"), HouseAnswers.Notice([person]))
                        : null,
            },
            new("refuses whoever asks often, and too early", Flooding)
            {
                Answer = async (queries, person, device, ask) =>
                    ask is Ask.Get && person == AsAnn(person)
                        ? new Refusal.RateLimited("rate.queries", 5)
                        : await queries.AnswerAsync(person, device, ask),
            },
        ];

    private static bool IsRevoked(Recorded recorded) => recorded.Event is People.Event.DeviceRevoked;

    private static PersonId AsAnn(PersonId person) => Named("ann", person);

    private static PersonId Named(string name, PersonId person) =>
        PersonId.Of(name + person.Value[person.Value.IndexOf('-', StringComparison.Ordinal)..]);

    private static Fault AtDesks(string name, Decider<Desks.State, Desks.Command, Desks.Event> mistaken) =>
        new(name, AtDesk)
        {
            Load = stream =>
                stream is Stream<Desks.State, Desks.Command, Desks.Event> of ? of with { Decider = mistaken } : stream,
        };

    private static AnyFact Overhears(AnyFact fact) =>
        fact is StreamFact { Current: Stream<Desks.State, Desks.Command, Desks.Event> desk }
            ? new StreamFact(desk with { Decider = DeskMistakes.overhears })
            : fact;

    private static AnyStream Told(AnyStream stream) =>
        stream is Stream<Rooms.State, Rooms.Command, Rooms.Event> { Current.Table: { Play: { } play } table } room
        && play.State is Trivia.State { Stage: Trivia.Stage.Open } open
            ? room with
            {
                Current = room.Current with
                {
                    Table = table with { Play = play.Evolve(open.Since, new Trivia.Event.Closed(0, [])) },
                },
            }
            : stream;
}
