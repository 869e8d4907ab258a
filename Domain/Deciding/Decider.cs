namespace Chat.Domain.Deciding;

/// <summary>
/// An aggregate as a value. The commit loop, the simulator, the properties, the client and an embedding service are
/// written once against it.
/// </summary>
/// <param name="Initial">The state before any event.</param>
/// <param name="Needs">What must be known besides the state; pure, and empty for what happens most.</param>
/// <param name="Decide">The rules. Total and deterministic.</param>
/// <param name="Evolve">What an event does to the state. Total: it never throws, whatever the events are.</param>
/// <param name="EvolveFacts">
/// What an event at a version does to facts that are held; a fact is never older than the state.
/// </param>
/// <param name="Due">When the aggregate next wants to be asked, and what.</param>
/// <param name="Mark">The marks that a person may set, within what there is; no event comes of them.</param>
/// <param name="React">
/// What an event at a version asks of other streams, at least once, under an id derived from it.
/// </param>
public sealed record Decider<TState, TCommand, TEvent>(
    TState Initial,
    Func<Context, TCommand, TState, Seq<AnyFactKey>> Needs,
    Func<Context, TCommand, TState, Facts, Either<Refusal, Decision>> Decide,
    Func<TState, TEvent, TState> Evolve,
    Func<Facts, long, TEvent, Facts> EvolveFacts,
    Func<TState, Option<(Instant At, AnyCommand Command)>> Due,
    Func<TState, PersonId, Marks, Either<Refusal, Marks>> Mark,
    Func<TEvent, Seq<(StreamKey Stream, AnyCommand Command)>> React
)
    where TState : class
    where TCommand : AnyCommand
    where TEvent : AnyEvent
{
    /// <summary>
    /// What must be known besides, once what <see cref="Needs"/> names is known: what lies behind it. It is asked again
    /// with that, until nothing more lies behind. Pure, and nothing where there is no such thing.
    /// </summary>
    public Func<Context, TCommand, TState, Facts, Seq<AnyFactKey>> Behind { get; init; } = (_, _, _, _) => Empty;
}

/// <summary>A decider together with the state of one stream, its types forgotten: what the commit loop holds.</summary>
/// <param name="Version">How many events are folded in.</param>
/// <param name="LastAt">The time of the last one.</param>
public abstract record AnyStream(long Version, Instant LastAt)
{
    /// <summary>The state, for snapshots and for who knows its type.</summary>
    public abstract object State { get; }

    /// <summary>See <see cref="Decider{TState,TCommand,TEvent}"/>.</summary>
    public abstract Seq<AnyFactKey> Needs(Context context, AnyCommand command);

    /// <summary>See <see cref="Decider{TState,TCommand,TEvent}.Behind"/>.</summary>
    public abstract Seq<AnyFactKey> Behind(Context context, AnyCommand command, Facts facts);

    /// <summary>See <see cref="Decider{TState,TCommand,TEvent}"/>. A command of another aggregate is refused.</summary>
    public abstract Either<Refusal, Decision> Decide(Context context, AnyCommand command, Facts facts);

    /// <summary>
    /// The stream with one more event. An event of another aggregate counts, and changes nothing else.
    /// </summary>
    public abstract AnyStream Evolve(AnyEvent happened);

    /// <summary>The facts after an event at a version.</summary>
    public abstract Facts EvolveFacts(Facts facts, long version, AnyEvent happened);

    /// <summary>The marks that a person may set.</summary>
    public abstract Either<Refusal, Marks> Mark(PersonId person, Marks marks);

    /// <summary>When it next wants to be asked.</summary>
    public abstract Option<(Instant At, AnyCommand Command)> Due { get; }

    /// <summary>What an event asks of others.</summary>
    public abstract Seq<(StreamKey Stream, AnyCommand Command)> React(AnyEvent happened);

    /// <summary>The stream after some events.</summary>
    public AnyStream Fold(IEnumerable<AnyEvent> events) =>
        events.Aggregate(this, (stream, happened) => stream.Evolve(happened));
}

/// <summary>A stream of one decider.</summary>
public sealed record Stream<TState, TCommand, TEvent>(
    Decider<TState, TCommand, TEvent> Decider,
    TState Current,
    long Version,
    Instant LastAt
) : AnyStream(Version, LastAt)
    where TState : class
    where TCommand : AnyCommand
    where TEvent : AnyEvent
{
    /// <inheritdoc/>
    public override object State => Current;

    /// <inheritdoc/>
    public override Option<(Instant At, AnyCommand Command)> Due => Decider.Due(Current);

    /// <inheritdoc/>
    public override Either<Refusal, Marks> Mark(PersonId person, Marks marks) => Decider.Mark(Current, person, marks);

    /// <inheritdoc/>
    public override Seq<AnyFactKey> Needs(Context context, AnyCommand command) =>
        command is TCommand mine ? Decider.Needs(context, mine, Current) : Empty;

    /// <inheritdoc/>
    public override Seq<AnyFactKey> Behind(Context context, AnyCommand command, Facts facts) =>
        command is TCommand mine ? Decider.Behind(context, mine, Current, facts) : Empty;

    /// <inheritdoc/>
    public override Either<Refusal, Decision> Decide(Context context, AnyCommand command, Facts facts) =>
        command is TCommand mine
            ? Decider.Decide(context, mine, Current, facts)
            : Left<Refusal, Decision>(new Refusal.Unsupported("aggregate.other_command"));

    /// <inheritdoc/>
    public override AnyStream Evolve(AnyEvent happened) =>
        this with
        {
            Current = happened is TEvent mine ? Decider.Evolve(Current, mine) : Current,
            Version = Version + 1,
            LastAt = Instant.Max(LastAt, happened.At),
        };

    /// <inheritdoc/>
    public override Facts EvolveFacts(Facts facts, long version, AnyEvent happened) =>
        happened is TEvent mine ? Decider.EvolveFacts(facts, version, mine) : facts;

    /// <inheritdoc/>
    public override Seq<(StreamKey Stream, AnyCommand Command)> React(AnyEvent happened) =>
        happened is TEvent mine ? Decider.React(mine) : Empty;
}
