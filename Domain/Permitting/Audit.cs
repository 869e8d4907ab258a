using Chat.Domain.Conversations;

namespace Chat.Domain.Permitting;

/// <summary>Something that was done to a conversation, or to the people in it.</summary>
/// <param name="Version">As which version.</param>
/// <param name="Event">What, by whom, when and why.</param>
/// <param name="Because">The rules that allowed it at that time, the deciding one last.</param>
public sealed record AuditEntry(long Version, Event Event, Listing<string> Because)
{
    /// <summary>To whom; nobody where it was done to the conversation.</summary>
    public PersonId? Person =>
        Event switch
        {
            Event.RolesAssigned assigned => assigned.Person,
            Event.OwnershipTransferred transferred => transferred.Person,
            Event.Kicked kicked => kicked.Person,
            Event.Banned banned => banned.Person,
            Event.Unbanned unbanned => unbanned.Person,
            Event.TimedOut timed => timed.Person,
            Event.Uninvited uninvited => uninvited.Person,
            Event.MessageRedacted redacted => redacted.Author,
            Event.Invited { People: [var person] } => person,
            _ => null,
        };

    /// <summary>Why, as whoever did it said.</summary>
    public Reason? Reason =>
        Event switch
        {
            Event.Kicked kicked => kicked.Reason,
            Event.Banned banned => banned.Reason,
            Event.TimedOut timed => timed.Reason,
            Event.MessageRedacted redacted => redacted.Reason,
            Event.Knocked knocked => knocked.Reason,
            _ => null,
        };
}

/// <summary>
/// Who did what to whom, why and by which rule: it follows from the events alone, so nothing can be left out of it or
/// added, and what one says of oneself is not in it.
/// </summary>
public static class Audit
{
    /// <summary>
    /// The entries of a past, in order. It may be given without what was said, edited and reacted: nothing here rests
    /// on it.
    /// </summary>
    public static Seq<AuditEntry> Of(IEnumerable<Recorded> past) => After(Conversations.State.Initial, past).Entries;

    /// <summary>
    /// The entries of what came after a state of which the same was left out, and the state that it leads to. What one
    /// request came to is not parted.
    /// </summary>
    public static (Seq<AuditEntry> Entries, State After) After(State state, IEnumerable<Recorded> past)
    {
        var entries = new List<AuditEntry>();
        Recorded? before = null;
        foreach (var recorded in past)
        {
            if (recorded.Event is not Event happened)
                continue;
            // What one request comes to rests on the same rules.
            if (entries.Count > 0 && recorded.Origin == before?.Origin && recorded.Event.By == before?.Event.By)
                entries.Add(entries[^1] with { Version = recorded.Version, Event = happened });
            else if (CommandOf(happened) is { } command)
                entries.Add(new AuditEntry(recorded.Version, happened, RulesOf(state, happened, command)));
            before = recorded;
            // What was left out counts as a version.
            state = Evolution.Evolve(state with { Version = recorded.Version - 1 }, happened);
        }
        return (toSeq(entries).Strict(), state);
    }

    /// <summary>Whether an event is one of those that are told here.</summary>
    public static bool Tells(Event happened) => CommandOf(happened) is not null;

    private static Listing<string> RulesOf(State before, Event happened, Command command) =>
        happened.Refused is { } refused
            ? refused.Because
            : Permissions.Evaluate(before, FactsOf(happened), happened.By, command, happened.At).Because;

    // The message that it was about, which was there to be seen: else it had not been decided.
    private static Facts FactsOf(Event happened) =>
        happened.About is { } about
            ? Facts.Empty.With(
                new FactKey.Message(about.Seq),
                Some<AnyFact>(
                    new Fact.Message(
                        about,
                        happened is Event.MessageRedacted redacted ? redacted.Author : about.Author ?? happened.By,
                        happened.At,
                        false,
                        Empty
                    )
                )
            )
            : Facts.Empty;

    // What was asked for, as far as the rules ask for it; nothing for what one says and does of oneself.
    private static Command? CommandOf(Event happened) =>
        happened switch
        {
            Event.Renamed renamed => new Command.Rename(renamed.Name),
            Event.TopicSet set => new Command.SetTopic(set.Topic),
            Event.Invited invited => new Command.Invite(invited.People),
            Event.Joined { Link: { } link } => new Command.Join(link),
            Event.MessageRedacted redacted when redacted.Author != redacted.By => new Command.RedactMessage(
                redacted.Message.Seq,
                redacted.Reason
            ),
            Event.Pinned pinned => new Command.Pin(pinned.Message.Seq),
            Event.Unpinned unpinned => new Command.Unpin(unpinned.Message.Seq),
            Event.SettingsChanged => new Command.ChangeSettings(new SettingsChange()),
            Event.WordsSet set => new Command.SetWords(set.Rules),
            Event.RoleSet set => new Command.SetRole(
                set.Role,
                set.Definition.Name,
                set.Definition.Rank,
                set.Definition.Grant
            ),
            Event.RoleDropped dropped => new Command.DropRole(dropped.Role),
            Event.RolesAssigned assigned => new Command.AssignRoles(assigned.Person, assigned.Roles, assigned.Grant),
            Event.OwnershipTransferred transferred => new Command.TransferOwnership(transferred.Person),
            Event.Kicked kicked => new Command.Kick(kicked.Person, kicked.Reason),
            Event.Banned banned => new Command.Ban(banned.Person, null, banned.Reason),
            Event.Unbanned unbanned => new Command.Unban(unbanned.Person),
            Event.TimedOut timed => new Command.Timeout(timed.Person, 0, timed.Reason),
            Event.Uninvited uninvited => new Command.Uninvite(uninvited.Person),
            Event.LinkMade made => new Command.MakeLink(made.Link, null, made.MaxUses, made.People),
            Event.LinkDropped dropped => new Command.DropLink(dropped.Link),
            Event.Created
            or Event.Nicknamed
            or Event.Joined
            or Event.Left
            or Event.MessageSent
            or Event.MessageEdited
            or Event.MessageRedacted
            or Event.Reacted
            or Event.Unreacted
            or Event.Knocked
            or Event.Closed
            or Event.Reopened
            or Event.Called
            or Event.Partied => null,
        };
}
