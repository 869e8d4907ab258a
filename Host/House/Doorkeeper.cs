using Chat.Domain.Notices;
using Chat.Domain.Presences;
using Chat.Domain.Rooms;
using Chat.Host.Driving;
using Chat.Host.Store;

namespace Chat.Host.House;

/// <summary>
/// Sees to what follows on somebody's coming and going: who is in no more leaves the room that they are in
/// and hangs up; friends are
/// told of who came, as <see cref="Noticing"/> says. Of each who is told, the host that owns their place sees to it.
/// </summary>
internal sealed class Doorkeeper : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly DeviceId Device = DeviceId.Of("_house");

    // Longer than a lease: until then a host that started does not know yet who is in.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(2 * Presence.LengthMs);

    // Whoever says that they are gone may be loading a page anew, and is back by then.
    private static readonly TimeSpan LoadingAnew = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(15);
    private readonly Database database;
    private readonly TenantId tenant;
    private readonly Lanes lanes;
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
    private readonly Task running;
    private readonly long began = TimeProvider.System.GetTimestamp();

    public Doorkeeper(
        Database database,
        TenantId tenant,
        Lanes lanes,
        IOwnership ownership,
        Presences presences,
        Veils veils,
        HouseTold told,
        Func<Instant> now,
        ILogger log
    )
    {
        (this.database, this.tenant, this.lanes, this.ownership) = (database, tenant, lanes, ownership);
        (this.presences, this.veils, this.told) = (presences, veils, told);
        (this.now, this.log) = (now, log);
        presences.Changed = change => _ = GuardedAsync(() => ChangedAsync(change));
        presences.Opened = (person, at) => _ = GuardedAsync(() => OpenedAsync(new Domain.Notices.Opening(person, at)));
        presences.Noted = Hear;
        presences.AllNoted = AllNoted;
        running = Task.Run(WatchAsync);
    }

    private bool IsOwn(PersonId person) => ownership.IsOwn(StreamKey.Place(tenant, person));

    private async Task ChangedAsync(Change change)
    {
        if (IsOwn(change.Who))
            told.PublishPresence(change.Who, change.Before);
        if (change.After is not Attendance.Away)
            return;
        await Task.Delay(LoadingAnew, stopping.Token);
        if (presences.IsIn(change.Who))
            return;
        foreach (var taken in await HouseReads.TakenAsync(database, change.Who, stopping.Token))
            await PutOutAsync(taken);
    }

    // The host of the room does, and that of the line. Whoever has come back meanwhile comes in again as before. Who is
    // only being called may yet come to take it.
    private async Task PutOutAsync((PersonId Person, RoomId? Room, PersonId? Call) taken)
    {
        if (taken.Room is { } room)
            Submit(StreamKey.Of(tenant, room), taken.Person, new Command.Leave());
        if (
            taken.Call is not { } other
            || StreamKey.Line(tenant, taken.Person, other) is var line && !ownership.IsOwn(line)
        )
            return;
        await using var connected = await database.Reads.OpenConnectionAsync(stopping.Token);
        var state = (Domain.Calls.State)(await StreamReads.LoadAsync(connected, line)).Current.State;
        if (state.Current is { } call && (call.AnsweredAt is not null || call.Caller == taken.Person))
            Submit(line, taken.Person, new Domain.Calls.Command.HangUp(call.Number));
    }

    private void Submit(StreamKey stream, PersonId person, AnyCommand command)
    {
        if (!ownership.IsOwn(stream))
            return;
        var client = ClientId.Of($"gone-{now().Milliseconds}");
        lanes.Submit(
            new Arrival.Request(0, stream, person, Device, client, default, command),
            reply =>
            {
                if (reply is Reply.Refused refused)
                    log.LogInformation("{Person} was not put out: {Code}", person, refused.Refusal.Code);
            }
        );
    }

    private async Task OpenedAsync(Domain.Notices.Opening opening)
    {
        await using var connected = await database.Reads.OpenConnectionAsync(stopping.Token);
        foreach (var friend in await HouseReads.FriendsAsync(connected, opening.Who))
            if (IsOwn(friend.Person))
                await DecideAsync(connected, friend.Person, [opening]);
    }

    private async Task DecideAsync(
        Npgsql.NpgsqlConnection connected,
        PersonId person,
        Listing<Domain.Notices.Opening> openings
    )
    {
        var place = await HouseReads.PlaceAsync(connected, tenant, person);
        var closed = await HouseReads.ClosedAsync(connected, person);
        var friends = await HouseReads.FriendsAsync(connected, person);
        var bars = toHashMap(
            friends.Select(friend =>
                (
                    friend.Person,
                    Noticing.Between(
                        friend.Person,
                        veils.Discretions.Of(friend.Person),
                        friend.IsGhost ? Set(person) : Empty,
                        person,
                        place.Muted,
                        closed.Contains(friend.Person)
                    )
                )
            )
        );
        var facts = new NoticeFacts(openings, bars, place.Quiet, presences.IsIn(person));
        lock (gate)
        {
            var (after, notice, next) = Noticing.Decide(
                states.GetValueOrDefault(person, NoticeState.Blank),
                facts,
                now()
            );
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

    private void Hear(Noted noted)
    {
        lock (gate)
            states[noted.Whom] = states
                .GetValueOrDefault(noted.Whom, NoticeState.Blank)
                .Join(noted.Told, noted.DigestAt);
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

    private async Task WatchAsync()
    {
        using var ticks = new PeriodicTimer(Every);
        var swept = TimeProvider.System.GetTimestamp();
        try
        {
            while (await ticks.WaitForNextTickAsync(stopping.Token))
            {
                await GuardedAsync(DueAsync);
                if (TimeProvider.System.GetElapsedTime(swept) < SweepEvery)
                    continue;
                swept = TimeProvider.System.GetTimestamp();
                await GuardedAsync(SweepAsync);
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task DueAsync()
    {
        List<PersonId> ready;
        lock (gate)
            ready = [.. due.Where(one => one.Value <= now()).Select(one => one.Key)];
        if (ready.Count == 0)
            return;
        await using var connected = await database.Reads.OpenConnectionAsync(stopping.Token);
        foreach (var person in ready)
            await DecideAsync(connected, person, []);
    }

    // Whose going nobody noticed: their host died with it.
    private async Task SweepAsync()
    {
        lock (gate)
            foreach (var (person, state) in states)
                if (state.IsBlank(now()))
                    states.Remove(person);
        if (TimeProvider.System.GetElapsedTime(began) < Settled)
            return;
        foreach (var taken in await HouseReads.TakenAsync(database, null, stopping.Token))
            if (!presences.IsIn(taken.Person))
                await PutOutAsync(taken);
    }

    private async Task GuardedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("Coming and going was not seen to: {Fault}", fault.Message);
        }
        catch (OperationCanceledException) { }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }
}
