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

/// <summary>
/// The one function for who sees what: live delivery, history, resume, unread and every later path go through it. It
/// knows access as it was when something happened; what was taken away since is gone from the event itself.
/// </summary>
public static class Visibility
{
    /// <summary>
    /// Whether somebody with this access sees an event: its own version, and that of the message it is
    /// about. What is silent nobody sees.
    /// </summary>
    public static bool Sees(Listing<Interval> access, long version, Event happened) =>
        !happened.IsSilent
        && Holds(access, version)
        && (happened.About is not { } about || Holds(access, about.Version));

    /// <summary>
    /// What somebody with this access is shown of an event: all of it, less a quote they may not see, or nothing.
    /// </summary>
    public static Seen Show(Listing<Interval> access, long version, Event happened)
    {
        if (!Sees(access, version, happened))
            return new Seen.Hidden(version, version);
        return happened is Event.MessageSent { ReplyTo: { } quoted } sent && !Holds(access, quoted.Version)
            ? new Seen.Shown(version, sent with { ReplyTo = null })
            : new Seen.Shown(version, happened);
    }

    /// <summary>What is shown of many, in order of version; what may not be seen as ranges.</summary>
    public static Seq<Seen> ShowAll(Listing<Interval> access, Seq<Recorded> events)
    {
        var seen = new List<Seen>();
        foreach (var recorded in events)
        {
            var one = recorded.Event is Event happened
                ? Show(access, recorded.Version, happened)
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
