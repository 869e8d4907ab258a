namespace Chat.Protocol;

/// <summary>A host whose lease runs, and the buckets that are its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsLeaving">Whether it is about to stop: then it gives away all it has.</param>
/// <param name="Buckets">Which, in any order.</param>
public sealed record Holder(string Name, bool IsLeaving, IReadOnlyList<int> Buckets);

/// <summary>Who gives which buckets to whom, so that all who stay have equally many, give or take one.</summary>
public static class Balance
{
    /// <summary>
    /// What one of the holders gives away, and to whom. Each comes to the same answer about all of them, so what two
    /// give at once does not add up to too much.
    /// </summary>
    public static IReadOnlyList<(string To, IReadOnlyList<int> Buckets)> GiftsOf(
        string giver,
        IReadOnlyList<Holder> holders
    )
    {
        var staying = holders.Where(one => !one.IsLeaving).OrderBy(one => one.Name, StringComparer.Ordinal).ToList();
        if (staying.Count == 0)
            return [];
        var (each, more) = Math.DivRem(holders.Sum(one => one.Buckets.Count), staying.Count);
        // Who has most keeps the one that is over: nothing moves that need not.
        var shares = staying
            .OrderByDescending(one => one.Buckets.Count)
            .Select((one, index) => (one.Name, Share: each + (index < more ? 1 : 0)))
            .ToDictionary(one => one.Name, one => one.Share);
        var lacking = new Queue<string>(
            staying.SelectMany(one => Enumerable.Repeat(one.Name, Math.Max(0, shares[one.Name] - one.Buckets.Count)))
        );
        var gifts = new List<(string To, int Bucket)>();
        foreach (var holder in holders.OrderBy(one => one.Name, StringComparer.Ordinal))
        foreach (var bucket in holder.Buckets.Order().Skip(shares.GetValueOrDefault(holder.Name)))
            if (lacking.TryDequeue(out var to) && holder.Name == giver)
                gifts.Add((to, bucket));
        return
        [
            .. gifts
                .GroupBy(gift => gift.To, gift => gift.Bucket)
                .Select(some => (some.Key, (IReadOnlyList<int>)some.ToList())),
        ];
    }
}
