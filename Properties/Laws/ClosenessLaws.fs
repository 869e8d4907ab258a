/// Who is close to somebody: against the oracle, and without it.
module Chat.Spec.Laws.ClosenessLaws

open Chat.Domain.Values
open Chat.Domain.Closeness
open Chat.Domain.Meeting
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Laws.Law

/// Ranking as functions, so that a mistaken one can be put in its place.
type Ranks =
    {
        Rank: ClosenessFacts -> Instant -> Close list
        Order: Close list -> Card list -> Card list
        Arrange: Close list -> PersonId list -> PersonId list
    }

let domain: Ranks =
    {
        Rank = fun facts now -> Ranking.Of(facts, now).People |> List.ofSeq
        Order = fun people cards -> Ranking(listing people).Order cards |> List.ofSeq
        Arrange = fun ranked people -> Ranking(listing ranked).Order(people, id) |> List.ofSeq
    }

let private now = Towns.now

let private placeOf (friend: PersonId) (ranked: Close list) =
    ranked
    |> List.tryFindIndex (fun one -> one.Person = friend)
    |> Option.defaultValue System.Int32.MaxValue

/// These facts with one friend's otherwise.
let private changing which (change: Exchange -> Exchange) (facts: ClosenessFacts) =
    facts.Friends
    |> Seq.mapi (fun index one -> if index = which then change one else one)
    |> listing
    |> fun friends -> ClosenessFacts(friends, facts.Muted, facts.Closed)

let private withWords (given: Instant seq) (got: Instant seq) (one: Exchange) =
    Exchange(one.Friend, listing given, listing got, one.Rooms, Calls = one.Calls)

let oracle: Law<Ranks, ClosenessFacts> =
    law "who is close, and why, is the oracle's" (fun ranks facts ->
        let told =
            ranks.Rank facts now
            |> List.map (fun one -> one.Person, (one.Words, one.Rooms, one.Calls), (one.Given, one.Got, one.LastAt))

        differ "ranked" (Closeness.closest facts now) told)

let total: Law<Ranks, ClosenessFacts> =
    law "the order of who is close is total, and the same however they are found" (fun ranks facts ->
        let ranked = ranks.Rank facts now

        let turned =
            ClosenessFacts(facts.Friends |> Seq.rev |> listing, facts.Muted, facts.Closed)

        differ "turned round" ranked (ranks.Rank turned now)
        @ [
            for one, other in List.pairwise ranked do
                let isBefore =
                    one.Points > other.Points
                    || (one.Points = other.Points && one.Person.CompareTo other.Person < 0)

                yield! wrongIf (not isBefore) $"{one} before {other}"
        ])

let recent: Law<Ranks, ClosenessFacts * int * int64> =
    law "what is more recent never makes less close" (fun ranks (facts, which, ms) ->
        match List.ofSeq facts.Friends with
        | [] -> []
        | friends ->
            let which = which % friends.Length
            let friend = friends[which].Friend
            let later (times: Instant seq) = times |> Seq.map _.Plus(ms)

            let kept (one: Exchange) =
                let moved = withWords (later one.Given) (later one.Got) one
                let rooms = Company(one.Rooms.Ms, one.Rooms.Until.Plus ms)
                Exchange(moved.Friend, moved.Given, moved.Got, rooms, Calls = one.Calls)

            let before = placeOf friend (ranks.Rank facts now)
            let after = placeOf friend (ranks.Rank (changing which kept facts) now)
            wrongIf (after > before) $"{friend} was at {before} and is at {after}")

let mutual: Law<Ranks, ClosenessFacts * int * int64> =
    law "who gives and gets nothing is not closer than who gets, too" (fun ranks (facts, which, _) ->
        match List.ofSeq facts.Friends with
        | [] -> []
        | friends ->
            let which = which % friends.Length
            let friend = friends[which].Friend
            let without = changing which (fun one -> withWords one.Given [] one) facts
            let before, ranked = ranks.Rank facts now, ranks.Rank without now

            wrongIf
                (placeOf friend ranked < placeOf friend before)
                $"{friend} was at {placeOf friend before} and is at {placeOf friend ranked}"
            @ [
                for one in ranked do
                    yield! wrongIf (one.Person = friend && one.Words > 0L) $"{one} without an answer"
            ])

let never: Law<Ranks, ClosenessFacts> =
    law "nobody is close who is muted, kept apart or no friend" (fun ranks facts ->
        [
            for one in ranks.Rank facts now do
                let isFriend = facts.Friends |> Seq.exists (fun other -> other.Friend = one.Person)
                let isKept = facts.Muted.Contains one.Person || facts.Closed.Contains one.Person
                yield! wrongIf (isKept || not isFriend) $"{one.Person}"
        ])

let rooms: Law<Ranks, Card list * ClosenessFacts> =
    law
        "rooms stand by the closest who are seen inside, and others where they tell nothing"
        (fun ranks (cards, facts) ->
            let ranked = ranks.Rank facts now
            let ordered = ranks.Order ranked cards

            let closest (card: Card) =
                match card.Occupants with
                | null -> System.Int32.MaxValue
                | faces ->
                    [ for face in faces -> placeOf face.Person ranked ]
                    |> List.fold min System.Int32.MaxValue

            differ
                "cards"
                (cards |> List.map _.Room.Value |> List.sort)
                (ordered |> List.map _.Room.Value |> List.sort)
            @ [
                for one, other in List.pairwise ordered do
                    let key (card: Card) =
                        not card.Mine, closest card, card.Room.Value

                    yield! wrongIf (key one >= key other) $"{one.Room} before {other.Room}"
            ])

let people: Law<Ranks, ClosenessFacts> =
    law "people stand by how close they are, and strangers behind them by id" (fun ranks facts ->
        let ranked = ranks.Rank facts now

        let all =
            [ for one in facts.Friends -> one.Friend ]
            @ [ person "b-stranger"; person "a-stranger" ]

        let expected =
            all
            |> List.sortWith (fun one other -> one.CompareTo other)
            |> List.sortBy (fun one -> placeOf one ranked)

        differ "people" expected (ranks.Arrange ranked all))
