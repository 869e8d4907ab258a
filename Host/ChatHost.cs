using Chat.Domain.Limiting;
using Chat.Host.Driving;
using Chat.Host.Files;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Page;
using Chat.Host.Shadow;
using Chat.Host.Store;
using Chat.Protocol;
using NATS.Client.Core;
using NATS.Client.Services;

namespace Chat.Host;

/// <summary>What a host needs.</summary>
public sealed record ChatHostOptions
{
    /// <summary>The server.</summary>
    public required string NatsUrl { get; init; }

    /// <summary>The database.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The host's own credentials and keys.</summary>
    public required Secrets Secrets { get; init; }

    /// <summary>Its name, under which it holds its lease.</summary>
    public string Name { get; init; } = "host-1";

    /// <summary>Whether it is known that nobody else uses the name any more: then the lease is taken at once.</summary>
    public bool IsSole { get; init; }

    /// <summary>Commit lanes, one connection each.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>Port of health, metrics and the page on loopback; 0 takes a free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>What there is for browsers; null for nothing.</summary>
    public PageOptions? Page { get; init; }

    /// <summary>How often people, their devices and conversations may be heard.</summary>
    public RateLimits Rates { get; init; } = RateLimits.Default;

    /// <summary>
    /// The conversation whose moderators are the staff: who is told of people, and of conversations as a whole. Null
    /// for no staff.
    /// </summary>
    public ConversationId? Staff { get; init; }

    /// <summary>Whom to ask before something is said; null for nobody.</summary>
    public SendPolicyOptions? Policy { get; init; }

    /// <summary>Where files are kept, and how large one may be.</summary>
    public Files.FileOptions Files { get; init; } = new();

    /// <summary>The file into which it is written what each request was decided on; null for none.</summary>
    public string? Record { get; init; }

    /// <summary>The bounds of a lane.</summary>
    public LaneOptions Lane { get; init; } = new();
}

/// <summary>A host: it wires the commit loop to NATS and PostgreSQL, and holds no rule of chat.</summary>
public sealed class ChatHost : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> parts = new();
    private Lanes? lanes;

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
        var clock = TimeProvider.System;
        var tenant = TenantId.Main;
        var database = Keep(await Opening.DatabaseAsync(options, stop));
        var store = seams.Store(new CommitStore(database));
        var lease = Keep(await Leasing.TakeAsync(database, options, clock, logs, stop));
        var app = Keep(await Opening.NatsAsync(Connections.App(options.NatsUrl, options.Secrets), stop));
        var system = Keep(await Opening.NatsAsync(Connections.System(options.NatsUrl, options.Secrets), stop));
        var auth = Keep(await Opening.NatsAsync(Connections.Callout(options.NatsUrl, options.Secrets), stop));

        var sessions = Keep(new Sessions(system, log: logs.CreateLogger<Sessions>()));
        await sessions.StartAsync(stop);
        var veils = await Veils.LoadAsync(database, stop);
        var fanout = new Fanout(app, sessions, veils, logs.CreateLogger<Fanout>());
        var devices = Keep(
            await Devices.LoadAsync(database, sessions, () => lease.Now, logs.CreateLogger<Devices>(), stop)
        );
        var underWay = new UnderWay();
        var publisher = new PeoplePublisher(
            fanout,
            devices,
            database,
            sessions,
            underWay,
            veils,
            logs.CreateLogger<PeoplePublisher>()
        );
        var told = seams.Publisher(publisher);
        var isHeld = () => lease.IsHeld;
        var now = () => lease.Now;
        lanes = LanesOf(options, store, told, now, isHeld, logs);
        lease.Drive(lanes);
        Keep(new Waking(lanes, store, () => lease.Now, clock, logs.CreateLogger<Waking>()));
        Keep(Indexing.Begin(new SearchIndex(database), clock, logs));
        var heads = Keep(new Heads(database, sessions, fanout, now, clock, logs.CreateLogger<Heads>()));
        await heads.AnnounceAsync(lease.QuietSince);
        lease.Retaken += () => heads.AnnounceSoon(TimeSpan.FromMinutes(2));
        app.ConnectionOpened += (_, _) => heads.AnnounceSoon(TimeSpan.FromMinutes(2));

        await LetInAsync(auth, options.Secrets, sessions, devices, logs, stop);
        var digests = seams.Digests(new Digests(new PersonKeys(database).OfAsync));
        var files = new FilesOfHost(options.Files, options.Secrets, database, () => lease.Now);
        Keep(Sweeping.Begin(files, clock, logs));
        var queries = new Queries(database, tenant, isHeld, now, sessions, fanout, files, options.Staff);
        var started = clock.GetTimestamp();
        var rates = new Rates(options.Rates, () => new Instant((long)clock.GetElapsedTime(started).TotalMilliseconds));
        var ingress = new Ingress(
            lanes,
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
        Keep(await ImportIngress.ListenAsync(app, lanes, digests, tenant, stop));
        var doors = new FileDoors(files, tenant, devices, underWay, logs.CreateLogger<FileDoors>());
        var health = () => Health(lease, app, lanes);
        var http = Keep(await HttpEndpoints.StartAsync(options.HttpPort, health, options.Page, doors.Map, stop));
        HttpUrl = http.Url;
    }

    // What is written down of their decisions is written to its end when they have ended.
    private Lanes LanesOf(
        ChatHostOptions options,
        ICommitStore store,
        IPublisher publisher,
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
        return Keep(new Lanes(count, options.Lane, store, publisher, now, isHeld, clock, logs, record));
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
    /// Drains: no new requests, an answer for those that came, then all is closed, the last opened first.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        while (parts.TryPop(out var part))
        {
            if (ReferenceEquals(part, lanes))
                await lanes!.DrainAsync(TimeSpan.FromSeconds(10));
            await part.DisposeAsync();
        }
    }
}
