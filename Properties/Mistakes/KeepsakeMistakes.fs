/// Rooms whose records have one mistake each.
module Chat.Spec.Mistakes.KeepsakeMistakes

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.RoomWorlds

let private right = RoomRunning.domain
let private rooms = right.Rooms

let private evolving change : House =
    { right with
        Rooms =
            evolvingBy rooms (fun held happened ->
                let after = rooms.Evolve.Invoke(held, happened)
                change held happened after)
    }

/// One who asks is taken for all.
let takesAllForAgreed =
    evolving (fun _ happened after ->
        match happened, after.Wish with
        | (:? Event.KeepSet), NonNull wish -> Otherwise.Room(after, wish = Wish(wish.Into, wish.Asked, wish.Asked))
        | _ -> after)

/// No wish is known when the last one goes.
let wantsNothing =
    { right with
        Rooms =
            decidingBy rooms (fun context command held facts ->
                let known =
                    if command :? Command.Leave then
                        Otherwise.Room(held, wish = null)
                    else
                        held

                rooms.Decide.Invoke(context, command, known, facts))
    }

/// Who goes before the end was not there.
let private forgetsWhoWent =
    evolving (fun _ happened after ->
        match happened with
        | :? Event.Left when after.IsLit -> Otherwise.Room(after, attendance = after.Attendance.Remove happened.By)
        | _ -> after)

/// Everybody stayed to the end.
let private staysToTheEnd =
    evolving (fun held happened after ->
        match happened with
        | :? Event.Left when after.IsLit -> Otherwise.Room(after, attendance = held.Attendance)
        | _ -> after)

/// Who goes waits for a record that the conversation does not take.
let private holdsUp =
    { right with
        Rooms =
            decidingBy rooms (fun context command held facts ->
                let decided = rooms.Decide.Invoke(context, command, held, facts)

                match ofEither decided, command, held.Wish with
                | Ok decision, (:? Command.Leave), NonNull wish when
                    held.Occupants.Count = 1
                    && held.Attendance.Keys |> Seq.forall wish.Agreed.Contains
                    && decision.Further
                       |> Seq.forall (fun struct (stream, _) -> stream.Kind <> StreamKind.Conversation)
                    ->
                    LanguageExt.Either<Refusal, Decision>.Left(Refusal.Locked())
                | _ -> decided)
    }

/// Everybody inside is asked, whatever they are in.
let private asksEverybody =
    evolving (fun _ _ after ->
        match after.Wish with
        | NonNull wish ->
            let inside = LanguageExt.Set<PersonId>(after.Inside)
            Otherwise.Room(after, wish = Wish(wish.Into, wish.Asked.Union inside, wish.Agreed))
        | _ -> after)

/// There is one wish for a record, and whoever has another is told so.
let private tellsOfAnother =
    { right with
        Rooms =
            decidingBy rooms (fun context command held facts ->
                match command, held.Wish with
                | (:? Command.Keep as keep), NonNull wish when
                    keep.Into.HasValue
                    && keep.Into.Value <> wish.Into
                    && held.Occupants.ContainsKey context.Person
                    ->
                    LanguageExt.Either<Refusal, Decision>.Left(Refusal.Forbidden(listing [ "keep.another" ]))
                | _ -> rooms.Decide.Invoke(context, command, held, facts))
    }

/// Nothing lies behind the room that one leaves for another.
let private forgetsOnTheWay =
    { right with
        Rooms =
            Decider<State, Command, Event>(
                rooms.Initial,
                rooms.Needs,
                rooms.Decide,
                rooms.Evolve,
                rooms.EvolveFacts,
                rooms.Due,
                rooms.Mark,
                rooms.React,
                Behind =
                    System.Func<_, _, _, _, _>(fun context command state facts ->
                        rooms.Behind.Invoke(context, command, state, facts)
                        |> Seq.filter (fun key ->
                            match key with
                            | :? StreamFactKey as whole -> whole.Stream.Kind <> StreamKind.Conversation
                            | _ -> true)
                        |> seqOf)
            )
    }

let all: Mistake list =
    let traces = lazy (Seeds.fixedSample 300 60 KeepsakeTraces.trace)
    let on name law mistaken = mistake name law traces right mistaken

    [
        on "one who wants it is taken for all" KeepsakeLaws.agreed takesAllForAgreed
        on "who went early was not there" KeepsakeLaws.exact forgetsWhoWent
        on "everybody stayed to the end" KeepsakeLaws.exact staysToTheEnd
        on "who goes waits for the record" KeepsakeLaws.goes holdsUp
        on "everybody inside is asked" KeepsakeLaws.secret asksEverybody
        on "whoever has another wish is told of the first" KeepsakeLaws.secret tellsOfAnother
        on "who goes on elsewhere leaves no record" RoomLaws.answers forgetsOnTheWay
    ]
