using Chat.Domain.Games.Decks;

namespace Chat.Domain.Games;

/// <summary>
/// Where games are played in a room, one after the other: seats, commit and reveal, leaving, the end. Pure, and the
/// same for every game. A room keeps the events and folds them; it holds nothing else.
/// </summary>
/// <param name="Shelf">The decks there are.</param>
/// <param name="Games">The games there are.</param>
/// <param name="Shuffle">See <see cref="Sealing.Shuffle"/>, which it is but where a law wants another deal.</param>
public sealed partial record Table(Shelf Shelf, Listing<AnyGame> Games, Func<Secret, string, int, Listing<int>> Shuffle)
{
    /// <summary>How long a game is offered while nobody sits down to it, in milliseconds.</summary>
    public const long OfferedMs = 60_000;

    /// <summary>How long a game is offered without being begun, in milliseconds.</summary>
    public const long GatheringMs = 600_000;

    /// <summary>How long players' devices have to show what was sealed, in milliseconds.</summary>
    public const long UnsealingMs = 15_000;

    // What follows by itself is a few events; this only keeps a game that is not a good one from going on for ever.
    private const int MaxFollowing = 64;

    /// <summary>A table with all games, and some decks.</summary>
    public static Table With(Shelf shelf) => new(shelf, Catalogue.All, Sealing.Shuffle);

    /// <summary>How entries are written: for the store, the wire and the links.</summary>
    public Form<Entry> Entries { get; } =
        Form.Of<Entry>((typeof(GameEvent), Listing.From(Games.Select(one => (one.Info.Name, one.Events)))));

    /// <summary>How commands are written.</summary>
    public Form<Command> Commands { get; } =
        Form.Of<Command>((typeof(Move), Listing.From(Games.Select(one => (one.Info.Name, one.Moves)))));

    /// <summary>How views are written.</summary>
    public Form<TableView> Views { get; } =
        Form.Of<TableView>((typeof(GameView), Listing.From(Games.Select(one => (one.Info.Name, one.Views)))));

    /// <summary>
    /// What comes of a command: events, none if it is so already, or why not. Total; what is refused changes nothing.
    /// </summary>
    public Either<Refusal, Seq<Event>> Decide(State state, Asking asking, Command command) =>
        Lead(state, asking, command).Map(lead => WithWhatFollows(state, asking, lead));

    private Either<Refusal, Seq<Event>> Lead(State state, Asking asking, Command command) =>
        command switch
        {
            Command.Offer offer => state.IsBusy
                ? Refused(new Refusal.Forbidden(["game.running"]))
                : Offer(state, asking, offer),
            Command.Again => state is { Phase: Phase.Over, Plan: { } plan }
                ? Offer(state, asking, new Command.Offer(plan.Game, plan.Deck, plan.Rounds))
                : Refused(state.IsBusy ? new Refusal.Forbidden(["game.running"]) : NoGame),
            Command.Sit sit => Sit(state, asking.By, sit.Seal),
            Command.GetUp => Right(GetUp(state, asking.By)),
            Command.Begin => Begin(state, asking.By),
            Command.Unseal unseal => Unseal(state, asking.By, unseal.Contribution),
            Command.Make make => Seated(state, asking.By, Phase.Playing)
                .Bind(_ => state.Play!.Decide(asking.At, asking.By, make.Move))
                .Map(happened => One(new Event.Played(happened))),
            Command.Elapse => Right(
                Due(state).Exists(due => due <= asking.At) ? TimeUp(state) : LanguageExt.Seq<Event>.Empty
            ),
        };

    private Either<Refusal, Seq<Event>> Offer(State state, Asking asking, Command.Offer offer)
    {
        if (Games.FirstOrDefault(one => one.Info.Name == offer.Game) is not { Info: var info })
            return Refused(new Refusal.NotFound("game.unknown"));
        if (Shelf.Find(offer.Deck).Case is not Deck deck)
            return Refused(new Refusal.NotFound("deck.unknown"));
        if (deck.Kind != info.Kind)
            return Refused(new Refusal.Unsupported("deck.of_another_game"));
        if (offer.Rounds < 1 || offer.Rounds > info.MaxRounds)
            return Refused(new Refusal.Malformed([$"rounds: 1 to {info.MaxRounds}"]));
        var number = state.Number + 1;
        var plan = new Plan(info.Name, info.Rules, deck.Name, deck.Digest, offer.Rounds);
        var commitment = Sealing.Commit(asking.Place, number, asking.Dice);
        var past = state.Plan?.Cards == plan.Cards ? state.Used : [];
        return Right(One(new Event.Offered(asking.Place, number, plan, commitment, asking.Dice, past)));
    }

    private static Either<Refusal, Unit> Seated(State state, PersonId who, Phase phase) =>
        !state.IsBusy ? Left<Refusal, Unit>(NoGame)
        : !state.Seats.Contains(who) ? Left<Refusal, Unit>(new Refusal.Forbidden(["game.not_seated"]))
        : state.Phase != phase || (phase is Phase.Playing && state.Play is null)
            ? Left<Refusal, Unit>(new Refusal.Forbidden([$"game.not_{phase.ToString().ToLowerInvariant()}"]))
        : Right<Refusal, Unit>(unit);

    private Either<Refusal, Seq<Event>> Sit(State state, PersonId who, Bits256? seal) =>
        !state.IsBusy ? Refused(NoGame)
        : state.Seats.Contains(who) ? Right(LanguageExt.Seq<Event>.Empty)
        : state.Phase is Phase.Unsealing ? Refused(new Refusal.TooLate("game.unsealing"))
        : state.Seats.Count >= InfoOf(state).Map(info => info.Most).IfNone(0) ? Refused(new Refusal.Full("game.seats"))
        : state.Phase is Phase.Gathering
            ? seal is { } given ? Right(One(new Event.Sat(who, given)))
                : Refused(new Refusal.Malformed(["seal: of 32 bytes that you drew"]))
        : state.Play is { } play
            ? play.Came(who).Map(came => Seq<Event>(new Event.Sat(who, null), new Event.Played(came)))
        : Refused(NoGame);

    private static Seq<Event> GetUp(State state, PersonId who) =>
        !state.IsBusy || !state.Seats.Contains(who) ? Empty
        : state.Play is { } play ? Seq<Event>(new Event.GotUp(who), new Event.Played(play.Left(who)))
        : One(new Event.GotUp(who));

    private Either<Refusal, Seq<Event>> Begin(State state, PersonId who) =>
        Seated(state, who, Phase.Gathering)
            .Bind(_ =>
                state.Seats.Count < Least(state)
                    ? Refused(new Refusal.Forbidden(["game.too_few"]))
                    : Right(One(new Event.Begun()))
            );

    private static Either<Refusal, Seq<Event>> Unseal(State state, PersonId who, Bits256 contribution) =>
        Seated(state, who, Phase.Unsealing)
            .Bind(_ =>
                state.Seals.Find(who) != Some(Sealing.Seal(state.Place, state.Number, who, contribution))
                    ? Refused(new Refusal.Forbidden(["seal.other"]))
                : state.Shown.ContainsKey(who) ? Right(LanguageExt.Seq<Event>.Empty)
                : Right(One(new Event.Unsealed(who, contribution)))
            );

    private Seq<Event> TimeUp(State state) =>
        state.Phase switch
        {
            Phase.Gathering => One(End(state, Ending.Lapsed)),
            Phase.Unsealing => One(DealtTo(state, state.Seats.Filter(who => state.Shown.ContainsKey(who)))),
            _ => state.Play is { } play
                ? play.TimeUp.Map(happened => One(new Event.Played(happened))).IfNone(Empty)
                : One(End(state, Ending.Lapsed)),
        };

    private Seq<Event> WithWhatFollows(State state, Asking asking, Seq<Event> lead)
    {
        var after = lead.Fold(state, (held, one) => Evolve(held, new Entry(asking.By, asking.At, one)));
        for (var count = 0; !lead.IsEmpty && count < MaxFollowing; count++)
        {
            if (Follows(after).Case is not Event next)
                return lead;
            lead = lead.Add(next);
            after = Evolve(after, new Entry(asking.By, asking.At, next));
        }
        return lead;
    }

    private Option<Event> Follows(State state) =>
        state.Phase switch
        {
            Phase.Gathering => state.Seats.IsEmpty && !state.Seals.IsEmpty ? Some(End(state, Ending.TooFew)) : None,
            Phase.Unsealing => state.Seats.Count < Least(state) ? Some(End(state, Ending.TooFew))
            : state.Seats.ForAll(who => state.Shown.ContainsKey(who)) ? Some(DealtTo(state, state.Seats))
            : None,
            Phase.Playing => state.Play is not { } play ? None
            : play.IsOver ? Some(End(state, Ending.Finished))
            : state.Seats.Count < Least(state) ? Some(End(state, Ending.TooFew))
            : play.Follows.Map(happened => (Event)new Event.Played(happened)),
            _ => None,
        };

    private Event DealtTo(State state, Set<PersonId> seats) =>
        seats.Count < Least(state) ? End(state, Ending.TooFew) : new Event.Dealt(Listing.From(seats));

    private static Event End(State state, Ending why) =>
        new Event.Ended(why, state.Play?.Scores ?? [], state.Secret, state.Link);

    private int Least(State state) => InfoOf(state).Map(info => info.Least).IfNone(int.MaxValue);

    private Option<GameInfo> InfoOf(State state) => GameOf(state.Plan).Map(game => game.Info);

    private Option<AnyGame> GameOf(Plan? plan) =>
        plan is null
            ? None
            : Optional(Games.FirstOrDefault(one => one.Info.Name == plan.Game && one.Info.Rules == plan.Rules));

    private static Refusal NoGame => new Refusal.NotFound("game.none");

    private static Seq<Event> One(Event happened) => Seq1(happened);

    private static Either<Refusal, Seq<Event>> Refused(Refusal refusal) => Left<Refusal, Seq<Event>>(refusal);
}
