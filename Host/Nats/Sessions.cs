using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;

namespace Chat.Host.Nats;

/// <summary>
/// Who is connected. A person counts from the moment the callout lets them in (so that what is published right behind
/// their connecting is not missed), by the servers' events from then on, and a listing every minute corrects what was
/// missed. Counting somebody too long costs a publish to nobody; not counting somebody costs them a message.
/// </summary>
public sealed class Sessions : IAsyncDisposable
{
    // Longer than a server waits for the callout: what is not listed after that never came.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KickPatience = TimeSpan.FromSeconds(3);

    private readonly INatsConnection _connection;
    private readonly SystemAccount _system;
    private readonly SessionTable _table = new();
    private readonly TimeSpan _every;
    private readonly TimeSpan _grace;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _oneListing = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    private volatile IReadOnlySet<string> _listedServers = new System.Collections.Generic.HashSet<string>();
    private Task _running = Task.CompletedTask;
    private int _disposed;

    /// <param name="system">As the system account's user.</param>
    /// <param name="every">Between two listings: a minute.</param>
    /// <param name="grace">How long somebody let in may take to appear; 10 s.</param>
    /// <param name="log">Failed listings.</param>
    public Sessions(INatsConnection system, TimeSpan? every = null, TimeSpan? grace = null, ILogger? log = null)
    {
        _connection = system;
        _system = new SystemAccount(system);
        _every = every ?? TimeSpan.FromMinutes(1);
        _grace = grace ?? Grace;
        _log = log ?? NullLogger.Instance;
    }

    /// <summary>A snapshot.</summary>
    public IReadOnlyCollection<string> People => [.. _table.People];

    /// <summary>Somebody is here whom this host did not let in; before it knew, they were told nothing.</summary>
    public Action<string>? Met { get; set; }

    public bool IsLive(string person) => _table.IsLive(person);

    public IReadOnlyList<string> DevicesOf(string person) => _table.DevicesOf(person);

    /// <summary>Returns when everybody who is connected is known.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        var options = new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = 65_536 } };

        // One subscription for both kinds of event, for their order. The star is the account: who leaves before they
        // are let in leaves from none.
        var sub = await _connection.SubscribeCoreAsync<byte[]>(
            "$SYS.ACCOUNT.*.*",
            opts: options,
            cancellationToken: cancel
        );
        await _connection.PingAsync(cancel);
        var following = Task.Run(() => FollowAsync(sub), cancel);
        await RefreshAsync(cancel);
        _connection.ConnectionOpened += Reconnected;
        _running = Task.WhenAll(following, Task.Run(RefreshNowAndThenAsync, cancel));
    }

    /// <summary>Reads the connection lists of all servers that answer.</summary>
    public async Task RefreshAsync(CancellationToken cancel = default)
    {
        await _oneListing.WaitAsync(cancel);
        try
        {
            _table.BeginListing();
            var listed = await _system.ListAsync(cancel);
            var connections = listed.Values.SelectMany(all => all).ToList();
            _table.EndListing(connections).ForEach(person => Met?.Invoke(person));
            await CloseGreedyAsync(connections, cancel);
            _listedServers = listed.Keys.ToHashSet(StringComparer.Ordinal);
            if (listed.Count == 0)
            {
                throw new NatsException("no server answered the listing of connections");
            }

            var seen = connections.Select(c => c.Id).ToHashSet();
            var doubtful = _table.OlderThan(_grace).Where(id => !seen.Contains(id));
            foreach (var server in doubtful.GroupBy(id => id.Server, StringComparer.Ordinal))
            {
                await DropAbsentAsync(server, listed.ContainsKey(server.Key), cancel);
            }
        }
        finally
        {
            _oneListing.Release();
        }
    }

    /// <summary>
    /// Closes every connection of that device and returns, with their number, when no server lists one any more. To
    /// revoke: first make the callout refuse the device, then call this on every host (each knows whom its own
    /// callout was letting in).
    /// </summary>
    /// <exception cref="TimeoutException">One was still there after 3 s.</exception>
    public async Task<int> KickAsync(string person, string device, CancellationToken cancel = default)
    {
        var kicked = new System.Collections.Generic.HashSet<ConnectionId>();
        for (
            var since = Stopwatch.GetTimestamp();
            Stopwatch.GetElapsedTime(since) < KickPatience;
            await Task.Delay(10, cancel)
        )
        {
            // Those being let in are in no list yet, but have a number already, and can be closed by it.
            var known = _table.Of(person, device);
            await Task.WhenAll(known.Select(id => CloseAsync(id, cancel)));
            var servers = _table.Servers();
            servers.UnionWith(_listedServers);
            var listed = await _system.FindAsync(UserJwt.NameOf(person, device), servers, cancel);
            await Task.WhenAll(listed.Except(known).Select(id => CloseAsync(id, cancel)));
            kicked.UnionWith(known);
            kicked.UnionWith(listed);
            if (listed.Count == 0 && _table.Of(person, device).Count == 0)
            {
                return kicked.Count;
            }
        }

        throw new TimeoutException("A connection of the device could not be closed.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _connection.ConnectionOpened -= Reconnected;
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _oneListing.Dispose();
    }

    internal void Authorised(ConnectionId id, string person, string device) => _table.Add(id, person, device);

    internal void Withdraw(ConnectionId id) => _table.Remove(id);

    private async Task CloseAsync(ConnectionId id, CancellationToken cancel)
    {
        await _system.KickAsync(id, cancel);
        _table.Remove(id);
    }

    // The server does not hold clients to the number in their JWT.
    private async Task CloseGreedyAsync(List<ListedConnection> connections, CancellationToken cancel)
    {
        foreach (
            var one in connections.Where(c =>
                c.Subscriptions > UserJwt.MaxSubscriptions && UserJwt.ReadName(c.Name) is not null
            )
        )
        {
            _log.LogWarning("{Connection} had {Count} subscriptions and is closed", one.Id.Cid, one.Subscriptions);
            await CloseAsync(one.Id, cancel);
        }
    }

    // A server that answered is asked about each; one that did not, once about itself.
    private async Task DropAbsentAsync(IGrouping<string, ConnectionId> absent, bool answered, CancellationToken cancel)
    {
        var there = answered || await _system.AnswersAsync(absent.Key, cancel);
        foreach (var id in absent)
        {
            if (!there || !await _system.ExistsAsync(id, cancel))
            {
                _table.Remove(id);
            }
        }
    }

    private async Task FollowAsync(INatsSub<byte[]> sub)
    {
        await using (sub)
        {
            await foreach (var message in sub.Msgs.ReadAllAsync(_stopping.Token))
            {
                if (message.Subject.EndsWith(".DISCONNECT", StringComparison.Ordinal))
                {
                    if (SessionEvent.Read(message.Data) is { } left)
                    {
                        _table.Remove(left.Id);
                    }
                }
                else if (
                    message.Subject == $"$SYS.ACCOUNT.{ServerConfig.AppAccount}.CONNECT"
                    && SessionEvent.Read(message.Data) is { } came
                    && UserJwt.ReadName(came.Name) is var (person, device)
                    && _table.Add(came.Id, person, device)
                )
                {
                    Met?.Invoke(person);
                }
            }
        }
    }

    private ValueTask Reconnected(object? sender, NatsEventArgs args)
    {
        _wake.Writer.TryWrite(true);
        return ValueTask.CompletedTask;
    }

    private async Task RefreshNowAndThenAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            waiting.CancelAfter(_every);
            await ((Task)_wake.Reader.WaitToReadAsync(waiting.Token).AsTask()).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing
            );
            _wake.Reader.TryRead(out _);
            try
            {
                await RefreshAsync(_stopping.Token);
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                _log.LogWarning("Connections could not be listed: {Reason}", e.Message);
            }
        }
    }
}
