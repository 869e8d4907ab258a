using Chat.Domain.Limiting;
using Chat.Host.Driving;
using Chat.Host.Files;
using Chat.Host.House;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Owning;
using Chat.Host.Shadow;
using Chat.Host.Store;
using Chat.Protocol;
using NATS.Client.Core;
using NATS.Client.Services;

namespace Chat.Host;

/// <summary>A host: it wires the commit loop to NATS and PostgreSQL, and holds no rule of chat.</summary>
public sealed class ChatHost : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private Lanes? lanes;
    private Owning.Owning? owning;
    private Pulse? pulse;

    private ChatHost() { }

    /// <summary>Where health and metrics are.</summary>
    public string HttpUrl { get; private set; } = "";

    /// <summary>Starts a host; returns when it takes requests.</summary>
    /// <exception cref="StartFailure">With words for the person who started it.</exception>
    public static Task<ChatHost> StartAsync(
        ChatHostOptions options,
        ILoggerFactory logs,
        CancellationToken stop = default
    ) => StartAsync(options, Seams.None, logs, stop);

    internal static async Task<ChatHost> StartAsync(
        ChatHostOptions options,
        Seams seams,
        ILoggerFactory logs,
        CancellationToken stop = default
    )
    {
        var host = new ChatHost();
        try
        {
            await host.RunAsync(options, seams, logs, stop);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync(ChatHostOptions options, Seams seams, ILoggerFactory logs, CancellationToken stop)
    {
        var (clock, tenant) = (TimeProvider.System, TenantId.Main);
        var database = Keep(await Opening.DatabaseAsync(options, stop));
        var store = seams.Store(new CommitStore(database));
        var lease = Keep(await Leasing.TakeAsync(database, options, clock, logs, stop));
        var isHeld = () => lease.IsHeld;
        var now = () => lease.Now;
        var app = Keep(await Opening.NatsAsync(Connections.App(options.NatsUrl, options.Secrets), stop));
        var system = Keep(await Opening.NatsAsync(Connections.System(options.NatsUrl, options.Secrets), stop));
        var auth = Keep(await Opening.NatsAsync(Connections.Callout(options.NatsUrl, options.Secrets), stop));

        var sessions = Keep(new Sessions(system, log: logs.CreateLogger<Sessions>()));
        await sessions.StartAsync(stop);
        var veils = await Veils.LoadAsync(database, stop);
        var fanout = new Fanout(app, sessions, veils, logs.CreateLogger<Fanout>());
        var devices = Keep(
            await Devices.LoadAsync(database, sessions, now, isHeld, logs.CreateLogger<Devices>(), stop)
        );
        var underWay = new UnderWay();
        var house = Keep(new Household(app, database, tenant, sessions, veils, options.Relays, now, logs));
        var log = logs.CreateLogger<PeoplePublisher>();
        var heads = Keep(new Heads(database, sessions, fanout, now, clock, logs.CreateLogger<Heads>()));
        var people = new PeoplePublisher(fanout, devices, database, sessions, underWay, veils, house.Told, heads, log)
        {
            Staff = options.Staff,
        };
        var peers = Keep(new Peers(app, database, logs.CreateLogger<Peers>()));
        var ownership = new Ownership(peers);
        var told = seams.Publisher(new Everywhere(people, peers));
        lanes = LanesOf(options, store, told, ownership, now, isHeld, logs);
        await peers.ListenAsync(lanes, people.HearAsync, stop);
        var heard = pulse = Keep(new Pulse(app, logs.CreateLogger<Pulse>()));
        lease.Drive(lanes, again => CatchUpAsync(devices, veils, database, again), () => heard.IsHeard);
        Keep(new Waking(lanes, store, now, clock, logs.CreateLogger<Waking>()));
        Keep(Indexing.Begin(new SearchIndex(database), clock, logs));
        Keep(new Greeting(database, sessions, fanout, now, logs.CreateLogger<Greeting>()));
        await OwnAsync(database, ownership, lease, app, heads, logs, stop);
        var isBack = lease.Followed is { } until && now().Since(until) < Presences.LeaseMs;
        await house.BeginAsync(database, tenant, lanes, ownership, now, isBack, stop);

        await LetInAsync(auth, options.Secrets, sessions, devices, logs, stop);
        var digests = seams.Digests(new Digests(new PersonKeys(database).OfAsync));
        var files = new FilesOfHost(options.Files, options.Secrets, database, now);
        Keep(Sweeping.Begin(files, clock, logs));
        var queries = new Queries(database, tenant, isHeld, now, sessions, fanout, files, options.Staff, house);
        var started = clock.GetTimestamp();
        var rates = new Rates(options.Rates, () => new Instant((long)clock.GetElapsedTime(started).TotalMilliseconds));
        var handing = Keep(new Handing(app, ownership, options.Name, logs.CreateLogger<Handing>()));
        var ingress = new Ingress(
            lanes,
            handing,
            seams.Queries(queries),
            underWay,
            digests,
            rates,
            files.Seals,
            app,
            tenant,
            options.Staff,
            options.Policy is { } asked ? new SendPolicy(app, asked, logs.CreateLogger<SendPolicy>()) : null,
            logs.CreateLogger<Ingress>()
        );
        await ListenAsync(app, ingress, stop);
        var import = Keep(await ImportIngress.ListenAsync(app, lanes, handing, digests, tenant, stop));
        await handing.ListenAsync(ingress.Take, import.TakeAsync, stop);
        var doors = new FileDoors(files, tenant, devices, underWay, logs.CreateLogger<FileDoors>());
        var health = () => Health(lease, app, lanes);
        HttpUrl = Keep(await ServeAsync(options, health, doors, stop)).Url;
    }

    private Task<HttpEndpoints> ServeAsync(
        ChatHostOptions options,
        Func<(bool, string)> health,
        FileDoors doors,
        CancellationToken stop
    ) =>
        HttpEndpoints.StartAsync(
            (options.HttpAddress, options.HttpPort),
            health,
            owning!.SharesAsync,
            options.Servers,
            options.Page,
            doors.Map,
            stop
        );

    private static Task CatchUpAsync(Devices devices, Veils veils, Database database, CancellationToken again) =>
        Task.WhenAll(devices.CatchUpAsync(again), veils.CatchUpAsync(database, again));

    // Whatever nobody may have been told is announced: of before, and whenever it may have happened again.
    private async Task OwnAsync(
        Database database,
        Ownership ownership,
        Leasing lease,
        NatsConnection app,
        Heads heads,
        ILoggerFactory logs,
        CancellationToken stop
    )
    {
        await heads.AnnounceAsync(lease.QuietSince);
        lease.Retaken += until => heads.AnnounceSince(until);
        app.ConnectionOpened += (_, _) => heads.AnnounceSoon(TimeSpan.FromMinutes(2));
        owning = Keep(
            await Owning.Owning.BeginAsync(database, ownership, lanes!, lease, app, heads.AnnounceSince, logs, stop)
        );
    }

    // What is written down of their decisions is written to its end when they have ended.
    private Lanes LanesOf(
        ChatHostOptions options,
        ICommitStore store,
        IPublisher publisher,
        IOwnership ownership,
        Func<Instant> now,
        Func<bool> isHeld,
        ILoggerFactory logs
    )
    {
        var recorder = options.Record is { } file
            ? Keep(Recorder.Open(file, options.Name, logs.CreateLogger<Recorder>()))
            : null;
        Action<Output.Judged>? record = recorder is null ? null : recorder.Take;
        var (count, clock) = (options.Lanes, TimeProvider.System);
        return Keep(new Lanes(count, options.Lane, store, publisher, now, isHeld, clock, logs, record, ownership));
    }

    private async Task LetInAsync(
        NatsConnection auth,
        Secrets secrets,
        Sessions sessions,
        Devices devices,
        ILoggerFactory logs,
        CancellationToken stop
    )
    {
        var verifier = Opening.Verifier(secrets);
        var log = logs.CreateLogger<Callout>();
        await Keep(new Callout(auth, secrets, verifier, sessions, devices.IsRevoked, log: log)).StartAsync(stop);
    }

    private async Task ListenAsync(NatsConnection app, Ingress ingress, CancellationToken stop)
    {
        var service = await new NatsSvcContext(app).AddServiceAsync(
            new NatsSvcConfig("chat", "1.0.0") { Description = "Conversations", QueueGroup = Subjects.HostGroup },
            stop
        );
        Keep(service);
        await service.AddEndpointAsync<byte[]>(
            ingress.TakeAsync,
            "requests",
            Subjects.AllRequests,
            Subjects.HostGroup,
            cancellationToken: stop
        );
    }

    // Ready is who can commit: a lease that is running, and a server to hear requests from.
    private static (bool IsReady, string Words) Health(Leasing lease, NatsConnection app, Lanes lanes) =>
        !lanes.AreRunning ? (false, "not ready: a lane has failed, see the log")
        : !lease.IsHeld ? (false, "not ready: the lease has run out")
        : app.ConnectionState != NatsConnectionState.Open ? (false, "not ready: no connection to nats-server")
        : (true, "ready");

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    /// <summary>
    /// Drains: what it owns goes to other hosts, no new requests, an answer for those that came; then all is closed,
    /// the last opened first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        // What the server has not heard of this host nobody was told: whoever takes over what it owns tells them.
        if (owning is not null && pulse is not null && await pulse.AnswersAsync())
            await owning.LeaveAsync();
        while (parts.TryPop(out var part))
        {
            if (ReferenceEquals(part, lanes))
                await lanes!.DrainAsync(TimeSpan.FromSeconds(10));
            await part.DisposeAsync();
        }
    }
}
