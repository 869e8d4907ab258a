using Chat.Domain.Pairs;

namespace Chat.Domain.Conversations;

/// <summary>
/// Whether people take anything from whoever asks: from the streams of the pairs, which are gathered for it, and on
/// which the decision then rests.
/// </summary>
internal static class Welcome
{
    /// <summary>Whether any of these people and whoever asks have closed each other out.</summary>
    public static bool IsRefused(PersonId actor, Listing<PersonId> people, Facts facts) =>
        facts.Known.Values.Exists(fact =>
            fact.Case is StreamFact { Current.State: Pairs.State { IsClosed: true, People: var pair } }
            && pair.Contains(actor)
            && pair.Exists(one => one != actor && people.Contains(one))
        );

    /// <summary>The pairs as they were when it was decided: none of them may have moved on.</summary>
    public static Seq<Guard> Guards(Context context, Listing<PersonId> people, Facts facts) =>
        toSeq(
                people
                    .Where(person => person != context.Person)
                    .Select(person => StreamKey.Of(context.Tenant, context.Person, person))
                    .Select(pair => new Guard(pair, VersionOf(pair, facts)))
            )
            .Strict();

    private static long VersionOf(StreamKey pair, Facts facts) =>
        facts.Find<StreamFact>(new StreamFactKey(pair)).Map(fact => fact.Current.Version).IfNone(0);
}
