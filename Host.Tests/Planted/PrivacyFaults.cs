using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Protocol.Wire;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of what people keep to themselves.</summary>
internal static class PrivacyFaults
{
    // The first scenario that is of it.
    private const int Kept = 52;
    private const int Hiding = 102;

    public static IEnumerable<Fault> All =>
        [
            new("does not take in what people keep to themselves", Hiding)
            {
                Withdraw = (to, stream, events) =>
                    events.Exists(recorded => recorded.Event is Event.PrivacyChanged)
                        ? null
                        : to.Withdraw(stream, events),
            },
            Fault.Of<Ask.Find, Listing<PersonEntry>>(
                "finds nobody",
                Kept,
                PeopleAnswers.People,
                (_, _) => PeopleAnswers.Ok(Listing<PersonEntry>.Empty)
            ),
            new("finds as somebody else does", Kept)
            {
                Answer = (queries, person, device, ask) =>
                    queries.AnswerAsync(ask is Ask.Find ? AsBob(person) : person, device, ask),
            },
            Fault.Of<Ask.Self, SelfEntry>(
                "says that everything is open",
                Kept,
                PeopleAnswers.Self,
                (_, self) => PeopleAnswers.Ok(self with { Privacy = Privacy.Open })
            ),
        ];

    private static PersonId AsBob(PersonId person) =>
        PersonId.Of("bob" + person.Value[person.Value.IndexOf('-', StringComparison.Ordinal)..]);
}
