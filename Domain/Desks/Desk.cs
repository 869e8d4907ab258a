using Chat.Domain.Conversations;
using Chat.Domain.Permitting;

namespace Chat.Domain.Desks;

/// <summary>
/// The desk of those who look after a conversation, as a decider: what was reported to them, whose it is, what came of
/// it. A stream of its own, so that the conversation's own numbers tell nobody that there was a report.
/// </summary>
public static class Desk
{
    /// <summary>Reports that may wait at one desk.</summary>
    public const int MaxOpen = 1_000;

    /// <summary>Reports of one person that may wait at one desk.</summary>
    public const int MaxOpenOfOne = 20;

    /// <summary>How long who looks at a reported message may read it, in milliseconds: an hour.</summary>
    public const long LooksMs = 3_600_000;

    /// <summary>Settled reports that a desk shows.</summary>
    public const int MaxEnded = 1_000;

    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needs,
            Decide,
            Evolve,
            EvolveFacts: (facts, _, _) => facts,
            Due: _ => None,
            Mark: (_, _, _) => Left<Refusal, Marks>(new Refusal.Unsupported("desk.has_no_marks")),
            React: _ => Empty
        );

    /// <summary>A desk to which nothing came yet.</summary>
    public static AnyStream New { get; } = new Stream<State, Command, Event>(Decider, State.Initial, 0, new Instant(0));

    /// <summary>Whether somebody handles the reports about a conversation, as it stands.</summary>
    public static bool IsHandler(Conversations.State place, PersonId person) =>
        place.Members.Find(person).Exists(member => Layers.Of(place, member).Has(Permission.Reports));

    // What these say is read after the request came; whatever was acknowledged before it is in them.
    private static Seq<AnyFactKey> Needs(Context context, Command command, State state) =>
        command switch
        {
            Command.File { Subject: Subject.Message message } => Seq<AnyFactKey>(
                Place(context, message.Conversation),
                Message(context, message)
            ),
            Command.File { Subject: Subject.Place place } => Seq1<AnyFactKey>(Place(context, place.Conversation)),
            Command.File { To: { } to } => Seq1<AnyFactKey>(Place(context, to)),
            Command.File or Command.Flag => Empty,
            Command.Assign { Place: var place } => Seq1<AnyFactKey>(Place(context, place)),
            Command.Look { Place: var place } => Seq1<AnyFactKey>(Place(context, place)),
            Command.Settle { Place: var place } => Seq1<AnyFactKey>(Place(context, place)),
        };

    private static StreamFactKey Place(Context context, ConversationId place) =>
        new(StreamKey.Of(context.Tenant, place));

    private static ElsewhereFactKey Message(Context context, Subject.Message message) =>
        new(StreamKey.Of(context.Tenant, message.Conversation), new FactKey.Message(message.Seq));

    private static Conversations.State Known(Context context, ConversationId place, Facts facts) =>
        facts
            .Find<StreamFact>(Place(context, place))
            .Map(fact => (Conversations.State)fact.Current.State)
            .IfNone(Conversations.State.Initial);

    private static Either<Refusal, Decision> Decide(Context context, Command command, State state, Facts facts) =>
        command switch
        {
            Command.File file => About(context, file, facts).Bind(about => File(context, file, about, state)),
            Command.Flag flag => Flag(context, flag, state),
            Command.Assign assign => Handling.Assign(context, assign, state, Known(context, assign.Place, facts)),
            Command.Look look => Handling.Look(context, look, state, Known(context, look.Place, facts)),
            Command.Settle settle => Handling.Settle(context, settle, state, Known(context, settle.Place, facts)),
        };

    // Whom it is about, if anybody, where the one who tells may know of it.
    private static Either<Refusal, Option<PersonId>> About(Context context, Command.File file, Facts facts) =>
        (file.To is { } to ? Inside(context, to, file.Subject, facts) : None).Case is Refusal refusal
            ? Refused(refusal)
            : file.Subject switch
            {
                Subject.Message message => Seen(context, message, facts).Bind(author => Other(context, author)),
                Subject.Person person => Other(context, person.Who),
                Subject.Place place => Heard(context, Known(context, place.Conversation, facts)),
            };

    private static Either<Refusal, Option<PersonId>> Heard(Context context, Conversations.State place) =>
        place.Members.ContainsKey(context.Person) || Standing.IsKnown(context.Person, place)
            ? Right<Refusal, Option<PersonId>>(None)
            : Refused(Standing.Outside(context.Person, place));

    // Between two there is nobody to tell but the staff.
    private static Option<Refusal> Inside(Context context, ConversationId place, Subject subject, Facts facts)
    {
        var state = Known(context, place, facts);
        var isElsewhere = subject switch
        {
            Subject.Message message => message.Conversation != place,
            Subject.Place whole => whole.Conversation != place,
            Subject.Person => false,
        };
        return isElsewhere ? Some<Refusal>(new Refusal.Malformed(["to: where it is, or the staff"]))
            : !state.Members.ContainsKey(context.Person) ? Some(Standing.Outside(context.Person, state))
            : state.Kind is ConversationKind.Direct ? Some<Refusal>(new Refusal.Unsupported("direct.no_moderators"))
            : None;
    }

    private static Either<Refusal, PersonId> Seen(Context context, Subject.Message message, Facts facts)
    {
        var state = Known(context, message.Conversation, facts);
        if (state.Members.Find(context.Person).Case is not Member member)
            return Left<Refusal, PersonId>(Standing.Outside(context.Person, state));
        return facts
            .Find<Fact.Message>(Message(context, message))
            .Filter(found => member.MaySee(found.Ref.Version))
            .ToEither((Refusal)new Refusal.NotFound("message.unknown"))
            .Bind(found =>
                found.IsRedacted ? Left<Refusal, PersonId>(new Refusal.Gone()) : Right<Refusal, PersonId>(found.Author)
            );
    }

    private static Either<Refusal, Option<PersonId>> Other(Context context, PersonId about) =>
        about == context.Person
            ? Refused(new Refusal.Forbidden(["report.of_oneself"]))
            : Right<Refusal, Option<PersonId>>(Some(about));

    private static Either<Refusal, Decision> File(
        Context context,
        Command.File file,
        Option<PersonId> about,
        State state
    ) =>
        !Enum.IsDefined(file.Why) ? Left<Refusal, Decision>(new Refusal.Malformed(["why: one of the causes"]))
        // Told once is told, until it is settled.
        : state.Open.Values.Any(report => report.IsFrom(context.Person) && report.Subject == file.Subject)
            ? Decision.Nothing
        : state.Open.Values.Count(report => report.IsFrom(context.Person)) >= MaxOpenOfOne
            ? Left<Refusal, Decision>(new Refusal.Full("reports.of_one"))
        : state.Open.Count >= MaxOpen ? Left<Refusal, Decision>(new Refusal.Full("reports.open"))
        : Decision.Accept(new Event.Filed(context.Stamp, file.Subject, about.ToNullable(), file.Why, file.Words));

    // A message waits once, whatever rules name it; where there is no room for more it is said all the same.
    private static Either<Refusal, Decision> Flag(Context context, Command.Flag flag, State state)
    {
        var subject = new Subject.Message(flag.Place, flag.Seq);
        return
            state.Open.Count >= MaxOpen
            || state.Open.Values.Any(report => report.Rule is not null && report.Subject == subject)
            ? Decision.Nothing
            : Decision.Accept(
                new Event.Filed(context.Stamp, subject, context.Person, Cause.Other, null) { Rule = flag.Rule }
            );
    }

    private static Either<Refusal, Option<PersonId>> Refused(Refusal refusal) =>
        Left<Refusal, Option<PersonId>>(refusal);

    private static State Evolve(State state, Event happened) =>
        happened switch
        {
            Event.Filed filed => state with
            {
                Filed = state.Filed + 1,
                Open = state.Open.AddOrUpdate(
                    state.Filed + 1,
                    new Report(
                        state.Filed + 1,
                        filed.By,
                        filed.At,
                        filed.Subject,
                        filed.About,
                        filed.Why,
                        filed.Words,
                        null,
                        null
                    )
                    {
                        Rule = filed.Rule,
                    }
                ),
            },
            Event.Assigned assigned => state with
            {
                Open = state.Open.TrySetItem(assigned.Report, report => report with { Assignee = assigned.To }),
            },
            Event.Looked looked => state with
            {
                Open = state.Open.TrySetItem(
                    looked.Report,
                    report => report with { Looks = report.Looks.AddOrUpdate(looked.By, looked.At) }
                ),
            },
            Event.Settled settled => state
                .Open.Find(settled.Report)
                .Match(report => Ended(state, report, settled), state),
        };

    // What ended first is let go first.
    private static State Ended(State state, Report report, Event.Settled settled)
    {
        var ended =
            state.Ended.Count < MaxEnded
                ? state.Ended
                : state.Ended.Remove(state.Ended.Values.MinBy(one => (one.End!.At.Milliseconds, one.Number))!.Number);
        var end = new End(settled.By, settled.At, settled.Outcome, settled.Note);
        return state with
        {
            Open = state.Open.Remove(report.Number),
            Ended = ended.AddOrUpdate(report.Number, report with { End = end }),
        };
    }
}
