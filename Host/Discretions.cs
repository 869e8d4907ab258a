using System.Collections.Concurrent;
using Chat.Domain.People;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// What people keep to themselves, for what is told at once: who sees that they are in, and who is told how far they
/// have read. Held of those who have said something else than what goes without saying.
/// </summary>
public sealed class Discretions
{
    private readonly ConcurrentDictionary<PersonId, Privacy> held = new();

    /// <summary>Knows what holds now, where it was not told for a while.</summary>
    public async Task CatchUpAsync(Database database, CancellationToken stop)
    {
        var before = held.Keys.ToList();
        var now = await DiscretionRows.HeldAsync(database, stop);
        foreach (var (person, privacy) in now)
            held[person] = privacy;
        foreach (var person in before.Except(now.Keys))
            held.TryRemove(person, out _);
    }

    /// <summary>What somebody keeps to themselves of these two; whom they let in elsewhere is not known here.</summary>
    public Privacy Of(PersonId person) => held.GetValueOrDefault(person, Privacy.Open);

    /// <summary>Takes what somebody says; what one says comes one after the other.</summary>
    public void Take(Event.PrivacyChanged happened)
    {
        var privacy = Privacy.Open with { Presence = happened.Privacy.Presence, Receipts = happened.Privacy.Receipts };
        if (privacy == Privacy.Open)
            held.TryRemove(happened.By, out _);
        else
            held[happened.By] = privacy;
    }
}
