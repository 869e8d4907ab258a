using Chat.Domain.Permitting;

namespace Chat.Domain.Desks;

/// <summary>What happened at the desk of those who look after a place.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>Somebody told of something; whom it is about is not told, and does not see it.</summary>
    /// <param name="Stamp">Who told, and when.</param>
    /// <param name="Subject">What it is about.</param>
    /// <param name="About">Whom it is about: the author of a message, or the person; nobody for a conversation.</param>
    /// <param name="Why">What is wrong with it.</param>
    /// <param name="Words">More on that.</param>
    public sealed record Filed(Stamp Stamp, Subject Subject, PersonId? About, Cause Why, Reason? Words) : Event(Stamp)
    {
        /// <summary>The rule about words that told, when its author said it; none where somebody did.</summary>
        public WordRuleId? Rule { get; init; }
    }

    /// <summary>It is somebody's to see to, or nobody's again.</summary>
    public sealed record Assigned(Stamp Stamp, long Report, PersonId? To) : Event(Stamp)
    {
        /// <summary>The rules that allowed it, the deciding one last.</summary>
        public Listing<string> Because { get; init; } = Allowed;
    }

    /// <summary>Somebody looked at the message that it is about.</summary>
    public sealed record Looked(Stamp Stamp, long Report, Reason Why) : Event(Stamp)
    {
        /// <summary>The rules that allowed it, the deciding one last.</summary>
        public Listing<string> Because { get; init; } = Allowed;
    }

    /// <summary>It is done with.</summary>
    public sealed record Settled(Stamp Stamp, long Report, Outcome Outcome, Reason? Note) : Event(Stamp)
    {
        /// <summary>The rules that allowed it, the deciding one last.</summary>
        public Listing<string> Because { get; init; } = Allowed;
    }

    /// <summary>The one rule that all of it rests on, known also of what was done before rules were kept.</summary>
    public static Listing<string> Allowed { get; } = [Permission.Reports.Rule()];
}
