namespace Chat.Domain.Games;

/// <summary>A game of known types that is being played.</summary>
public sealed record Play<TState, TMove, TEvent, TView>(Game<TState, TMove, TEvent, TView> Game, TState Current)
    : AnyPlay
    where TState : class
    where TMove : Move
    where TEvent : GameEvent
    where TView : GameView
{
    /// <inheritdoc/>
    public override object State => Current;

    /// <inheritdoc/>
    public override Either<Refusal, GameEvent> Decide(Instant now, PersonId by, Move move) =>
        move is TMove mine
            ? Game.Decide(Current, now, by, mine).Map(happened => (GameEvent)happened)
            : Left<Refusal, GameEvent>(new Refusal.Unsupported("game.other_move"));

    /// <inheritdoc/>
    public override Option<GameEvent> TimeUp => Game.TimeUp(Current).Map(happened => (GameEvent)happened);

    /// <inheritdoc/>
    public override Either<Refusal, GameEvent> Came(PersonId who) =>
        Game.Came(Current, who).Map(happened => (GameEvent)happened);

    /// <inheritdoc/>
    public override GameEvent Left(PersonId who) => Game.Left(Current, who);

    /// <inheritdoc/>
    public override Option<GameEvent> Follows => Game.Follows(Current).Map(happened => (GameEvent)happened);

    /// <inheritdoc/>
    public override AnyPlay Evolve(Instant at, GameEvent happened) =>
        happened is TEvent mine ? this with { Current = Game.Evolve(Current, at, mine) } : this;

    /// <inheritdoc/>
    public override Option<Instant> Due => Game.Due(Current);

    /// <inheritdoc/>
    public override GameView View(PersonId? who) => Game.View(Current, who);

    /// <inheritdoc/>
    public override Option<GameEvent> Show(PersonId? who, GameEvent happened) =>
        happened is TEvent mine ? Game.Show(Current, who, mine).Map(shown => (GameEvent)shown) : None;

    /// <inheritdoc/>
    public override Listing<Score> Scores => Game.Scores(Current);

    /// <inheritdoc/>
    public override Listing<int> Used => Game.Used(Current);

    /// <inheritdoc/>
    public override bool IsOver => Game.IsOver(Current);
}
