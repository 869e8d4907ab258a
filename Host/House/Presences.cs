using Chat.Domain.Presences;
using Chat.Protocol;
using NATS.Client.Core;

namespace Chat.Host.House;

/// <summary>
/// Who is in the house: leases of devices, held in memory and told from host to host, so that each knows of all. A host
/// that comes asks the others.
/// </summary>
public sealed class Presences : IAsyncDisposable
{
    /// <summary>How long a lease lasts, in milliseconds.</summary>
    public const long LeaseMs = Presence.LengthMs;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly Lock gate = new();
    private readonly INatsConnection connection;
    private readonly Func<Instant> now;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private Presence presence = Presence.Nobody;
    private Instant known = new(0);
    private Task running = Task.CompletedTask;

    internal Presences(INatsConnection connection, Func<Instant> now, ILogger log) =>
        (this.connection, this.now, this.log) = (connection, now, log);

    /// <summary>Somebody came, went, or began or ceased to sneak; told at every host.</summary>
    internal Action<Change>? Changed { get; set; }

    /// <summary>Somebody opened the app; told at every host.</summary>
    internal Action<PersonId, Instant>? Opened { get; set; }

    /// <summary>Another host, or this one, told somebody of friends who came; heard at every host.</summary>
    internal Action<Noted>? Noted { get; set; }

    /// <summary>What a host that comes is told of whom others were told of.</summary>
    internal Func<IReadOnlyCollection<Noted>>? AllNoted { get; set; }

    /// <summary>Whether somebody is in.</summary>
    public Attendance AttendanceOf(PersonId person) => Held.AttendanceOf(person, now());

    /// <summary>Whether somebody is in.</summary>
    public bool IsIn(PersonId person) => Held.IsIn(person, now());

    /// <summary>Whether somebody is in, and nobody is to know.</summary>
    public bool IsSneaking(PersonId person) => Held.AttendanceOf(person, now()) is Attendance.Sneaking;

    private Presence Held
    {
        get
        {
            lock (gate)
                return presence;
        }
    }

    /// <summary>A device says that it is there.</summary>
    public void Renew(PersonId person, DeviceId device, bool isSneaking)
    {
        var opened = false;
        Take(held =>
        {
            (var after, opened) = held.Renew(person, device, now(), isSneaking);
            return after;
        });
        opened = opened && now() >= known;
        Tell(person, opened);
        if (opened)
            Opened?.Invoke(person, now());
    }

    /// <summary>A device says that it goes.</summary>
    public void End(PersonId person, DeviceId device)
    {
        Take(held => held.End(person, device, now()));
        Tell(person, false);
    }

    private void Tell(PersonId person, bool opened) =>
        Publish(Subjects.Presence, new Gossip(Held.Part([person]), opened ? [person] : []).ToBytes());

    /// <summary>Tells the other hosts of whom somebody is told now.</summary>
    internal void Note(Noted noted) =>
        Publish(Subjects.Presence, new Gossip(HashMap<PersonId, Leases>(), []) { Noted = [noted] }.ToBytes());

    /// <summary>Hears from the other hosts from now on, and asks them who is in.</summary>
    /// <param name="isBack">
    /// Whether a host of this name was there a moment ago: then whoever is heard of first was in before, too.
    /// </param>
    /// <param name="stop">Ends waiting.</param>
    internal async Task ListenAsync(bool isBack, CancellationToken stop)
    {
        known = isBack ? now().Plus(Presence.GraceMs) : known;
        // A host hears itself, too: joining what it holds already changes nothing.
        var told = await connection.SubscribeCoreAsync<byte[]>(Subjects.Presence, cancellationToken: stop);
        var asked = await connection.SubscribeCoreAsync<byte[]>(Subjects.PresenceAsked, cancellationToken: stop);
        running = Task.WhenAll(HearAsync(told), AnswerAsync(asked), WatchAsync());
        Publish(Subjects.PresenceAsked, []);
    }

    private async Task HearAsync(INatsSub<byte[]> told)
    {
        await using (told)
            await foreach (var message in told.Msgs.ReadAllAsync(stopping.Token))
                try
                {
                    Hear(Gossip.Read(message.Data ?? []));
                }
                catch (Exception fault) when (!stopping.IsCancellationRequested)
                {
                    log.LogWarning("What another host told of who is in was not read: {Fault}", fault.Message);
                }
    }

    private void Hear(Gossip gossip)
    {
        foreach (var noted in gossip.Noted)
            Noted?.Invoke(noted);
        var fresh = gossip.Opened.Where(person => !Held.IsIn(person, now())).ToList();
        Take(held => held.Join(gossip.Held));
        // Whoever was told it first has told it here already.
        foreach (var person in fresh)
            Opened?.Invoke(person, now());
    }

    private async Task AnswerAsync(INatsSub<byte[]> asked)
    {
        await using (asked)
            await foreach (var _ in asked.Msgs.ReadAllAsync(stopping.Token))
            {
                foreach (var some in Held.Held.Keys.Chunk(Gossip.MaxPeople))
                    Publish(Subjects.Presence, new Gossip(Held.Part(some), []).ToBytes());
                foreach (var some in (AllNoted?.Invoke() ?? []).Chunk(Gossip.MaxNoted))
                    Publish(
                        Subjects.Presence,
                        new Gossip(HashMap<PersonId, Leases>(), []) { Noted = Listing.From(some) }.ToBytes()
                    );
            }
    }

    private async Task WatchAsync()
    {
        using var ticks = new PeriodicTimer(Every);
        for (var count = 1; await ticks.WaitForNextTickAsync(stopping.Token); count++)
        {
            Listing<Change> changes = [];
            Take(held =>
            {
                (var after, changes) = held.Changed(now());
                return count % 120 == 0 ? after.Swept(now()) : after;
            });
            foreach (var change in changes)
                Changed?.Invoke(change);
        }
    }

    private void Take(Func<Presence, Presence> change)
    {
        lock (gate)
            presence = change(presence);
    }

    private void Publish(string subject, byte[] payload)
    {
        var sent = connection.PublishAsync(subject, payload);
        if (!sent.IsCompletedSuccessfully)
            _ = sent.AsTask()
                .ContinueWith(
                    failed => log.LogWarning("Who is in was not told: {Fault}", failed.Exception?.Message),
                    TaskContinuationOptions.OnlyOnFaulted
                );
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }
}
