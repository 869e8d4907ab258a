/// What a log proves.
module Chat.Spec.Laws.VerifyingLaws

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning

/// A log that was played is sound, with the scores that were told; before its end it proves nothing.
let sound: Law<House, Trace> =
    law "what was played verifies" (fun (house: House) trace ->
        let subject = house.On shuffle

        logs subject trace
        |> List.collect (fun log ->
            let seen = log |> List.mapi (fun index entry -> Seen(int64 (index + 1), entry.Link))

            let scores =
                match (List.last log).Entry.What with
                | :? Event.Ended as ended -> ended.Scores
                | _ -> listing []

            let unfinished = List.truncate (log.Length - 1) log

            differ "its verdict" (Verdict.Sound scores :> Verdict) (subject.Verify log seen)
            @ differ "before its end" (Verdict.Unfinished() :> Verdict) (subject.Verify unfinished [])
            @ wrongIf
                (subject.Table.Log(unfinished |> Seq.map _.Entry) |> ofOption |> Option.isSome)
                "a log is given away before its end"))

/// How a log is tampered with.
type Tampering =
    | Drop
    | Swap
    | Copy
    | Cut
    | Later
    | ByAnother
    | Another of Event
    | Secret
    | Contribution
    | Link
    | GoOn

type Forgery =
    {
        Trace: Trace
        Kind: Tampering
        At: int
        Other: int
        /// Whether whoever did it makes new links.
        IsRelinked: bool
    }

let private kinds: Gen<Tampering> =
    Gen.frequency
        [
            10, Gen.elements [ Drop; Swap; Copy; Cut; Later; ByAnother; Secret; Contribution; Link; GoOn ]
            3, Gen.map Another anyEvent
        ]

let forgery: Gen<Forgery> =
    gen {
        let! trace = trace
        let! kind = kinds
        let! at = Gen.choose (0, 999)
        let! other = Gen.choose (0, 999)
        let! isRelinked = Gen.elements [ true; false ]

        return
            {
                Trace = trace
                Kind = kind
                At = at
                Other = other
                IsRelinked = isRelinked
            }
    }

let private another = Bits256(UInt128(0UL, 5UL), UInt128(0UL, 6UL))

let private withEntry (change: Entry -> Entry) (entry: LogEntry) =
    LogEntry(change entry.Entry, entry.Link)

let private withEvent (change: Event -> Event) =
    withEntry (fun entry -> Entry(entry.By, entry.At, change entry.What))

/// Another secret, everywhere where it is named, with a commitment to it.
let private otherSecret (happened: Event) : Event =
    match happened with
    | :? Event.Offered as offered ->
        let secret = Chat.Domain.Values.Secret another
        let commitment = Sealing.Commit(offered.Place, offered.Number, secret)
        Event.Offered(offered.Place, offered.Number, offered.Plan, commitment, Nullable secret, offered.Past)
    | :? Event.Ended as ended -> Event.Ended(ended.Why, ended.Scores, Chat.Domain.Values.Secret another, ended.Link)
    | other -> other

let private otherContribution (happened: Event) : Event =
    match happened with
    | :? Event.Unsealed as shown -> Event.Unsealed(shown.Who, another)
    | other -> other

let internal tamper (kind: Tampering) (at: int) (other: int) (log: LogEntry list) : LogEntry list =
    let at = at % log.Length
    let other = other % log.Length

    let change how =
        log |> List.mapi (fun index entry -> if index = at then how entry else entry)

    match kind with
    | Drop -> List.removeAt at log
    | Swap ->
        log
        |> List.permute (fun index ->
            if index = at then other
            elif index = other then at
            else index)
    | Copy -> List.insertAt at log[other] log
    | Cut -> List.truncate at log
    | Later -> change (withEntry (fun entry -> Entry(entry.By, entry.At.Plus(int64 (1 + other)), entry.What)))
    | ByAnother -> change (withEntry (fun entry -> Entry((people |> List.find ((<>) entry.By)), entry.At, entry.What)))
    | Another happened -> change (withEvent (fun _ -> happened))
    | Secret -> log |> List.map (withEvent otherSecret)
    | Contribution -> log |> List.map (withEvent otherContribution)
    | Link -> change (fun entry -> LogEntry(entry.Entry, Bits256(entry.Link.High, entry.Link.Low + UInt128.One)))
    | GoOn -> log @ [ log[at] ]

/// Where two logs first differ.
let private firstDifference (one: LogEntry list) (other: LogEntry list) =
    let shared = min one.Length other.Length

    List.zip (List.truncate shared one) (List.truncate shared other)
    |> List.tryFindIndex (fun (a, b) -> a <> b)
    |> Option.defaultValue shared

/// A log that was tampered with is not sound, and the first entry that is wrong is named; new links do not help, for
/// the end says what they were, and devices know.
let tampered: Law<House, Forgery> =
    law "a tampered log does not verify" (fun (house: House) forgery ->
        let subject = house.On shuffle

        logs subject forgery.Trace
        |> List.truncate 1
        |> List.collect (fun log ->
            let forged = tamper forgery.Kind forgery.At forgery.Other log
            let at = firstDifference log forged
            let witness = [ Seen(int64 log.Length, (List.last log).Link) ]

            if at = log.Length && at = forged.Length then
                []
            elif forgery.IsRelinked && not forged.IsEmpty then
                let relinked = linked subject (forged |> List.map _.Entry)
                let isSame = relinked = log

                let judged seen =
                    match subject.Verify relinked seen with
                    | :? Verdict.Sound -> [ $"{forgery.Kind} at {at} of {log.Length} with new links is sound" ]
                    | _ -> []

                if isSame then []
                elif at < log.Length - 1 then judged [] @ judged witness
                else judged witness
            else
                match subject.Verify forged [] with
                | :? Verdict.Sound -> [ $"{forgery.Kind} at {at} is sound" ]
                | :? Verdict.Broken as broken -> differ $"{forgery.Kind}: the first wrong one" at broken.Index
                | :? Verdict.Unknown -> wrongIf (at > 0) "it is not known what was played"
                | _ -> differ $"{forgery.Kind}: unfinished" forged.Length at))

/// All of a game made up later does not pass for the one that a device saw.
let madeUp: Law<House, Trace * int> =
    law "what a device saw cannot be made up later" (fun (house: House) (trace, at) ->
        let subject = house.On shuffle
        let log = (logs subject trace).Head
        let other = (logs subject { trace with Dice = trace.Dice + 1 }).Head
        let seen = log[at % log.Length]

        match subject.Verify other [ Seen(int64 (1 + at % log.Length), seen.Link) ] with
        | :? Verdict.Sound -> [ "another game is sound before who saw this one" ]
        | _ -> [])
