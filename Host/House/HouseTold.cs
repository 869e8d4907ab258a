using Chat.Domain.Committing;
using Chat.Domain.Presences;
using Chat.Domain.Rooms;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Privacy = Chat.Domain.People.Privacy;

namespace Chat.Host.House;

/// <summary>
/// Tells people of the house: those inside a room at once how it is now, their friends outside what they may see of it,
/// and each where their friends are. What looks to somebody as it did is not told again: of a locked room nobody
/// outside hears when something happens in it.
/// </summary>
public sealed class HouseTold : IAsyncDisposable
{
    private readonly Shown shown;
    private readonly Database database;
    private readonly Sessions sessions;
    private readonly Veils veils;
    private readonly Func<PersonId, Attendance> attendanceOf;
    private readonly Func<Instant> now;
    private readonly CallsTold calls;
    private readonly Companions companions;
    private readonly InOrder telling;

    internal HouseTold(
        Shown shown,
        Database database,
        Sessions sessions,
        Veils veils,
        Func<PersonId, Attendance> attendanceOf,
        Func<Instant> now,
        ILogger log
    )
    {
        (this.database, this.sessions, this.veils) = (database, sessions, veils);
        (this.shown, this.attendanceOf, this.now) = (shown, attendanceOf, now);
        companions = new Companions(database);
        telling = new InOrder(log);
        calls = new CallsTold(shown, database, telling, now);
    }

    /// <summary>Tells what happened in a room, or to somebody's place.</summary>
    public void Publish(Output.Publish committed)
    {
        var (stream, before, after, events) = committed;
        if (after.State is State room)
        {
            PublishRoom(RoomId.Of(stream.Id), before?.State as State ?? Domain.Rooms.State.Initial, room, events);
            if (companions.Follow(stream, after, events) is { } note)
                Later(note);
        }
        else if (after.State is Domain.Places.State place)
            PublishPlace(PersonId.Of(stream.Id), place, events);
        else if (after.State is Domain.Calls.State line)
            calls.Publish(stream, line);
    }

    /// <summary>Ends when all that was to be told until now has been.</summary>
    public Task ToldAsync()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Later(() =>
        {
            told.SetResult();
            return Task.CompletedTask;
        });
        return told.Task;
    }

    /// <summary>
    /// Somebody came or went, or lets others see it than before: their friends are told, unless they are in a room,
    /// which is told of by itself. What is as before is so at this call, since by the time it is told more may happen.
    /// </summary>
    public void PublishPresence(PersonId person, Attendance? attendance = null, Privacy? privacy = null)
    {
        var (was, kept) = (attendance ?? attendanceOf(person), privacy ?? veils.Discretions.Of(person));
        Later(() => TellWhereAsync(person, was, kept));
    }

    /// <summary>Some see the house otherwise now, since they stand otherwise to each other.</summary>
    public void BeginAnew(IEnumerable<PersonId> people)
    {
        foreach (var person in people)
            shown.Send(person, Subjects.House(person, "anew"), HouseAnswers.Anew);
    }

    /// <summary>Tells somebody that friends have come in.</summary>
    public void PublishNotice(PersonId person, IReadOnlyCollection<PersonId> friends) =>
        shown.Send(person, Subjects.House(person, "notice"), HouseAnswers.Notice(friends));

    private void PublishRoom(RoomId room, State before, State after, Seq<Recorded> events)
    {
        var since = events[0].Version - 1;
        var hasPlayed = events.Exists(recorded => recorded.Event is Event.Played);
        foreach (var person in after.Inside)
            if (sessions.IsLive(person.Value))
                RoomView
                    .Of(room, after, person, other => veils.Part(person, other), now())
                    .Map(view => hasPlayed ? view : view with { Table = null })
                    .IfSome(view => shown.Send(person, Subjects.Event(person, room), RoomAnswers.Changed(view, since)));
        var moved = new List<PersonId>();
        foreach (var recorded in events)
            switch (recorded.Event)
            {
                case Event.Lit or Event.Entered:
                    moved.Add(recorded.Event.By);
                    break;
                case Event.Left left:
                    moved.Add(left.By);
                    shown.Send(left.By, Subjects.Event(left.By, room), RoomAnswers.Gone(room, recorded.Version, false));
                    break;
                case Event.Expelled { Person: var who }:
                    moved.Add(who);
                    shown.Send(who, Subjects.Event(who, room), RoomAnswers.Gone(room, recorded.Version, true));
                    break;
                case Event.Admitted { Person: var who }:
                    shown.Send(who, Subjects.Ephemeral(who, room), RoomAnswers.Answered(room, true));
                    break;
                case Event.Declined { Person: var who }:
                    shown.Send(who, Subjects.Ephemeral(who, room), RoomAnswers.Answered(room, false));
                    break;
            }
        // What is said inside looks to nobody outside like anything, nor do the moves of a game.
        if (
            events.Exists(recorded => recorded.Event is not (Event.Said or Event.Noted or Event.Played))
            || before.Table.Running != after.Table.Running
        )
            Later(() => TellOutsideAsync(room, before, after, moved));
    }

    private void PublishPlace(PersonId person, Domain.Places.State place, Seq<Recorded> events)
    {
        foreach (var happened in events.Map(recorded => recorded.Event))
            if (happened is Domain.Places.Event.Waved waved)
            {
                if (!place.Muted.Contains(waved.By))
                    shown.Send(
                        person,
                        Subjects.House(person, waved.By.Value),
                        HouseAnswers.Told(new WaveAt(waved.By, waved.At, waved.Room, waved.IsBuzz))
                    );
            }
            else if (happened is Domain.Places.Event.Ghosted { Person: var ghosted })
                BeginAnew([person, ghosted]);
            else if (happened is Domain.Places.Event.Unghosted { Person: var seen })
                BeginAnew([person, seen]);
            // The rooms and the line tell of it.
            else if (happened is not (Domain.Places.Event.Moved or Domain.Places.Event.OnCall))
                BeginAnew([person]);
    }

    private async Task TellOutsideAsync(RoomId room, State before, State after, List<PersonId> moved)
    {
        await using var connected = await database.Reads.OpenConnectionAsync();
        var concerned = before.Inside.Concat(after.Inside).Concat(moved).Distinct().ToList();
        var ties = await HouseReads.TiesAsync(connected, concerned);
        var gone = moved.Where(person => !after.Occupants.ContainsKey(person)).ToList();
        var places = gone.Count == 0 ? [] : await HouseReads.PlacesAsync(connected, gone);
        var viewers = ties.Keys.Select(key => key.Viewer).Concat(concerned).Concat(shown.ViewersOf(room)).Distinct();
        foreach (var viewer in viewers)
        {
            var (was, now) = (CardOf(before), CardOf(after));
            shown.Tell(room, viewer, was, now);
            foreach (var friend in concerned)
                if (
                    ties.GetValueOrDefault((viewer, friend)) is { IsFriend: true, IsGhost: false } tie
                    && WhereIs(viewer, friend, tie, (before, was), (after, now)) is { } here
                )
                    shown.Tell(viewer, here.Before, here.Now);

            Card? CardOf(State state) =>
                Card.Of(room, state, viewer, other => ties.GetValueOrDefault((viewer, other)))
                    .IfNoneUnsafe((Card?)null);
        }
        if (!after.IsLit)
            shown.Forget(room);

        (FriendHere Before, FriendHere Now)? WhereIs(
            PersonId viewer,
            PersonId friend,
            Tie tie,
            (State State, Card? Card) was,
            (State State, Card? Card) now
        )
        {
            var wasIn = was.State.Occupants.ContainsKey(friend);
            var isIn = now.State.Occupants.ContainsKey(friend);
            if (isIn || wasIn && places.GetValueOrDefault(friend).Room is null)
                return (wasIn ? Inside(was.Card) : InHall(friend, tie), isIn ? Inside(now.Card) : InHall(friend, tie));
            // Of who went on into another room it was told with that one, where that is seen.
            return wasIn && places[friend].Room is { } other && other != room && !shown.HasTold(viewer, friend, other)
                ? (Inside(was.Card), new(friend, Whereabouts.Away, null))
                : null;

            FriendHere Inside(Card? card) =>
                card is { Mine: true } or { Locked: false }
                    ? new(friend, Whereabouts.Room, room)
                    : new(friend, Whereabouts.Away, null);
        }
    }

    private FriendHere InHall(PersonId friend, Tie tie) =>
        InHall(friend, tie, attendanceOf(friend), veils.Discretions.Of(friend));

    private static FriendHere InHall(PersonId friend, Tie tie, Attendance attendance, Privacy privacy) =>
        new(friend, Sighting.IsInHall(attendance, privacy, tie) ? Whereabouts.Hall : Whereabouts.Away, null);

    private async Task TellWhereAsync(PersonId person, Attendance was, Privacy kept)
    {
        await using var connected = await database.Reads.OpenConnectionAsync();
        var (room, ghosted) = (await HouseReads.PlacesAsync(connected, [person])).GetValueOrDefault(person);
        if (room is not null)
            return;
        var tie = new Tie(true, false, false);
        foreach (var friend in await HouseReads.FriendsAsync(connected, person))
            if (!ghosted.Contains(friend.Person))
                shown.Tell(friend.Person, InHall(person, tie, was, kept), InHall(person, tie));
    }

    private void Later(Func<Task> tell) => telling.Later(tell);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => telling.DisposeAsync();
}
