using Chat.Domain.Meeting;
using Chat.Domain.People;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host;

/// <summary>Answers whom somebody might want to meet.</summary>
internal sealed class MeetingQueries(TenantId tenant, Func<Instant> now)
{
    // Twice as many are looked at each time: the last are more than anybody can have dismissed or asked.
    private const int Rounds = 8;

    public async Task<byte[]> AnswerAsync(NpgsqlConnection connection, PersonId person, int limit)
    {
        var (current, _) = await StreamReads.LoadAsync(connection, StreamKey.Of(tenant, person));
        var (found, who) = await SuggestAsync(connection, person, ((State)current.State).Dismissed, now(), limit);
        var people = found.SelectMany(one => one.Through.Append(one.Person)).Select(number => who[number].Person);
        var profiles = await PeopleReads.ProfilesOfAsync(connection, tenant, people.Distinct());
        return MeetingAnswers.Ok(
            Listing.From(
                found.Select(one => new SuggestionEntry(
                    EntryOf(who[one.Person].Person),
                    one.Mutual,
                    Listing.From(one.Through.Select(number => Named(who[number].Person))),
                    one.MetAt
                ))
            )
        );

        PersonEntry EntryOf(PersonId one) => new(one, profiles.GetValueOrDefault(one, Profile.Empty));
        PersonEntry Named(PersonId one) => new(one, EntryOf(one).Profile with { About = null });
    }

    /// <summary>
    /// The first of those who may be suggested. They are ranked first and looked up then: most are never looked at.
    /// </summary>
    internal static async Task<(List<Suggestion> Found, Dictionary<int, Numbered> Who)> SuggestAsync(
        NpgsqlConnection connection,
        PersonId person,
        Set<PersonId> dismissed,
        Instant now,
        int limit
    )
    {
        var facts = await MeetingReads.FactsAsync(connection, person);
        var who = new Dictionary<int, Numbered>();
        var free = new List<Suggestion>();
        for (var round = 0; round < Rounds; round++)
        {
            var ranked = Suggesting.Of(facts, now, limit << round);
            var unknown = ranked.SelectMany(one => one.Through.Append(one.Person)).Distinct().Where(IsUnknown);
            foreach (var (number, one) in await MeetingReads.WhoAsync(connection, person, unknown, now))
                who[number] = one with { IsBarred = one.IsBarred || dismissed.Contains(one.Person) };
            free = [.. ranked.Where(one => !who[one.Person].IsBarred).Take(limit)];
            if (free.Count == limit || ranked.Count < limit << round)
                break;
        }
        return (free, who);

        bool IsUnknown(int number) => !who.ContainsKey(number);
    }
}
