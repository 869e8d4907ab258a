using Chat.Host.Nats;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Announces how far conversations have got, to everybody who is connected: after a host took over, or lost its server
/// for a while, something may have been committed that nobody was told.
/// </summary>
public sealed class Heads(
    Database database,
    Sessions sessions,
    Fanout fanout,
    Func<Instant> now,
    TimeProvider clock,
    ILogger<Heads> log
) : IAsyncDisposable
{
    internal const int MostInOne = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private Task announcing = Task.CompletedTask;

    /// <summary>Announces all that changed since then.</summary>
    public async Task AnnounceAsync(Instant since)
    {
        // A restarted host knows no sessions: it asks the server.
        await sessions.RefreshAsync();
        var people = sessions.People;
        if (people.Count == 0)
            return;
        var heads = await HeadReads.ChangedAsync(database, since, people);
        Tell(fanout, heads);
        log.LogInformation("Announced heads to {People} people", heads.Count);
    }

    /// <summary>Tells each how far theirs have got.</summary>
    internal static void Tell(Fanout fanout, Dictionary<PersonId, List<(ConversationId, long)>> heads)
    {
        foreach (var (person, all) in heads)
        foreach (var some in all.Chunk(MostInOne))
            fanout.AnnounceHeads(person, some);
    }

    /// <summary>
    /// Announces what changed in this last stretch of time, beside everything else, once the database answers.
    /// </summary>
    public ValueTask AnnounceSoon(TimeSpan stretch) => Begin(now().Plus(-(long)stretch.TotalMilliseconds));

    /// <summary>Announces what changed since hosts that are gone were last heard of, and a minute before.</summary>
    public ValueTask AnnounceSince(Instant quiet) => Begin(LeaseRows.QuietSince(quiet));

    /// <summary>
    /// Tells both of two people that what they hold of the conversations that the other is in, or was, is to be seen
    /// otherwise now, once the database answers.
    /// </summary>
    public ValueTask BeginAnew(Listing<PersonId> two) => Begin(() => BeginAnewAsync(two));

    private async Task BeginAnewAsync(Listing<PersonId> two)
    {
        foreach (var (person, other) in ((PersonId, PersonId)[])[(two[0], two[1]), (two[1], two[0])])
            if (sessions.IsLive(person.Value))
                foreach (var some in (await PairReads.SharedAsync(database, person, other)).Chunk(MostInOne))
                    fanout.AnnounceHeads(person, some, isReset: true);
    }

    private ValueTask Begin(Instant since) => Begin(() => AnnounceAsync(since));

    private ValueTask Begin(Func<Task> announce)
    {
        lock (gate)
            announcing = Task.WhenAll(announcing, PersistAsync(announce));
        return ValueTask.CompletedTask;
    }

    private async Task PersistAsync(Func<Task> announce)
    {
        while (!stopping.IsCancellationRequested)
            try
            {
                await announce();
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("Heads are not announced yet: {Fault}", fault.Message);
                await Task.Delay(Pause, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await announcing;
        stopping.Dispose();
    }
}
