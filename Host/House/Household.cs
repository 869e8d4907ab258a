using Chat.Domain.People;
using Chat.Domain.Presences;
using Chat.Domain.Rooms;
using Chat.Host.Driving;
using Chat.Host.Nats;
using Chat.Host.Store;
using NATS.Client.Core;

namespace Chat.Host.House;

/// <summary>What a host has for the house: who is in, what is told of it, and who sees to coming and going.</summary>
internal sealed class Household : IAsyncDisposable
{
    private readonly Presences presences;
    private readonly Veils veils;
    private readonly ILoggerFactory logs;
    private Doorkeeper? doorkeeper;
    private NoticesTold? notices;

    public Household(
        INatsConnection app,
        Database database,
        TenantId tenant,
        Sessions sessions,
        Veils veils,
        IRelays relays,
        Func<Instant> now,
        ILoggerFactory logs
    )
    {
        (this.veils, this.logs) = (veils, logs);
        var shown = new Shown(app, sessions, logs.CreateLogger<Shown>());
        presences = new Presences(app, now, logs.CreateLogger<Presences>());
        var log = logs.CreateLogger<HouseTold>();
        Told = new HouseTold(shown, database, sessions, veils, presences.AttendanceOf, now, log);
        Queries = new HouseQueries(
            tenant,
            presences,
            (one, tie) => Sighting.IsInHall(presences.AttendanceOf(one), veils.Discretions.Of(one), tie),
            sessions,
            veils,
            new Rankings(tenant, now),
            app,
            now
        );
        Calls = new CallQueries(tenant, shown, relays, now);
    }

    /// <summary>What people are told of it.</summary>
    public HouseTold Told { get; }

    /// <summary>What they may ask of it.</summary>
    public HouseQueries Queries { get; }

    /// <summary>What they may ask of calls.</summary>
    public CallQueries Calls { get; }

    /// <summary>Begins to hear of other hosts who is in, and to see to what follows.</summary>
    public Task BeginAsync(
        Database database,
        TenantId tenant,
        Lanes lanes,
        IOwnership ownership,
        Func<Instant> now,
        bool isBack,
        CancellationToken stop
    )
    {
        var log = logs.CreateLogger<Doorkeeper>();
        doorkeeper = new Doorkeeper(database, tenant, lanes, ownership, presences, Told, now, log);
        notices = new NoticesTold(database, tenant, ownership, presences, veils, Told, now, log);
        return presences.ListenAsync(isBack, stop);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await presences.DisposeAsync();
        await (doorkeeper?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (notices?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Told.DisposeAsync();
    }
}
