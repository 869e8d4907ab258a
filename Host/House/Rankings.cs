using System.Collections.Concurrent;
using Chat.Domain.Closeness;
using Chat.Host.Store;
using Npgsql;

namespace Chat.Host.House;

/// <summary>Who is close to whom, kept for a minute: an order is advisory, and the house is asked for often.</summary>
internal sealed class Rankings(TenantId tenant, Func<Instant> now)
{
    /// <summary>For how long one is kept, in milliseconds.</summary>
    public const long KeptMs = 60_000;

    private const int MostHeld = 50_000;
    private readonly ConcurrentDictionary<PersonId, (Ranking Ranking, Instant At)> held = new();

    /// <summary>
    /// Who is close to somebody, less those who are muted or no friends any more since it was ranked.
    /// </summary>
    public async Task<Listing<Close>> CurrentAsync(NpgsqlConnection connection, PersonId person)
    {
        var ranking = await OfAsync(connection, person);
        var friends = toSet(await ClosenessReads.FriendsAsync(connection, person));
        var muted = await ClosenessReads.MutedAsync(connection, person);
        return Listing.From(ranking.People.Where(one => friends.Contains(one.Person) && !muted.Contains(one.Person)));
    }

    /// <summary>Who is close to somebody.</summary>
    public async Task<Ranking> OfAsync(NpgsqlConnection connection, PersonId person)
    {
        var at = now();
        if (held.TryGetValue(person, out var known) && at.Since(known.At) < KeptMs)
            return known.Ranking;
        var ranking = Ranking.Of(await ClosenessReads.FactsAsync(connection, tenant, person), at);
        if (held.Count >= MostHeld)
            held.Clear();
        held[person] = (ranking, at);
        return ranking;
    }
}
