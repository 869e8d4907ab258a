using Chat.Domain.Presences;
using Chat.Domain.Rooms;
using Chat.Host.Driving;
using Chat.Host.Store;

namespace Chat.Host.House;

/// <summary>
/// Sees to what follows on somebody's coming and going: friends see it, and who is in no more leaves the room that they
/// are in and hangs up. Whom friends are told of besides: <see cref="NoticesTold"/>.
/// </summary>
internal sealed class Doorkeeper : IAsyncDisposable
{
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
    private readonly HouseTold told;
    private readonly Func<Instant> now;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;
    private readonly long began = TimeProvider.System.GetTimestamp();

    public Doorkeeper(
        Database database,
        TenantId tenant,
        Lanes lanes,
        IOwnership ownership,
        Presences presences,
        HouseTold told,
        Func<Instant> now,
        ILogger log
    )
    {
        (this.database, this.tenant, this.lanes, this.ownership) = (database, tenant, lanes, ownership);
        (this.presences, this.told, this.now, this.log) = (presences, told, now, log);
        presences.Changed = change => _ = GuardedAsync(() => ChangedAsync(change));
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

    private async Task WatchAsync()
    {
        using var ticks = new PeriodicTimer(SweepEvery);
        try
        {
            while (await ticks.WaitForNextTickAsync(stopping.Token))
                await GuardedAsync(SweepAsync);
        }
        catch (OperationCanceledException) { }
    }

    // Whose going nobody noticed: their host died with it.
    private async Task SweepAsync()
    {
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
