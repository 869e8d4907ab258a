using System.Buffers;
using System.Numerics;

namespace Chat.Domain.Meeting;

/// <summary>What somebody comes to.</summary>
/// <param name="Person">Who.</param>
/// <param name="Points">How many points; 0 in a free place, below in that of who does not count.</param>
/// <param name="Mutual">How many friends one shares with them.</param>
internal readonly record struct Tally(int Person, long Points, int Mutual);

/// <summary>
/// Adds up points of many people. In memory that is lent: a dictionary of them for each answer is more than a megabyte,
/// and collecting those takes longer than counting.
/// </summary>
internal readonly struct Tallies : IDisposable
{
    private readonly Tally[] places;
    private readonly int size;

    /// <summary>Room for as many additions.</summary>
    public Tallies(int additions)
    {
        size = (int)BitOperations.RoundUpToPowerOf2((uint)(additions + (additions / 2) + 1));
        places = ArrayPool<Tally>.Shared.Rent(size);
        places.AsSpan(0, size).Clear();
    }

    /// <summary>Adds points, more than 0.</summary>
    public void Add(int person, long points, int mutual)
    {
        ref var place = ref places[PlaceOf(person)];
        place = new(person, place.Points + points, place.Mutual + mutual);
    }

    /// <summary>Lets somebody count no more. After all additions.</summary>
    public void Bar(int person)
    {
        ref var place = ref places[PlaceOf(person)];
        if (place.Points != 0)
            place = place with { Points = -1 };
    }

    /// <summary>The first: the most points first, of as many the lower number.</summary>
    /// <param name="most">How many, at least 0.</param>
    // Of many only a few are kept at a time: to sort them all would take longer than to count them.
    public List<Tally> First(int most)
    {
        var kept = new PriorityQueue<Tally, (long, int)>(most + 1);
        foreach (var tally in places.AsSpan(0, size))
        {
            if (tally.Points <= 0)
                continue;
            var rank = (tally.Points, -tally.Person);
            if (kept.Count < most)
                kept.Enqueue(tally, rank);
            else if (kept.TryPeek(out _, out var least) && rank.CompareTo(least) > 0)
                kept.EnqueueDequeue(tally, rank);
        }
        var first = new List<Tally>(kept.Count);
        while (kept.TryDequeue(out var tally, out _))
            first.Add(tally);
        first.Reverse();
        return first;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<Tally>.Shared.Return(places);

    private int PlaceOf(int person)
    {
        // Numbers that follow one another are spread by the golden ratio of 2^32.
        var at = (int)((uint)person * 2_654_435_769u >> 8) & (size - 1);
        while (places[at].Points != 0 && places[at].Person != person)
            at = (at + 1) & (size - 1);
        return at;
    }
}
