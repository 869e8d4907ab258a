using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games;

/// <summary>What a player does in a game. Each game has a closed union of its own below this.</summary>
public abstract record Move;

/// <summary>What has happened in a game. Each game has a closed union of its own below this.</summary>
public abstract record GameEvent;

/// <summary>What somebody may see of a game. Each game has one of its own.</summary>
public abstract record GameView;

/// <summary>What is known of a game before it is played.</summary>
/// <param name="Name">Its name: lower case, in what is stored and what travels.</param>
/// <param name="Rules">
/// Which rules these are: 1, 2, 3 … A log of other rules cannot be judged by these, so a change that would judge an
/// old log otherwise needs another number.
/// </param>
/// <param name="Least">Players without whom it cannot go on.</param>
/// <param name="Most">Players that there is room for.</param>
/// <param name="Kind">The decks it is played with.</param>
/// <param name="MaxRounds">The longest that can be asked for, in rounds.</param>
public sealed record GameInfo(string Name, int Rules, int Least, int Most, DeckKind Kind, int MaxRounds);

/// <summary>What a game begins with.</summary>
/// <param name="Seats">Who plays, in order of their ids.</param>
/// <param name="Deck">A deck of the game's kind.</param>
/// <param name="Rounds">How many rounds, 1 to the game's most.</param>
/// <param name="At">When it begins.</param>
/// <param name="Past">Cards that were played here before, by number.</param>
/// <param name="Shuffle">
/// A permutation of so many, the same each time for one purpose; all chance of a game comes from here.
/// </param>
public sealed record Deal(
    Listing<PersonId> Seats,
    Deck Deck,
    int Rounds,
    Instant At,
    Listing<int> Past,
    Func<string, int, Listing<int>> Shuffle
)
{
    /// <summary>Cards in an order that nobody chose, those last that were played here before.</summary>
    public Listing<int> Order(string purpose, int count) =>
        Listing.From(Shuffle(purpose, count).OrderBy(Past.Contains));

    /// <summary>
    /// The first so many of such an order with those of before; once that is the whole deck, these alone.
    /// </summary>
    public Listing<int> Used(Listing<int> order, int count)
    {
        var now = order.Take(count).Order().ToList();
        var all = now.Union(Past).Order().ToList();
        return Listing.From(all.Count < order.Count ? all : now);
    }
}

/// <summary>What somebody has, in points.</summary>
public sealed record Score(PersonId Who, int Points);

/// <summary>
/// A game as a value: pure functions that are total and deterministic, whatever they are given. What is refused changes
/// nothing. No function but <see cref="Start"/> sees a deck that is not the game's.
/// </summary>
/// <param name="Info">What is known of it before it is played.</param>
/// <param name="Start">Its first state.</param>
/// <param name="Decide">What comes of somebody's move at some time: one event, or why not.</param>
/// <param name="TimeUp">What comes of its being <see cref="Due"/>.</param>
/// <param name="Came">What comes of somebody's sitting down in the middle, or why they may not.</param>
/// <param name="Left">What comes of a player's leaving.</param>
/// <param name="Follows">What happens by itself in a state, if anything; it is asked again after that.</param>
/// <param name="Evolve">What an event at some time does to the state. It never throws, whatever the events are.</param>
/// <param name="Due">When it next wants to be asked; always while it is not over, so that it ends by itself.</param>
/// <param name="View">What somebody may see of it; of who plays, of who only watches, or (null) of anybody.</param>
/// <param name="Show">
/// An event as somebody may see it, in the state before it: what is not theirs to know is left out; nothing if they may
/// not know of it at all.
/// </param>
/// <param name="MoveOf">The move that an event came of; none where time or the rules led to it.</param>
/// <param name="Scores">What everybody has who ever played, in order of their ids.</param>
/// <param name="Used">Cards that are not to come again soon, by number: see <see cref="Deal.Used"/>.</param>
/// <param name="IsOver">Whether it has come to its end.</param>
public sealed record Game<TState, TMove, TEvent, TView>(
    GameInfo Info,
    Func<Deal, TState> Start,
    Func<TState, Instant, PersonId, TMove, Either<Refusal, TEvent>> Decide,
    Func<TState, Option<TEvent>> TimeUp,
    Func<TState, PersonId, Either<Refusal, TEvent>> Came,
    Func<TState, PersonId, TEvent> Left,
    Func<TState, Option<TEvent>> Follows,
    Func<TState, Instant, TEvent, TState> Evolve,
    Func<TState, Option<Instant>> Due,
    Func<TState, PersonId?, TView> View,
    Func<TState, PersonId?, TEvent, Option<TEvent>> Show,
    Func<TEvent, Option<TMove>> MoveOf,
    Func<TState, Listing<Score>> Scores,
    Func<TState, Listing<int>> Used,
    Func<TState, bool> IsOver
)
    where TState : class
    where TMove : Move
    where TEvent : GameEvent
    where TView : GameView;

/// <summary>A game, its types forgotten: what a table plays.</summary>
public abstract record AnyGame
{
    /// <summary>What is known of it before it is played.</summary>
    public abstract GameInfo Info { get; }

    /// <summary>The union of its moves.</summary>
    public abstract Type Moves { get; }

    /// <summary>The union of its events.</summary>
    public abstract Type Events { get; }

    /// <summary>Its view.</summary>
    public abstract Type Views { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract AnyPlay Start(Deal deal);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Option<Move> MoveOf(GameEvent happened);
}

/// <summary>A game that is being played. What is of another game is refused, or changes nothing.</summary>
public abstract record AnyPlay
{
    /// <summary>The state, for who knows its type.</summary>
    public abstract object State { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Either<Refusal, GameEvent> Decide(Instant now, PersonId by, Move move);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Option<GameEvent> TimeUp { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Either<Refusal, GameEvent> Came(PersonId who);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract GameEvent Left(PersonId who);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Option<GameEvent> Follows { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract AnyPlay Evolve(Instant at, GameEvent happened);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Option<Instant> Due { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract GameView View(PersonId? who);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Option<GameEvent> Show(PersonId? who, GameEvent happened);

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Listing<Score> Scores { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract Listing<int> Used { get; }

    /// <summary>See <see cref="Game{TState,TMove,TEvent,TView}"/>.</summary>
    public abstract bool IsOver { get; }
}

/// <summary>A game of known types.</summary>
public sealed record KnownGame<TState, TMove, TEvent, TView>(Game<TState, TMove, TEvent, TView> Game) : AnyGame
    where TState : class
    where TMove : Move
    where TEvent : GameEvent
    where TView : GameView
{
    /// <inheritdoc/>
    public override GameInfo Info => Game.Info;

    /// <inheritdoc/>
    public override Type Moves => typeof(TMove);

    /// <inheritdoc/>
    public override Type Events => typeof(TEvent);

    /// <inheritdoc/>
    public override Type Views => typeof(TView);

    /// <inheritdoc/>
    public override AnyPlay Start(Deal deal) => new Play<TState, TMove, TEvent, TView>(Game, Game.Start(deal));

    /// <inheritdoc/>
    public override Option<Move> MoveOf(GameEvent happened) =>
        happened is TEvent mine ? Game.MoveOf(mine).Map(move => (Move)move) : None;
}
