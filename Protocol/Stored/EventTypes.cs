using Chat.Domain.Conversations;

namespace Chat.Protocol.Stored;

/// <summary>A type of event as the store knows it.</summary>
/// <param name="Number">Its number in the store's own tables; never given to another.</param>
/// <param name="Name">Its name and version; another form is another version and another entry here.</param>
/// <param name="Type">The type of the domain that it is read as.</param>
public sealed record EventType(short Number, string Name, Type Type);

/// <summary>Every type of event that was ever stored. Only grows.</summary>
public static class EventTypes
{
    /// <summary>The number of an edit: its row holds what was said, as a message's does.</summary>
    public const short MessageEdited = 9;

    /// <summary>The number of a redaction.</summary>
    public const short MessageRedacted = 10;

    /// <summary>All of them, by number.</summary>
    public static Listing<EventType> All { get; } =
    [
        new(1, "conversation.created.v1", typeof(Event.Created)),
        new(2, "conversation.renamed.v1", typeof(Event.Renamed)),
        new(3, "conversation.topic_set.v1", typeof(Event.TopicSet)),
        new(4, "conversation.nicknamed.v1", typeof(Event.Nicknamed)),
        new(5, "conversation.invited.v1", typeof(Event.Invited)),
        new(6, "conversation.joined.v1", typeof(Event.Joined)),
        new(7, "conversation.left.v1", typeof(Event.Left)),
        new(8, "conversation.message_sent.v1", typeof(Event.MessageSent)),
        new(MessageEdited, "conversation.message_edited.v1", typeof(Event.MessageEdited)),
        new(MessageRedacted, "conversation.message_redacted.v1", typeof(Event.MessageRedacted)),
        new(11, "conversation.reacted.v1", typeof(Event.Reacted)),
        new(12, "conversation.unreacted.v1", typeof(Event.Unreacted)),
        new(13, "person.profile_changed.v1", typeof(Domain.People.Event.ProfileChanged)),
        new(14, "person.device_revoked.v1", typeof(Domain.People.Event.DeviceRevoked)),
        new(15, "conversation.pinned.v1", typeof(Event.Pinned)),
        new(16, "conversation.unpinned.v1", typeof(Event.Unpinned)),
        new(17, "conversation.settings_changed.v1", typeof(Event.SettingsChanged)),
        new(18, "conversation.role_set.v1", typeof(Event.RoleSet)),
        new(19, "conversation.role_dropped.v1", typeof(Event.RoleDropped)),
        new(20, "conversation.roles_assigned.v1", typeof(Event.RolesAssigned)),
        new(21, "conversation.ownership_transferred.v1", typeof(Event.OwnershipTransferred)),
        new(22, "conversation.kicked.v1", typeof(Event.Kicked)),
        new(23, "conversation.banned.v1", typeof(Event.Banned)),
        new(24, "conversation.unbanned.v1", typeof(Event.Unbanned)),
        new(25, "conversation.timed_out.v1", typeof(Event.TimedOut)),
        new(26, "conversation.knocked.v1", typeof(Event.Knocked)),
        new(27, "conversation.uninvited.v1", typeof(Event.Uninvited)),
        new(28, "conversation.closed.v1", typeof(Event.Closed)),
        new(29, "conversation.reopened.v1", typeof(Event.Reopened)),
        new(30, "pair.requested.v1", typeof(Domain.Pairs.Event.Requested)),
        new(31, "pair.befriended.v1", typeof(Domain.Pairs.Event.Befriended)),
        new(32, "pair.declined.v1", typeof(Domain.Pairs.Event.Declined)),
        new(33, "pair.cancelled.v1", typeof(Domain.Pairs.Event.Cancelled)),
        new(34, "pair.removed.v1", typeof(Domain.Pairs.Event.Removed)),
        new(35, "pair.blocked.v1", typeof(Domain.Pairs.Event.Blocked)),
        new(36, "pair.unblocked.v1", typeof(Domain.Pairs.Event.Unblocked)),
        new(37, "person.privacy_changed.v1", typeof(Domain.People.Event.PrivacyChanged)),
        new(38, "person.invitation_declined.v1", typeof(Domain.People.Event.InvitationDeclined)),
        new(39, "conversation.link_made.v1", typeof(Event.LinkMade)),
        new(40, "conversation.link_dropped.v1", typeof(Event.LinkDropped)),
        new(41, "desk.filed.v1", typeof(Domain.Desks.Event.Filed)),
        new(42, "desk.assigned.v1", typeof(Domain.Desks.Event.Assigned)),
        new(43, "desk.settled.v1", typeof(Domain.Desks.Event.Settled)),
        new(44, "conversation.words_set.v1", typeof(Event.WordsSet)),
        new(45, "person.suspended.v1", typeof(Domain.People.Event.Suspended)),
        new(46, "person.restored.v1", typeof(Domain.People.Event.Restored)),
        new(47, "room.lit.v1", typeof(Domain.Rooms.Event.Lit)),
        new(48, "room.entered.v1", typeof(Domain.Rooms.Event.Entered)),
        new(49, "room.left.v1", typeof(Domain.Rooms.Event.Left)),
        new(50, "room.locked.v1", typeof(Domain.Rooms.Event.Locked)),
        new(51, "room.unlocked.v1", typeof(Domain.Rooms.Event.Unlocked)),
        new(52, "room.knocked.v1", typeof(Domain.Rooms.Event.Knocked)),
        new(53, "room.withdrew.v1", typeof(Domain.Rooms.Event.Withdrew)),
        new(54, "room.admitted.v1", typeof(Domain.Rooms.Event.Admitted)),
        new(55, "room.declined.v1", typeof(Domain.Rooms.Event.Declined)),
        new(56, "room.expelled.v1", typeof(Domain.Rooms.Event.Expelled)),
        new(57, "room.said.v1", typeof(Domain.Rooms.Event.Said)),
        new(58, "room.noted.v1", typeof(Domain.Rooms.Event.Noted)),
        new(59, "room.guests_set.v1", typeof(Domain.Rooms.Event.GuestsSet)),
        new(60, "place.moved.v1", typeof(Domain.Places.Event.Moved)),
        new(61, "place.private_set.v1", typeof(Domain.Places.Event.PrivateSet)),
        new(62, "place.quiet_set.v1", typeof(Domain.Places.Event.QuietSet)),
        new(63, "place.ghosted.v1", typeof(Domain.Places.Event.Ghosted)),
        new(64, "place.unghosted.v1", typeof(Domain.Places.Event.Unghosted)),
        new(65, "place.muted.v1", typeof(Domain.Places.Event.Muted)),
        new(66, "place.unmuted.v1", typeof(Domain.Places.Event.Unmuted)),
        new(67, "place.waved.v1", typeof(Domain.Places.Event.Waved)),
        new(68, "place.waves_seen.v1", typeof(Domain.Places.Event.WavesSeen)),
        new(69, "room.played.v1", typeof(Domain.Rooms.Event.Played)),
        new(70, "line.rung.v1", typeof(Domain.Calls.Event.Rung)),
        new(71, "line.answered.v1", typeof(Domain.Calls.Event.Answered)),
        new(72, "line.ended.v1", typeof(Domain.Calls.Event.Ended)),
        new(73, "place.on_call.v1", typeof(Domain.Places.Event.OnCall)),
        new(74, "conversation.called.v1", typeof(Event.Called)),
        new(78, "room.keep_set.v1", typeof(Domain.Rooms.Event.KeepSet)),
        new(79, "conversation.partied.v1", typeof(Event.Partied)),
        new(80, "person.dismissed.v1", typeof(Domain.People.Event.Dismissed)),
        new(85, "desk.looked.v1", typeof(Domain.Desks.Event.Looked)),
    ];

    private static readonly IReadOnlyDictionary<Type, EventType> ByType = All.ToDictionary(one => one.Type);
    private static readonly IReadOnlyDictionary<string, EventType> ByName = All.ToDictionary(one => one.Name);

    /// <summary>The type of an event.</summary>
    /// <exception cref="ArgumentException">An event of an aggregate that is not stored.</exception>
    public static EventType Of(AnyEvent happened) =>
        ByType.TryGetValue(happened.GetType(), out var found)
            ? found
            : throw new ArgumentException($"{happened.GetType()} has no name in the store", nameof(happened));

    /// <summary>The type under a name.</summary>
    public static Option<EventType> Find(string name) => ByName.TryGetValue(name, out var found) ? Some(found) : None;
}
