using System.Collections.Concurrent;
using Chat.Domain.Pairs;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Whom blocks keep apart, and what people keep to themselves, for what is told at once; what is asked for is judged by
/// the database. Every block is held: they are few, and each event told asks.
/// </summary>
public sealed class Veils
{
    private readonly ConcurrentDictionary<(PersonId By, PersonId Other), bool> blocks = new();
    private readonly ConcurrentDictionary<PersonId, Set<PersonId>> veiled = new();

    /// <summary>What people keep to themselves.</summary>
    public Discretions Discretions { get; } = new();

    /// <summary>Knows what was blocked until now.</summary>
    public static async Task<Veils> LoadAsync(Database database, CancellationToken stop)
    {
        var veils = new Veils();
        await veils.CatchUpAsync(database, stop);
        return veils;
    }

    /// <summary>Knows what is blocked now, where it was not told for a while.</summary>
    public async Task CatchUpAsync(Database database, CancellationToken stop)
    {
        await Discretions.CatchUpAsync(database, stop);
        var before = blocks.Keys.ToList();
        var now = await PairReads.BlocksAsync(database, stop);
        foreach (var (by, other) in now)
            Close(by, other);
        foreach (var (by, other) in before.Except(now))
            Open(by, other);
    }

    /// <summary>With whom somebody has nothing to do.</summary>
    public Set<PersonId> Of(PersonId person) => veiled.GetValueOrDefault(person);

    /// <summary>Whether two people have nothing to do with each other.</summary>
    public bool Part(PersonId one, PersonId other) => Of(one).Contains(other);

    /// <summary>Takes an event between two people; those of the same two come one after the other.</summary>
    public void Take(Event happened)
    {
        if (happened is Event.Blocked)
            Close(happened.By, happened.Other);
        else if (happened is Event.Unblocked)
            Open(happened.By, happened.Other);
    }

    private void Close(PersonId by, PersonId other)
    {
        blocks[(by, other)] = true;
        Change(by, other, (people, one) => people.AddOrUpdate(one));
    }

    private void Open(PersonId by, PersonId other)
    {
        blocks.TryRemove((by, other), out _);
        if (!blocks.ContainsKey((other, by)))
            Change(by, other, (people, one) => people.Remove(one));
    }

    private void Change(PersonId one, PersonId other, Func<Set<PersonId>, PersonId, Set<PersonId>> change)
    {
        foreach (var (person, whom) in ((PersonId, PersonId)[])[(one, other), (other, one)])
            veiled.AddOrUpdate(person, _ => change(default, whom), (_, people) => change(people, whom));
    }
}
