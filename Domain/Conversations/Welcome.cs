using Chat.Domain.People;

namespace Chat.Domain.Conversations;

/// <summary>
/// Whether people take anything from whoever asks: from what they say of themselves and from what is between the two,
/// which are gathered for it, and on which the decision then rests.
/// </summary>
internal static class Welcome
{
    /// <summary>The streams that say it: of each person, and of each pair.</summary>
    public static Seq<StreamKey> StreamsOf(Context context, Listing<PersonId> people) =>
        toSeq(
                people
                    .Where(person => person != context.Person)
                    .Distinct()
                    .SelectMany(person =>
                        new[]
                        {
                            StreamKey.Of(context.Tenant, person),
                            StreamKey.Of(context.Tenant, context.Person, person),
                        }
                    )
            )
            .Strict();

    /// <summary>
    /// Whether any of these people takes nothing from whoever asks: they have closed each other out, or it is not for
    /// everyone and the two are no friends.
    /// </summary>
    public static bool IsRefused(PersonId actor, Listing<PersonId> people, Facts facts, Func<Privacy, Openness> of)
    {
        var pairs = Whole<Pairs.State>(facts)
            .Select(found => found.State)
            .Where(pair => pair.People.Contains(actor))
            .ToList();
        return pairs.Exists(pair => pair.IsClosed && people.Contains(pair.OtherThan(actor)))
            || Whole<People.State>(facts).Any(found => IsClosedTo(PersonId.Of(found.Id), found.State.Privacy));

        bool IsClosedTo(PersonId person, Privacy privacy) =>
            person != actor
            && people.Contains(person)
            && !Reach.Admits(
                of(privacy),
                new Terms(pairs.Exists(pair => pair.AreFriends && pair.OtherThan(actor) == person), false)
            );
    }

    /// <summary>All of it as it was when it was decided: none of them may have moved on.</summary>
    public static Seq<Guard> Guards(Context context, Listing<PersonId> people, Facts facts) =>
        StreamsOf(context, people).Map(facts.GuardOf).Strict();

    private static IEnumerable<(string Id, T State)> Whole<T>(Facts facts)
        where T : class
    {
        foreach (var (key, fact) in facts.Known)
            if (key is StreamFactKey { Stream.Id: var id } && fact.Case is StreamFact { Current.State: T state })
                yield return (id, state);
    }
}
