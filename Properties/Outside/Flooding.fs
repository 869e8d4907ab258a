/// Somebody asks more often than anybody may: as much as is promised is let through, and no more; whoever is refused is
/// told until when, has changed nothing, and may ask again then.
module Chat.Spec.Outside.Flooding

open System
open System.Diagnostics
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Deciding
open Chat.Domain.Limiting
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Errands
open Chat.Spec.Outside.Visit

let private ann, bob = person "ann", person "bob"

/// What is promised: how often in the long run, and how often at once.
let private rateOf (flood: Flood) =
    let limits = RateLimits.Default

    match flood with
    | OfDevice -> limits.Device, "rate.device"
    | OfPerson -> limits.Person, "rate.person"
    | OfQueries -> limits.Queries, "rate.queries"
    | OfMisses -> limits.Misses, "rate.misses"

/// An answer, whether it was let through; nothing where there was none, or one for another reason.
type private Outcome =
    | Through
    | Limited of rule: string * retryAfterMs: int64
    | Unknown

let private outcomeOf (answer: byte[] option) =
    match answer with
    | None -> Unknown
    | Some bytes ->
        match Decoding.Answer(ReadOnlyMemory bytes, id) |> ofEither with
        | Ok _ -> Through
        | Error refusal when refusal.Code = "rate_limited" ->
            Limited(ruleOf refusal, Option.ofNullable refusal.RetryAfterMs |> Option.defaultValue 0L)
        | Error refusal when Set.contains refusal.Code (set [ "busy"; "unavailable"; "moved" ]) -> Unknown
        // It was heard, and is refused for what it asks.
        | Error _ -> Through

let private say = Command.SendMessage(body "hi", Nullable(), listing [], false)

/// The requests of a flood, with the device that asks each: some more than may be asked at once.
let private requests (visit: Visit) (talk: Talk) (phone: Device) (desk: Device) (flood: Flood) =
    let burst = (fst (rateOf flood)).Burst

    let sends (device: Device) count =
        [
            for index in 1..count ->
                device, Ask.Change(Nullable talk.Real, ClientId.Of $"{device.Name}{index}", say) :> Ask
        ]

    match flood with
    | OfDevice -> sends phone (2 * burst)
    | OfPerson -> sends phone (burst * 3 / 5) @ sends desk (burst * 3 / 5)
    | OfQueries -> [ for _ in 1 .. 2 * burst -> phone, Ask.Get talk.Real :> Ask ]
    | OfMisses ->
        [
            for index in 1 .. 2 * burst -> phone, Ask.Get(ConversationId.Of $"none-{visit.Names.Suffix}-{index}") :> Ask
        ]

let private judge (visit: Visit) (flood: Flood) (seconds: float) (outcomes: Outcome list) =
    let rate, rule = rateOf flood
    let through = outcomes |> List.filter ((=) Through) |> List.length
    let unknown = outcomes |> List.filter ((=) Unknown) |> List.length

    let most =
        visit.Place.Hosts * (rate.Burst + int (seconds * float rate.PerSecond) + 1)

    let least = min outcomes.Length rate.Burst - unknown
    visit.Hold $"{through} are not too many in {seconds:F1} s, where {most} are the most" true (through <= most)
    visit.Hold $"{through} are not too few, where {least} are the least" true (through >= least)

    for outcome in outcomes do
        match outcome with
        | Limited(because, ms) ->
            visit.Findings.Count because
            visit.Hold "the rule of who asks too often" rule because
            visit.Hold $"{ms} ms are a time to wait" true (ms >= 1L && ms <= 60_000L)
        | Through -> visit.Findings.Count "rate.through"
        | Unknown -> ()

let private seqOf (visit: Visit) (talk: Talk) =
    task {
        let! details = visit.AskAsync bob (Ask.Get talk.Real) Decoding.Details

        match details with
        | Ok details -> return details.Entry.Seq
        | Error refusal ->
            visit.Hold "bob, who asks seldom, is heard" "accepted" refusal.Code
            return 0L
    }

/// What was refused changed nothing, and goes through when it has waited.
let private againAsync (visit: Visit) (talk: Talk) (asks: (Device * Ask) list) (outcomes: Outcome list) : Task =
    task {
        let count isSo =
            outcomes |> List.filter isSo |> List.length |> int64

        let! seq = seqOf visit talk
        let least = count ((=) Through)
        let most = least + count ((=) Unknown)
        visit.Hold $"{seq} were said, and {least} to {most} were let through" true (least <= seq && seq <= most)

        let refused =
            List.zip asks outcomes
            |> List.tryPick (fun (ask, outcome) ->
                match outcome with
                | Limited _ -> Some ask
                | _ -> None)

        match refused with
        | Some(device, ask) ->
            let! answer = visit.AskOf device ask Decoding.Receipt

            match answer with
            | Ok receipt -> visit.Hold "what was refused was not said before" false receipt.Replayed
            | Error refusal -> visit.Hold "what was refused goes through later" "accepted" refusal.Code
        | None -> ()
    }

/// All at once; who names what is not there does so one after another, for that is known only with the answer.
let private askAsync (flood: Flood) (asks: (Device * Ask) list) : Task<byte[] option list> =
    task {
        let once (device: Device, ask) =
            device.AskOnceAsync(Codecs.ours.Ask ask)

        if flood = OfMisses then
            let mutable answers = []

            for one in asks do
                let! answer = once one
                answers <- answer :: answers

            return List.rev answers
        else
            let! answers = asks |> List.map once |> Task.WhenAll
            return List.ofArray answers
    }

let private floodAsync (place: Place) (flood: Flood) =
    visitAsync place HostLaws.rates [ ann; bob ] (fun visit ->
        task {
            let first = visit.Of ann
            let second = Device(place, visit.Names, ann, desk)
            visit.Add second
            do! second.ConnectAsync()
            let talk = Talk(visit, ConversationId.Of "g1")

            let! _ =
                talk.DoAsync bob (Command.Create(ConversationKind.Group, listing [ ann ], null))

            let asks = requests visit talk first second flood
            let clock = Stopwatch.StartNew()

            let! answers = askAsync flood asks
            let outcomes = answers |> List.map outcomeOf
            judge visit flood clock.Elapsed.TotalSeconds outcomes

            match flood with
            | OfDevice
            | OfPerson -> do! againAsync visit talk asks outcomes
            | OfQueries
            | OfMisses -> ()

            // Nobody else notices.
            let! _ = talk.DoAsync bob (Command.Rename(conversationName "still here"))
            ()
        })

/// What they came to, and how many requests it took.
let judgedAsync (place: Place) (floods: Flood list) =
    task {
        let findings = Findings.Findings()
        let mutable asked = 0

        for flood in floods do
            let! found, count = floodAsync place flood
            findings.Add found
            asked <- asked + count

        return findings, asked
    }
