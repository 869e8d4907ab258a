using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>What a person is shown of one version of a stream, or of several that they may not see.</summary>
/// <param name="Version">The (first) version.</param>
public abstract record Seen(long Version)
{
    /// <summary>The last version that this stands for.</summary>
    public virtual long Until => Version;

    /// <summary>An event, as this person may see it.</summary>
    public sealed record Shown(long Version, Event Event) : Seen(Version);

    /// <summary>There is something at these versions, and it is not theirs to see.</summary>
    public sealed record Hidden(long Version, long Last) : Seen(Version)
    {
        /// <inheritdoc/>
        public override long Until => Last;
    }
}

/// <summary>What decides what somebody is shown of a conversation.</summary>
/// <param name="Access">The versions that they may see: where they were when it happened.</param>
/// <param name="Veiled">
/// With whom they have nothing to do, by a block of either: as it is now, and it only takes away. Nobody in a direct
/// conversation, which a block closes.
/// </param>
public readonly record struct Sight(Listing<Interval> Access, Set<PersonId> Veiled)
{
    /// <summary>Of somebody for whom nobody is veiled.</summary>
    public static Sight Of(Listing<Interval> access) => new(access, Empty);

    /// <summary>Whether they may see a message.</summary>
    public bool Holds(MessageRef message) =>
        Visibility.Holds(Access, message.Version) && !(message.Author is { } author && Veils(author));

    /// <summary>What both this sight and another show.</summary>
    public Sight Within(Sight other) =>
        new(
            Listing.From(
                from one in Access
                from two in other.Access
                let common = new Interval(Math.Max(one.From, two.From), Math.Min(one.Until, two.Until))
                where common.From <= common.Until
                select common
            ),
            Veiled.Union(other.Veiled)
        );

    /// <summary>The same of a conversation as it stood after a version: nothing of what came later.</summary>
    public Sight AsOf(long version) => Within(Of([new Interval(1, version)]));

    /// <summary>Whether somebody is veiled.</summary>
    public bool Veils(PersonId person) => Veiled.Contains(person);
}

/// <summary>
/// The one function for who sees what: live delivery, history, resume, unread and every later path go through it. It
/// knows access as it was when something happened, and whom a block veils now; what was taken back since is gone from
/// the event itself.
/// </summary>
public static class Visibility
{
    /// <summary>
    /// Whether somebody sees an event: its own version, whose doing it is, and the message it is about. What is silent
    /// nobody sees.
    /// </summary>
    public static bool Sees(Sight sight, long version, Event happened) =>
        !happened.IsSilent
        && Holds(sight.Access, version)
        && !(happened.IsPersonal && sight.Veils(happened.By))
        && (happened.About is not { } about || sight.Holds(about));

    /// <summary>What somebody is shown of an event: all of it, less a quote they may not see, or nothing.</summary>
    public static Seen Show(Sight sight, long version, Event happened)
    {
        if (!Sees(sight, version, happened))
            return new Seen.Hidden(version, version);
        return happened is Event.MessageSent { ReplyTo: { } quoted } sent && !sight.Holds(quoted)
            ? new Seen.Shown(version, sent with { ReplyTo = null })
            : new Seen.Shown(version, happened);
    }

    /// <summary>What is shown of many, in order of version; what may not be seen as ranges.</summary>
    public static Seq<Seen> ShowAll(Sight sight, Seq<Recorded> events)
    {
        var seen = new List<Seen>();
        foreach (var recorded in events)
        {
            var one = recorded.Event is Event happened
                ? Show(sight, recorded.Version, happened)
                : new Seen.Hidden(recorded.Version, recorded.Version);
            if (one is Seen.Hidden && seen is [.., Seen.Hidden last] && last.Last + 1 == one.Version)
                seen[^1] = last with { Last = one.Until };
            else
                seen.Add(one);
        }
        return toSeq(seen).Strict();
    }

    /// <summary>
    /// Who is to hear of an event, with what they see, given the state after its batch: members, and of those who are
    /// not in whoever it is about, who see that one event.
    /// </summary>
    public static Listing<Interval> AccessOf(State after, PersonId person, long version, Event happened) =>
        after.Members.Find(person).Case is Member member ? member.Access
        : Touches(happened).Contains(person) ? [new Interval(version, version)]
        : Listing<Interval>.Empty;

    /// <summary>Those whom an event is about also where they are not in: who went, was asked in, or knocks.</summary>
    public static Listing<PersonId> Touches(Event happened) =>
        happened switch
        {
            { Leaver: { } gone } => [gone],
            Event.Invited invited => invited.People,
            Event.Knocked knocked => [knocked.By],
            Event.Uninvited uninvited => [uninvited.Person],
            _ => [],
        };

    /// <summary>Whether somebody with this access may see what stands at a version.</summary>
    public static bool Holds(Listing<Interval> access, long version)
    {
        foreach (var stretch in access)
            if (stretch.Contains(version))
                return true;
        return false;
    }
}
