/// Whom somebody might want to meet: against the oracle, and whatever is not theirs to know.
module Chat.Spec.Laws.MeetingLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Meeting
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Oracle.Meetings
open Chat.Spec.Laws.Law

/// Suggesting as functions, so that a mistaken one can be put in its place.
type Suggesting' =
    {
        Suggest: MeetingFacts -> Instant -> int -> Suggestion list
        After: Company -> Instant -> Instant -> Company
        Encounters: AnyStream -> AnyEvent list -> Encounter list
    }

let domain: Suggesting' =
    {
        Suggest = fun facts now most -> Suggesting.Of(facts, now, most) |> List.ofSeq
        After = fun company from until -> company.With(from, until)
        Encounters = fun before events -> Encounter.Of(before, seqOf events) |> List.ofSeq
    }

/// A town as the store keeps it: closed circles and closed people among them, their numbers negated.
let factsOf (town: Town) : MeetingFacts =
    let circle who =
        let signed friend =
            if town.Open.Contains friend then friend else -friend

        Circle(who, town.Open.Contains who, friendsOf who town |> List.map signed |> listing)

    let companions =
        [
            for KeyValue(who, company) in town.Met -> Companion(who, town.Open.Contains who, company)
        ]

    MeetingFacts(
        circle town.Asker,
        friendsOf town.Asker town |> List.map circle |> listing,
        listing companions,
        setOf town.Barred
    )

let private told (suggesting: Suggesting') most (town: Town) =
    suggesting.Suggest (factsOf town) town.Now most
    |> List.map (fun one ->
        {
            Who = one.Person
            Points = one.Points
            Mutual = one.Mutual
            Through = List.ofSeq one.Through
            MetAt = one.MetAt |> Option.ofNullable |> Option.map _.Milliseconds
        })

let oracle: Law<Suggesting', Town> =
    law "suggestions and their reasons are the oracle's" (fun suggesting town ->
        [ 50; 3; 0 ]
        |> List.collect (fun most -> differ $"of {most}" (suggested most town) (told suggesting most town)))

let unknown: Law<Suggesting', Town * Town> =
    law "suggestions are the same whatever friendships one may not know there are" (fun suggesting (one, other) ->
        differ "in the other town" (told suggesting 50 one) (told suggesting 50 other))

let never: Law<Suggesting', Town> =
    law "nobody is suggested who is closed, a friend, barred or oneself" (fun suggesting town ->
        [
            for one in told suggesting 50 town do
                yield! wrongIf (not (isSuggestible one.Who town)) $"{one.Who}"

                for friend in one.Through do
                    let isKnown =
                        areFriends friend town.Asker town
                        && areFriends friend one.Who town
                        && town.Open.Contains friend

                    yield! wrongIf (not isKnown) $"{one.Who} through {friend}"
        ])

let bounded: Law<Suggesting', Town> =
    law "suggestions have a bound, each is of somebody else and has a reason" (fun suggesting town ->
        let all = told suggesting 4 town

        wrongIf (all.Length > 4) $"{all.Length} of 4"
        @ differ "twice" (all |> List.map _.Who |> List.distinct |> List.length) all.Length
        @ [
            for one in all do
                yield! wrongIf (one.Points <= 0L || one.Through.Length > 3) $"{one}"
                yield! wrongIf (one.Mutual = 0 && one.MetAt.IsNone) $"{one.Who} without a reason"
        ])

let ordered: Law<Suggesting', Town> =
    law "suggestions do not hang on the order in which facts are found" (fun suggesting town ->
        let facts = factsOf town
        let back (some: 'a seq) = some |> Seq.rev |> listing

        let turned =
            MeetingFacts(
                Circle(facts.Own.Person, facts.Own.IsOpen, back facts.Own.Friends),
                facts.Circles
                |> Seq.map (fun circle -> Circle(circle.Person, circle.IsOpen, back circle.Friends))
                |> back,
                back facts.Companions,
                facts.Barred
            )

        differ "turned round" (suggesting.Suggest facts town.Now 4) (suggesting.Suggest turned town.Now 4))

let private start = Instant 1_800_000_000_000L

/// What happened in a room, of visits as they were wished: who is in does not come, and who is out does not go.
let private happened (visits: (PersonId * bool * int64) list) : (AnyEvent * int64) list =
    let step (inside: Set<string>, at, events: (AnyEvent * int64) list) (who: PersonId, comes, later) =
        let at = at + later
        let stamp = Stamp(who, start.Plus at)

        if comes && not (inside.Contains who.Value) then
            let event: Event =
                if events.IsEmpty then
                    Event.Lit(stamp, valid (RoomName.Create "Kitchen"), false, listing [], 8)
                else
                    Event.Entered(stamp, Entry(Way.Friend, System.Nullable()))

            inside.Add who.Value, at, (event :> AnyEvent, at) :: events
        elif not comes && inside.Contains who.Value && inside.Count > 1 then
            inside.Remove who.Value, at, (Event.Left stamp :> AnyEvent, at) :: events
        else
            inside, at, events

    let _, _, events = visits |> List.fold step (Set.empty, 0L, [])
    List.rev events

/// How long two people were in at once, until the one or the other had gone: moment by moment between the events.
let private overlap (one: PersonId) (other: PersonId) (events: (AnyEvent * int64) list) =
    let isIn (who: PersonId) until =
        events
        |> List.truncate until
        |> List.tryFindBack (fun (event, _) -> event.By = who)
        |> Option.exists (fun (event, _) -> not (event :? Event.Left))

    let both =
        [
            for index in 1 .. events.Length - 1 do
                if isIn one index && isIn other index then
                    snd events[index] - snd events[index - 1], index
        ]

    let ended =
        events
        |> List.indexed
        |> List.filter (fun (index, (event, _)) ->
            (event :? Event.Left)
            && (event.By = one || event.By = other)
            && isIn one index
            && isIn other index)
        |> List.map fst
        |> List.tryLast

    both
    |> List.filter (fun (_, index) -> ended |> Option.exists (fun last -> index <= last))
    |> List.sumBy fst

let encounters: Law<Suggesting', (PersonId * bool * int64) list> =
    law "two people met as long as both were in a room, told once when one goes" (fun suggesting visits ->
        let events = happened visits
        let found = suggesting.Encounters Room.New (List.map fst events)

        let people =
            events
            |> List.map (fun (event, _) -> event.By)
            |> List.distinct
            |> List.sortBy _.Value

        [
            for one in people do
                for other in people do
                    if one.CompareTo other < 0 then
                        let told =
                            found
                            |> List.filter (fun met ->
                                set [ met.One.Value; met.Other.Value ] = set [ one.Value; other.Value ])
                            |> List.sumBy (fun met -> met.Until.Since met.From)

                        yield! differ $"{one} and {other}" (overlap one other events) told
        ])

let counted: Law<Suggesting', (PersonId * bool * int64) list> =
    law "time together is counted once, however often it is told" (fun suggesting visits ->
        let stretches =
            visits
            |> List.map (fun (_, _, ms) -> ms)
            |> List.scan (+) 0L
            |> List.pairwise
            |> List.map (fun (from, until) -> start.Plus from, start.Plus until)

        let once =
            stretches
            |> List.fold (fun company (from, until) -> suggesting.After company from until) Company.None

        let again =
            List.collect (fun stretch -> [ stretch; stretch ]) stretches @ stretches
            |> List.fold (fun company (from, until) -> suggesting.After company from until) Company.None

        let took = stretches |> List.sumBy (fun (from, until) -> until.Since from)

        differ "told again" once again
        @ wrongIf (once.Ms > took) $"{once.Ms} ms of {took}")
