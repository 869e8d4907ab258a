using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Host.Nats;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Which devices there are and which were closed out. The callout asks for every connection, so what was revoked is
/// held; when a device came in is noted beside everything else.
/// </summary>
public sealed class Devices : IAsyncDisposable
{
    private const int MostWaiting = 10_000;
    private readonly ConcurrentDictionary<(string Person, string Device), Instant> revoked = new();
    private readonly ConcurrentDictionary<string, Instant> suspended = new();
    private readonly Channel<(string Person, string Device, long At)> seen = Channel.CreateBounded<(
        string,
        string,
        long
    )>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Database database;
    private readonly Sessions sessions;
    private readonly Func<Instant> now;
    private readonly Func<bool> isHeld;
    private readonly ILogger<Devices> log;
    private readonly Task noting;

    private Devices(Database database, Sessions sessions, Func<Instant> now, Func<bool> isHeld, ILogger<Devices> log)
    {
        (this.database, this.sessions, this.now, this.isHeld, this.log) = (database, sessions, now, isHeld, log);
        noting = Task.Run(NoteAsync);
    }

    /// <summary>Knows what was revoked until now.</summary>
    public static async Task<Devices> LoadAsync(
        Database database,
        Sessions sessions,
        Func<Instant> now,
        Func<bool> isHeld,
        ILogger<Devices> log,
        CancellationToken stop
    )
    {
        var devices = new Devices(database, sessions, now, isHeld, log);
        await devices.CatchUpAsync(stop);
        return devices;
    }

    /// <summary>
    /// Knows what was revoked until now, where it was not told for a while, and let nobody in. Whoever was in was put
    /// out by the host that was asked.
    /// </summary>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        foreach (var (person, device, until) in await PeopleReads.RevokedAsync(database, stop))
            Hold(person, device, until);
        foreach (var (person, until) in await PeopleReads.SuspendedAsync(database, stop))
            suspended[person.Value] = until;
    }

    /// <summary>
    /// Whether what was issued to a device then is void, or whose it is closed out; null past the lease, where a host
    /// is not told so. Who is let in is noted.
    /// </summary>
    public bool? IsRevoked(string person, string device, DateTimeOffset issued)
    {
        if (!isHeld())
            return null;
        if (
            revoked.TryGetValue((person, device), out var until)
            && issued.ToUnixTimeMilliseconds() <= until.Milliseconds
        )
            return true;
        if (suspended.TryGetValue(person, out var closed) && now() < closed)
            return true;
        seen.Writer.TryWrite((person, device, now().Milliseconds));
        return false;
    }

    /// <summary>Closes a device out: first nobody is let in any more, then who is in is put out.</summary>
    public Task RevokeAsync(PersonId person, DeviceId device, Instant until)
    {
        Hold(person, device, until);
        return KickAsync(person, device);
    }

    /// <summary>
    /// Closes somebody out until then: first none of their devices is let in any more, then those that are in are put
    /// out. A time that has passed lets them in again.
    /// </summary>
    public async Task SuspendAsync(PersonId person, Instant until)
    {
        suspended[person.Value] = until;
        if (until <= now())
            return;
        // Also those that another host let in, or this one before it began anew.
        await using var connection = await database.Reads.OpenConnectionAsync();
        var known = (await PeopleReads.DevicesAsync(connection, person)).Select(one => one.Device);
        var live = sessions.DevicesOf(person.Value).Select(DeviceId.Of);
        await Task.WhenAll(live.Union(known).Select(device => KickAsync(person, device)));
    }

    private void Hold(PersonId person, DeviceId device, Instant until) =>
        revoked.AddOrUpdate((person.Value, device.Value), until, (_, before) => Instant.Max(before, until));

    private async Task KickAsync(PersonId person, DeviceId device)
    {
        try
        {
            await sessions.KickAsync(person.Value, device.Value);
        }
        catch (Exception fault)
        {
            log.LogWarning("A device could not be put out: {Fault}", fault.Message);
        }
    }

    private async Task NoteAsync()
    {
        while (await seen.Reader.WaitToReadAsync())
        {
            var all = new List<(string, string, long)>();
            while (seen.Reader.TryRead(out var one))
                all.Add(one);
            try
            {
                await PeopleReads.SawAsync(database, all);
            }
            // It is shown to its owner and nothing rests on it.
            catch (Exception fault)
            {
                log.LogWarning("It was not noted when devices came in: {Fault}", fault.Message);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        seen.Writer.TryComplete();
        await noting;
    }
}
