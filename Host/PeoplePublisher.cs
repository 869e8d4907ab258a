using Chat.Domain.People;
using Chat.Host.Driving;
using Chat.Host.House;
using Chat.Host.Nats;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Bonds = Chat.Domain.Pairs.Event;

namespace Chat.Host;

/// <summary>
/// What follows on a person's own events; everything else is the fan-out's. Who shares a conversation with somebody is
/// told their new profile, if they are here; who is not asks when they come.
/// </summary>
public sealed class PeoplePublisher(
    Fanout fanout,
    Devices devices,
    Database database,
    Sessions sessions,
    UnderWay underWay,
    Veils veils,
    HouseTold house,
    Heads heads,
    ILogger<PeoplePublisher> log
) : IPublisher
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Where the staff are; null for no staff.</summary>
    public ConversationId? Staff { get; init; }

    /// <inheritdoc/>
    public void Publish(Output.Publish committed)
    {
        var (stream, _, after, events) = committed;
        if (after.State is Domain.Pairs.State pair)
        {
            foreach (var person in pair.ToldSince(events[0].Version))
                fanout.PublishBond(person, new FriendEntry(pair.OtherThan(person), pair.ViewOf(person)));
            if (events.Exists(recorded => recorded.Event is not (Bonds.Requested or Bonds.Declined or Bonds.Cancelled)))
                house.BeginAnew(pair.ToldSince(events[0].Version));
            if (events.Exists(recorded => recorded.Event is Domain.Pairs.Event.Blocked or Domain.Pairs.Event.Unblocked))
                _ = heads.BeginAnew(pair.People);
            return;
        }
        if (after.State is Domain.Desks.State desk)
        {
            _ = TellHandlersAsync(stream, desk, events);
            return;
        }
        if (after.State is Domain.Rooms.State or Domain.Places.State or Domain.Calls.State)
        {
            house.Publish(committed);
            return;
        }
        if (after.State is not State state)
        {
            // Whoever takes something from sight waits also for what is being told just now.
            var begun = underWay.Begin();
            fanout.Publish(committed);
            underWay.End(begun);
            return;
        }
        // Who closes out the device in their hand is answered before it is put out.
        foreach (var recorded in events)
            if (recorded.Event is Event.DeviceRevoked revoked && !IsOfAnother(recorded))
                _ = devices.RevokeAsync(PersonId.Of(stream.Id), revoked.Device, revoked.At);
        // Their other devices find it gone when they look.
        foreach (var declined in events.Map(recorded => recorded.Event).OfType<Event.InvitationDeclined>())
            fanout.AnnounceHeads(PersonId.Of(stream.Id), [(declined.Conversation, 1)]);
        if (events.Exists(recorded => recorded.Event is Event.ProfileChanged))
            _ = TellAsync(new PersonEntry(PersonId.Of(stream.Id), state.Profile));
        if (events.Exists(recorded => recorded.Event is Event.PrivacyChanged))
            house.PublishPresence(PersonId.Of(stream.Id), privacy: (committed.Before?.State as State)?.Privacy);
    }

    /// <inheritdoc/>
    public Task? Withdraw(StreamKey stream, Seq<Recorded> events)
    {
        if (stream.Kind is StreamKind.Pair)
            foreach (var happened in events.Map(recorded => recorded.Event).OfType<Domain.Pairs.Event>())
                veils.Take(happened);
        foreach (var changed in events.Map(recorded => recorded.Event).OfType<Event.PrivacyChanged>())
            veils.Discretions.Take(changed);
        // Nobody outside is told any more who is in, once it is locked.
        if (events.Exists(recorded => recorded.Event is Domain.Rooms.Event.Locked or Domain.Rooms.Event.GuestsSet))
            return house.ToldAsync();
        // Asked of every commit: mostly nothing is taken, and nothing is made for it.
        if (!events.Exists(Takes))
            return null;
        var ended = events
            .Where(IsOfAnother)
            .Select(recorded => (Event.DeviceRevoked)recorded.Event)
            .Select(one => devices.RevokeAsync(PersonId.Of(stream.Id), one.Device, one.At))
            .Concat(
                events
                    .Map(recorded => recorded.Event)
                    .OfType<Event>()
                    .Where(happened => happened is Event.Suspended or Event.Restored)
                    .Select(one => devices.SuspendAsync(PersonId.Of(stream.Id), PeopleReads.UntilOf(one)))
            )
            .Append(underWay.EndedAsync());
        // Nobody is left without an answer by somebody else's that does not come.
        return Task.WhenAny(Task.WhenAll(ended), Task.Delay(Longest));
    }

    /// <summary>What happened at another host: what must have ended before that one answers.</summary>
    public Task HearAsync(StreamKey stream, Seq<Recorded> events) =>
        Task.WhenAll(
            events
                .Where(recorded => !IsOfAnother(recorded))
                .Select(recorded => recorded.Event)
                .OfType<Event.DeviceRevoked>()
                .Select(one => devices.RevokeAsync(PersonId.Of(stream.Id), one.Device, one.At))
                .Append(Withdraw(stream, events) ?? Task.CompletedTask)
        );

    // Of a device other than the one in hand.
    private static bool IsOfAnother(Recorded recorded) =>
        recorded.Event is Event.DeviceRevoked revoked && recorded.Origin.Device != revoked.Device;

    private static bool Takes(Recorded recorded) =>
        IsOfAnother(recorded)
        || recorded.Event
            is Domain.Conversations.Event.MessageRedacted
                or Domain.Conversations.Event.Uninvited
                or Domain.Conversations.Event.Closed
                or Domain.Pairs.Event.Blocked
                or Domain.Pairs.Event.Removed
                or Event.Suspended
                or Event.Restored
                or Event.PrivacyChanged
                or Domain.Conversations.Event { Leaver: not null };

    /// <inheritdoc/>
    public void PublishMarks(AnyStream stream, MarkSet marks)
    {
        if (fanout.AsksFriends(stream))
            _ = TellMarksAsync(stream, marks);
        else
            TellMarks(stream, marks, Empty);
    }

    // Whoever keeps to themselves how far they are waits also for what is being told just now.
    private void TellMarks(AnyStream stream, MarkSet marks, Set<PersonId> friends)
    {
        var begun = underWay.Begin();
        fanout.PublishMarks(stream, marks, friends);
        underWay.End(begun);
    }

    // It is under way from before it is known who their friends are: whoever ceases to be one meanwhile waits for it.
    private async Task TellMarksAsync(AnyStream stream, MarkSet marks)
    {
        var begun = underWay.Begin();
        try
        {
            await using var connected = await database.Reads.OpenConnectionAsync();
            fanout.PublishMarks(stream, marks, toSet(await ClosenessReads.FriendsAsync(connected, marks.Person)));
        }
        catch (Exception fault)
        {
            log.LogWarning("How far somebody is was not told: {Fault}", fault.Message);
        }
        finally
        {
            underWay.End(begun);
        }
    }

    private async Task TellAsync(PersonEntry changed)
    {
        try
        {
            fanout.PublishProfile(changed, await PeopleReads.WhoKnowAsync(database, changed.Person, sessions.People));
        }
        catch (Exception fault)
        {
            log.LogWarning("A new profile was not told: {Fault}", fault.Message);
        }
    }

    // Whom a report is about does not learn that there is one; who told of it learns what came of it, where they may.
    private async Task TellHandlersAsync(StreamKey desk, Domain.Desks.State after, Seq<Recorded> events)
    {
        try
        {
            var key = StreamKey.Of(desk.Tenant, desk.Conversation);
            var (place, _) = await new StreamReads(database).LoadAsync(key);
            var happened = events.Map(recorded => recorded.Event);
            var members = (Domain.Conversations.State)place.State;
            fanout.PublishReported(desk.Conversation, members, after.AboutOf(happened).ToHashSet());
            foreach (var (teller, outcome) in after.SettledIn(happened))
                if (members.Members.ContainsKey(teller))
                    fanout.PublishSettled(teller, desk.Conversation, outcome);
                else if (desk.Conversation == Staff)
                    fanout.PublishSettled(teller, ConversationId.Of(Protocol.Subjects.Nothing), outcome);
        }
        catch (Exception fault)
        {
            log.LogWarning("That something was reported was not told: {Fault}", fault.Message);
        }
    }
}
