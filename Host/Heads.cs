using Chat.Host.Nats;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Announces how far conversations have got, to everybody who is connected: after a host took over, or lost its server
/// for a while, something may have been committed that nobody was told.
/// </summary>
public sealed class Heads(Database database, Sessions sessions, Fanout fanout, Func<Instant> now, ILogger<Heads> log)
    : IAsyncDisposable
{
    internal const int MostInOne = 2_000;
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
        foreach (var (person, all) in heads)
        foreach (var some in all.Chunk(MostInOne))
            fanout.AnnounceHeads(person, some);
        log.LogInformation("Announced heads to {People} people", heads.Count);
    }

    /// <summary>Announces what changed in this last stretch of time, beside everything else.</summary>
    public ValueTask AnnounceSoon(TimeSpan stretch)
    {
        announcing = ObserveAsync(AnnounceAsync(now().Plus(-(long)stretch.TotalMilliseconds)));
        return ValueTask.CompletedTask;
    }

    private async Task ObserveAsync(Task announced)
    {
        try
        {
            await announced;
        }
        catch (Exception fault)
        {
            log.LogWarning("Heads were not announced: {Fault}", fault.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await announcing;
}
