/// Suggesting and ranking with one mistake each.
module Chat.Spec.Mistakes.MeetingMistakes

open System
open Chat.Domain.Closeness
open Chat.Domain.Deciding
open Chat.Domain.Meeting
open Chat.Domain.Rooms
open Chat.Domain.Values
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.MeetingLaws
open Chat.Spec.Laws.ClosenessLaws

let private right = MeetingLaws.domain
let private ranks = ClosenessLaws.domain

let private given edit =
    { right with
        Suggest = fun facts now most -> right.Suggest (edit facts) now most
    }

let private answering edit =
    { right with
        Suggest = fun facts now most -> edit facts most (right.Suggest facts now most)
    }

let private circles (edit: Circle -> Circle) (facts: MeetingFacts) =
    MeetingFacts(facts.Own, facts.Circles |> Seq.map edit |> listing, facts.Companions, facts.Barred)

let private closedFriendsToo =
    circles (fun circle -> Circle(circle.Person, true, circle.Friends))

let private closedPeopleToo =
    circles (fun circle -> Circle(circle.Person, circle.IsOpen, circle.Friends |> Seq.map abs |> listing))

let private closedCompanionsToo (facts: MeetingFacts) =
    let companions =
        facts.Companions
        |> Seq.map (fun one -> Companion(one.Person, true, one.Company))

    MeetingFacts(facts.Own, facts.Circles, listing companions, facts.Barred)

let private nobodyBarred (facts: MeetingFacts) =
    MeetingFacts(facts.Own, facts.Circles, facts.Companions, setOf [])

let private own edit (facts: MeetingFacts) =
    MeetingFacts(edit facts.Own, facts.Circles, facts.Companions, facts.Barred)

let private withPoints (one: Suggestion) points =
    Suggestion(one.Person, points, one.Mutual, one.Through, one.MetAt)

/// What is weighed tells how many friends somebody has who have not opened themselves.
let private byAllFriends (facts: MeetingFacts) _ (found: Suggestion list) =
    let hidden =
        facts.Circles
        |> Seq.sumBy (fun circle -> circle.Friends |> Seq.filter (fun friend -> friend < 0) |> Seq.length)

    found |> List.map (fun one -> withPoints one (one.Points + int64 hidden))

let private asFound (facts: MeetingFacts) most (_: Suggestion list) =
    let order =
        facts.Circles
        |> Seq.collect _.Friends
        |> Seq.map abs
        |> Seq.distinct
        |> List.ofSeq

    let place who =
        order |> List.tryFindIndex ((=) who) |> Option.defaultValue 0

    right.Suggest facts Towns.now 50
    |> List.sortBy (fun one -> -one.Points, place one.Person)
    |> List.truncate most

let private ofSuggestions: Mistake list =
    let towns = lazy (Seeds.fixedSample 400 60 Towns.town)
    let twins = lazy (Seeds.fixedSample 400 60 Towns.twins)
    let visits = lazy (Seeds.fixedSample 200 60 Towns.visits)
    let on name law mistaken = mistake name law towns right mistaken

    let between name mistaken =
        mistake name MeetingLaws.unknown twins right mistaken

    let among name law mistaken = mistake name law visits right mistaken

    let toldTwice (before: AnyStream) events =
        right.Encounters before events
        |> List.collect (fun met -> [ met; Encounter(met.Other, met.One, met.From, met.Until) ])

    let sinceTheFirst (before: AnyStream) (events: AnyEvent list) =
        let first = events |> List.tryHead |> Option.map _.At

        right.Encounters before events
        |> List.map (fun met -> Encounter(met.One, met.Other, Option.defaultValue met.From first, met.Until))

    [
        between "friendships of closed friends are used" (given closedFriendsToo)
        between "closed people are suggested through friends" (given closedPeopleToo)
        between "what is weighed tells of hidden friends" (answering byAllFriends)
        on "who is closed is suggested" MeetingLaws.never (given closedPeopleToo)
        on "who is closed is suggested who was in a room" MeetingLaws.never (given closedCompanionsToo)
        on "one goes through closed friends" MeetingLaws.never (given closedFriendsToo)
        on "who is barred is suggested" MeetingLaws.never (given nobodyBarred)
        on
            "friends are suggested"
            MeetingLaws.never
            (given (own (fun one -> Circle(one.Person, one.IsOpen, one.Friends |> Seq.truncate 1 |> listing))))
        on "oneself is suggested" MeetingLaws.never (given (own (fun one -> Circle(0, one.IsOpen, one.Friends))))
        on
            "a mutual friend counts the same whoever it is"
            MeetingLaws.oracle
            (answering (fun _ _ found -> found |> List.map (fun one -> withPoints one (100L * int64 one.Mutual))))
        on
            "what has faded counts as much"
            MeetingLaws.oracle
            { right with
                Suggest = fun facts _ most -> right.Suggest facts (Instant 0L) most
            }
        on
            "one too many is suggested"
            MeetingLaws.bounded
            { right with
                Suggest = fun facts now most -> right.Suggest facts now (most + 1)
            }
        on "of as many the first that is found comes first" MeetingLaws.ordered (answering asFound)
        among "a meeting is told by both" MeetingLaws.encounters { right with Encounters = toldTwice }
        among
            "a meeting begins with the room"
            MeetingLaws.encounters
            { right with
                Encounters = sinceTheFirst
            }
        among
            "what is told twice counts twice"
            MeetingLaws.counted
            { right with
                After = fun company from until -> Company(company.Ms + until.Since from, until)
            }
    ]

let private ranking edit =
    { ranks with
        Rank = fun facts now -> ranks.Rank (edit facts) now
    }

let private exchanges (edit: Exchange -> Exchange) (facts: ClosenessFacts) =
    ClosenessFacts(facts.Friends |> Seq.map edit |> listing, facts.Muted, facts.Closed)

let private said given got (one: Exchange) =
    Exchange(one.Friend, given, got, one.Rooms, Calls = one.Calls)

let private ofCloseness: Mistake list =
    let facts = lazy (Seeds.fixedSample 400 60 Towns.exchanges)
    let later = lazy (Seeds.fixedSample 400 60 Towns.later)
    let houses = lazy (Seeds.fixedSample 400 60 Towns.cards)
    let on name law mistaken = mistake name law facts ranks mistaken
    let moved name law mistaken = mistake name law later ranks mistaken

    let both (one: Exchange) =
        let all = Seq.append one.Given one.Got |> listing
        said all all one

    let unstable (facts: ClosenessFacts) now =
        let place who =
            facts.Friends |> Seq.findIndex (fun one -> one.Friend = who)

        ranks.Rank facts now
        |> List.sortBy (fun one -> -(one.Points / 5_000L), place one.Person)

    // Of the future nothing counts, and what is long ago counts as if it were not.
    let backwards (facts: ClosenessFacts) (now: Instant) =
        let mirrored (at: Instant) =
            Instant(now.Milliseconds - (at.Milliseconds % 10_000_000_000L))

        ranks.Rank
            (exchanges
                (fun one ->
                    said (one.Given |> Seq.map mirrored |> listing) (one.Got |> Seq.map mirrored |> listing) one)
                facts)
            now

    let byWhoIsThere (people: Close list) (cards: Card list) =
        ranks.Order people cards
        |> List.sortBy (fun card -> isNull card.Occupants |> not)

    [
        on "what is said counts whoever says it" ClosenessLaws.oracle (ranking (exchanges both))
        on
            "calls do not count"
            ClosenessLaws.oracle
            (ranking (exchanges (fun one -> Exchange(one.Friend, one.Given, one.Got, one.Rooms))))
        on
            "of about as close ones the first that is found comes first"
            ClosenessLaws.total
            { ranks with Rank = unstable }
        moved "the longer ago the closer" ClosenessLaws.recent { ranks with Rank = backwards }
        moved "who never answers is close" ClosenessLaws.mutual (ranking (exchanges both))
        on
            "who is muted is close"
            ClosenessLaws.never
            (ranking (fun facts -> ClosenessFacts(facts.Friends, setOf [], facts.Closed)))
        on
            "who is kept apart is close"
            ClosenessLaws.never
            (ranking (fun facts -> ClosenessFacts(facts.Friends, facts.Muted, setOf [])))
        mistake "locked rooms stand first" ClosenessLaws.rooms houses ranks { ranks with Order = byWhoIsThere }
    ]

let all: Mistake list = ofSuggestions @ ofCloseness
