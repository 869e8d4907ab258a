namespace Chat.Domain.Desks;

/// <summary>What a report is about.</summary>
public abstract record Subject
{
    private Subject() { }

    /// <summary>Something that was said.</summary>
    public sealed record Message(ConversationId Conversation, long Seq) : Subject;

    /// <summary>Somebody.</summary>
    public sealed record Person(PersonId Who) : Subject;

    /// <summary>A whole conversation.</summary>
    public sealed record Place(ConversationId Conversation) : Subject;
}

/// <summary>What is wrong with it. The numbers are stored.</summary>
public enum Cause
{
    /// <summary>Something else: the words say what.</summary>
    Other = 0,

    /// <summary>Unasked for, again and again.</summary>
    Spam = 1,

    /// <summary>Somebody is hounded or mocked.</summary>
    Harassment = 2,

    /// <summary>Hatred of people for what they are.</summary>
    Hate = 3,

    /// <summary>Violence, or a threat of it.</summary>
    Violence = 4,

    /// <summary>Sexual, where it is not wanted.</summary>
    Sexual = 5,

    /// <summary>Somebody may hurt themselves.</summary>
    SelfHarm = 6,
}

/// <summary>What came of a report. The numbers are stored.</summary>
public enum Outcome
{
    /// <summary>Something was done.</summary>
    Acted = 1,

    /// <summary>There was nothing to do.</summary>
    Dismissed = 2,
}

/// <summary>A report.</summary>
/// <param name="Number">Its number at its desk: 1, 2, 3 …</param>
/// <param name="By">Who told.</param>
/// <param name="At">When.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="About">Whom it is about, if anybody.</param>
/// <param name="Why">What is wrong.</param>
/// <param name="Words">More on that.</param>
/// <param name="Assignee">Whose it is to see to.</param>
/// <param name="End">What came of it; null while it is open.</param>
public sealed record Report(
    long Number,
    PersonId By,
    Instant At,
    Subject Subject,
    PersonId? About,
    Cause Why,
    Reason? Words,
    PersonId? Assignee,
    End? End
)
{
    /// <summary>The rule about words that told, when its author said it; none where somebody did.</summary>
    public WordRuleId? Rule { get; init; }

    /// <summary>Who looked at the message that it is about, and when they did last.</summary>
    public Map<PersonId, Instant> Looks { get; init; } = Empty;

    /// <summary>
    /// Whether somebody who handles it may read the message that it is about: for an hour after they said why.
    /// </summary>
    public bool IsOpenTo(PersonId person, Instant now) =>
        About != person && Looks.Find(person).Exists(at => now < at.Plus(Desk.LooksMs));

    /// <summary>Whether it is somebody's own telling.</summary>
    public bool IsFrom(PersonId person) => By == person && Rule is null;

    /// <summary>Whether it waits for somebody.</summary>
    public bool IsOpen => End is null;
}

/// <summary>How a report ended.</summary>
public sealed record End(PersonId By, Instant At, Outcome Outcome, Reason? Note);

/// <summary>The reports about a place, or before the staff.</summary>
/// <param name="Open">Those that wait, by number.</param>
/// <param name="Ended">The last that were settled, by number: at most <see cref="Desk.MaxEnded"/>.</param>
/// <param name="Filed">How many there ever were.</param>
public sealed record State(Map<long, Report> Open, Map<long, Report> Ended, long Filed)
{
    /// <summary>Before the first.</summary>
    public static State Initial { get; } = new(Empty, Empty, 0);

    /// <summary>Whom the reports are about that some events are of.</summary>
    public IEnumerable<PersonId> AboutOf(IEnumerable<AnyEvent> events) =>
        events.SelectMany(happened =>
            happened switch
            {
                Event.Filed filed => Optional(filed.About),
                Event.Assigned assigned => Find(assigned.Report).Bind(report => Optional(report.About)),
                Event.Looked looked => Find(looked.Report).Bind(report => Optional(report.About)),
                Event.Settled settled => Find(settled.Report).Bind(report => Optional(report.About)),
                _ => None,
            }
        );

    /// <summary>Who told of what some events settle, and what came of it; what a rule flagged nobody told.</summary>
    public IEnumerable<(PersonId Teller, Outcome Outcome)> SettledIn(IEnumerable<AnyEvent> events) =>
        events
            .OfType<Event.Settled>()
            .SelectMany(settled =>
                Find(settled.Report).Filter(report => report.Rule is null).Map(report => (report.By, settled.Outcome))
            );

    /// <summary>A report by its number, if it is open or among the last that were settled.</summary>
    public Option<Report> Find(long number) => Open.Find(number) || Ended.Find(number);

    /// <summary>
    /// The reports that somebody is shown, the newest first: who handles them all but those about themselves; anybody
    /// else what they told.
    /// </summary>
    public IEnumerable<Report> SeenBy(PersonId person, bool isHandler) =>
        Open
            .Values.Concat(Ended.Values)
            .Where(report => isHandler ? report.About != person : report.IsFrom(person))
            .OrderByDescending(report => report.Number);
}
