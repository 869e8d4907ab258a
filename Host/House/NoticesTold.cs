using System.Threading.Channels;
using Chat.Domain.Notices;
using Chat.Host.Driving;
using Chat.Host.Store;

namespace Chat.Host.House;

using Opening = Domain.Notices.Opening;

/// <summary>
/// Tells people of friends who came in, as <see cref="Noticing"/> says. Of each who is told, the host that owns their
/// place sees to it. What comes while it is busy is seen to together: two queries, however many came, and of however
/// many friends.
/// </summary>
internal sealed class NoticesTold : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);
    private readonly Database database;
    private readonly TenantId tenant;
    private readonly IOwnership ownership;
    private readonly Presences presences;
    private readonly Veils veils;
    private readonly HouseTold told;
    private readonly Func<Instant> now;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Dictionary<PersonId, NoticeState> states = [];
    private readonly Dictionary<PersonId, Instant> due = [];

    // Nobody: it is time to look at what is due.
    private readonly Channel<Opening?> opened = Channel.CreateUnbounded<Opening?>();
    private readonly Timer ticks;
    private readonly Task running;
    private long swept = TimeProvider.System.GetTimestamp();

    public NoticesTold(
        Database database,
        TenantId tenant,
        IOwnership ownership,
        Presences presences,
        Veils veils,
        HouseTold told,
        Func<Instant> now,
        ILogger log
    )
    {
        (this.database, this.tenant, this.ownership) = (database, tenant, ownership);
        (this.presences, this.veils, this.told) = (presences, veils, told);
        (this.now, this.log) = (now, log);
        presences.Opened = (person, at) => opened.Writer.TryWrite(new Opening(person, at));
        presences.Noted = Hear;
        presences.AllNoted = AllNoted;
        ticks = new Timer(_ => opened.Writer.TryWrite(null), null, Every, Every);
        running = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await opened.Reader.WaitToReadAsync(stopping.Token))
                await SeeToAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested) { }
    }

    private async Task SeeToAsync()
    {
        var openings = new List<Opening>();
        while (opened.Reader.TryRead(out var next))
            if (next is { } opening)
                openings.Add(opening);
        List<PersonId> ready;
        lock (gate)
            ready = [.. due.Where(one => one.Value <= now()).Select(one => one.Key)];
        if (TimeProvider.System.GetElapsedTime(swept) >= SweepEvery)
            Sweep();
        if (openings.Count + ready.Count == 0)
            return;
        try
        {
            await using var connected = await database.Reads.OpenConnectionAsync(stopping.Token);
            var friends = await HouseReads.FriendsOfAsync(connected, openings.Select(opening => opening.Who));
            var asked = openings
                .SelectMany(opening => friends[opening.Who], (opening, friend) => (friend, opening))
                .Where(one => ownership.IsOwn(StreamKey.Place(tenant, one.friend)))
                .ToLookup(one => one.friend, one => one.opening);
            await DecideAsync(connected, [.. asked.Select(one => one.Key).Union(ready)], asked);
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("Friends were not told of who came: {Fault}", fault.Message);
        }
    }

    // Nobody else lets anybody wait: what is read of those who do holds until it is decided.
    private async Task DecideAsync(
        Npgsql.NpgsqlConnection connected,
        List<PersonId> people,
        ILookup<PersonId, Opening> openings
    )
    {
        List<(PersonId Whom, PersonId Who)> pairs;
        lock (gate)
            pairs =
            [
                .. people.SelectMany(
                    whom =>
                        openings[whom]
                            .Concat(StateOf(whom).Waiting.Select(waiting => waiting.Opening))
                            .Select(opening => opening.Who)
                            .Distinct(),
                    (whom, who) => (whom, who)
                ),
            ];
        var hearings = (await HouseReads.HearingsAsync(connected, pairs)).ToLookup(one => one.Whom);
        foreach (var person in people)
        {
            var quiet = await QuietAsync(connected, person, hearings[person]);
            var bars = toHashMap(hearings[person].Select(one => (one.Who, BarsOf(one))));
            Decide(person, new NoticeFacts(Listing.From(openings[person]), bars, quiet, presences.IsIn(person)));
        }
    }

    private Bars BarsOf(Hearing one) =>
        Noticing.Between(
            one.Who,
            veils.Discretions.Of(one.Who),
            one.IsGhost ? Set(one.Whom) : Empty,
            one.Whom,
            one.IsMuted ? Set(one.Who) : Empty,
            one.IsClosed
        );

    // A row that was written before quiet hours stood in it does not say.
    private async Task<QuietHours?> QuietAsync(
        Npgsql.NpgsqlConnection connected,
        PersonId person,
        IEnumerable<Hearing> hearings
    ) =>
        hearings.FirstOrDefault() switch
        {
            null => null,
            { IsQuietKnown: true } one => one.Quiet,
            _ => (await HouseReads.PlaceAsync(connected, tenant, person)).Quiet,
        };

    private void Decide(PersonId person, NoticeFacts facts)
    {
        lock (gate)
        {
            var (after, notice, next) = Noticing.Decide(StateOf(person), facts, now());
            if (after.IsBlank(now()))
                states.Remove(person);
            else
                states[person] = after;
            if (next.Case is Instant at)
                due[person] = at;
            else
                due.Remove(person);
            // Before they are told: if this host dies between the two it is not told, rather than told twice.
            notice.IfSome(one =>
            {
                presences.Note(new(person, toMap(one.People.Select(who => (who, now()))), after.DigestAt));
                told.PublishNotice(person, [.. one.People]);
            });
        }
    }

    private void Sweep()
    {
        swept = TimeProvider.System.GetTimestamp();
        lock (gate)
            foreach (var (person, state) in states)
                if (state.IsBlank(now()))
                    states.Remove(person);
    }

    private NoticeState StateOf(PersonId person) => states.GetValueOrDefault(person, NoticeState.Blank);

    private void Hear(Noted noted)
    {
        lock (gate)
            states[noted.Whom] = StateOf(noted.Whom).Join(noted.Told, noted.DigestAt);
    }

    private List<Noted> AllNoted()
    {
        lock (gate)
            return
            [
                .. states
                    .Where(one => !one.Value.Told.IsEmpty)
                    .Select(one => new Noted(one.Key, one.Value.Told, one.Value.DigestAt)),
            ];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }
}
