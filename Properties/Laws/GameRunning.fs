/// Plays games at a table, one wish after another.
module Chat.Spec.Laws.GameRunning

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.GameSubjects

/// Something that was asked, and what came of it.
type Step =
    {
        Before: State
        Asking: Asking
        Command: Command
        Verdict: Result<Event list, Refusal>
        After: State
    }

let place = "main.r.kitchen"
let start = Instant 1_700_000_000_000L

/// The entries that came of some steps.
let entriesOf (steps: Step list) : Entry list =
    steps
    |> List.collect (fun step ->
        match step.Verdict with
        | Ok events -> events |> List.map (fun one -> Entry(step.Asking.By, step.Asking.At, one))
        | Error _ -> [])

/// One game of several at a table: what follows each offer.
let gamesOf (entries: Entry list) : Entry list list =
    entries
    |> List.fold
        (fun games entry ->
            match entry.What, games with
            | :? Event.Offered, _ -> [ entry ] :: games
            | _, game :: rest -> (game @ [ entry ]) :: rest
            | _, [] -> [])
        []
    |> List.rev

let private askingOf (trace: Trace) who now = Asking(who, now, place, dice trace)

let private sealOf trace (state: State) who =
    Sealing.Seal(state.Place, state.Number, who, contribution trace who)

/// What a wish comes to in a state: a command, the sensible ones first those that are not refused.
let private commandOf (subject: Subject) trace (state: State) who now (what: What) : Command =
    match what with
    | Wait -> Command.Elapse()
    | Any command -> command
    | Come -> Command.Sit(Nullable(sealOf trace state who))
    | Leave -> Command.GetUp()
    | Likely number when state.Phase = Phase.Playing && not (isNull state.Play) ->
        let made =
            likely (nonNull state.Play).State who
            |> List.map (fun move -> Command.Make move :> Command)

        let asking = askingOf trace who now

        let isAllowed command =
            Result.isOk (subject.Decide state asking command)

        // One of five is what could be sensible elsewhere.
        let allowed = if number % 5 = 0 then made else List.filter isAllowed made

        match allowed, made with
        | [], [] -> Command.Elapse()
        | [], some
        | some, _ -> some[number % some.Length]
    | Likely number ->
        match state.Phase, number % 3 with
        | Phase.Over, _ -> Command.Again()
        | Phase.Gathering, 0 -> Command.Begin()
        | Phase.Gathering, _ -> Command.Sit(Nullable(sealOf trace state who))
        | _ -> Command.Unseal(contribution trace who)

let private step (subject: Subject) trace (state: State) who now (command: Command) : Step =
    let asking = askingOf trace who now
    let verdict = subject.Decide state asking command

    let after =
        match verdict with
        | Ok events ->
            events
            |> List.fold (fun held one -> subject.Evolve held (Entry(who, now, one))) state
        | Error _ -> state

    {
        Before = state
        Asking = asking
        Command = command
        Verdict = verdict
        After = after
    }

/// The game is offered, all sit down, it begins, and they show what they sealed, but for those who do not.
let private opening (subject: Subject) (trace: Trace) : Step list =
    let seats = people |> List.truncate trace.Seats

    let wishes: (PersonId * (State -> Command)) list =
        [
            yield seats.Head, (fun _ -> Command.Offer(trace.Game, trace.Deck, trace.Rounds) :> Command)

            for who in seats do
                yield who, (fun state -> Command.Sit(Nullable(sealOf trace state who)) :> Command)

            yield seats.Head, (fun _ -> Command.Begin() :> Command)

            for index, who in List.indexed seats do
                if trace.Silent &&& (1 <<< index) = 0 then
                    yield who, (fun _ -> Command.Unseal(contribution trace who) :> Command)
        ]

    wishes
    |> List.fold
        (fun (state, steps) (who, command) ->
            let made = step subject trace state who start (command state)
            made.After, made :: steps)
        (State.Initial, [])
    |> snd
    |> List.rev

let private dueOf (subject: Subject) state = subject.Table.Due state |> ofOption

/// What is asked at a time: what is long overdue happens first.
let private wished (subject: Subject) trace (state: State, now: Instant, steps: Step list) (wish: Wish) =
    let now = now.Plus wish.Ms

    let elapse at state =
        step subject trace state people.Head at (Command.Elapse())

    let state, now, steps =
        match dueOf subject state, wish.What with
        | Some due, Wait ->
            let at = Instant.Max(now, due)
            let made = elapse at state
            made.After, at, made :: steps
        | Some due, _ when now.Since due > 5_000L ->
            let made = elapse now state
            made.After, now, made :: steps
        | _ -> state, now, steps

    let who = people[wish.Who]

    match wish.What with
    | Wait -> state, now, steps
    | what ->
        let made =
            step subject trace state who now (commandOf subject trace state who now what)

        made.After, now, made :: steps

let run (subject: Subject) (trace: Trace) : Step list =
    let opening = opening subject trace

    let _, _, steps =
        trace.Wishes
        |> List.fold (wished subject trace) ((List.last opening).After, start, List.rev opening)

    List.rev steps

/// The same, and then nobody does anything until it has ended, or so many things have happened by themselves.
let runOut (most: int) (subject: Subject) (trace: Trace) : Step list =
    let rec more count (steps: Step list) =
        let last = steps.Head

        match dueOf subject last.After with
        | Some due when count < most ->
            let at = Instant.Max(last.Asking.At, due)
            more (count + 1) (step subject trace last.After people.Head at (Command.Elapse()) :: steps)
        | _ -> steps

    run subject trace |> List.rev |> more 0 |> List.rev

/// The log of a game with its links, as the table makes them.
let linked (subject: Subject) (entries: Entry list) : LogEntry list =
    entries
    |> List.fold
        (fun (state, log) entry ->
            let state = subject.Evolve state entry
            state, LogEntry(entry, state.Link) :: log)
        (State.Initial, [])
    |> snd
    |> List.rev

/// The logs of all games of a trace, each played to its end.
let logs (subject: Subject) (trace: Trace) : LogEntry list list =
    runOut 2_000 subject trace |> entriesOf |> gamesOf |> List.map (linked subject)
