/// What people ask of calls, what the oracle answers, and what they read.
module Chat.Spec.Outside.AskingCalls

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators.CallTraces
open Chat.Spec.Generators.CallScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.InCalls

type private Bonding = Chat.Domain.Pairs.Command

/// What comes of something that is asked.
let expected (now: Moment) (asked: Asked) : Answer =
    match asked.Command with
    | :? Bonding as command ->
        let between =
            now.Past asked.Stream
            |> List.map (fun happened -> happened :?> Chat.Domain.Pairs.Event)

        match Pairs.decide asked.Who command between with
        | Pairs.Happens kind ->
            let event = Orders.happened asked.Who asked.Whom kind :> AnyEvent

            let ends =
                if command :? Bonding.Block then
                    Calls.blocked asked.Who asked.Whom now.At now.Past
                else
                    []

            Happens((asked.Stream, event) :: ends)
        | Pairs.AlreadySo -> AlreadySo
        | Pairs.Refused(code, rule) -> Refused(code, rule)
    | :? Chat.Domain.Calls.Command as command ->
        Calls.decide people asked.Who asked.Whom asked.Device now.At command now.Past
    | command -> RoomAnswers.decide asked.Who now.At asked.Stream command now.Past

/// Asks for something, under an id.
let askAsync (exchange: Exchange) (client: string) (asked: Asked) =
    let client = ClientId.Of client

    let ask: Ask =
        match asked.Command with
        | :? Bonding as command -> Ask.ChangePair(client, command)
        | :? Chat.Domain.Calls.Command as command -> Ask.ChangeLine(asked.Whom, client, command)
        | command -> Ask.ChangePlace(Nullable(), client, command :?> Chat.Domain.Places.Command)

    Asking.queryAsync (exchange.PhoneOf(asked.Who, asked.Device)).Device ask PairAnswers.Receipt

/// Whether an answer is the oracle's.
let isAsExpected (expected: Answer) (answer: Result<SilentReceipt, Refusal>) =
    match expected, answer with
    | Refused(code, rule), Error refusal -> refusal.Code = code && ruleOf refusal = rule
    | Refused _, Ok _
    | _, Error _ -> false
    | _ -> true

/// What happens where something is answered so.
let eventsOf (expected: Answer) =
    match expected with
    | Happens events -> events
    | _ -> []

/// Counts what happens, or which rule refuses it.
let count (findings: Findings) (expected: Answer) =
    match expected with
    | Refused(_, rule) -> findings.Count rule
    | Happens events ->
        for stream, happened in events do
            match happened with
            | :? Chat.Domain.Calls.Event.Ended as ended -> findings.Count $"call.{ended.How}"
            | _ when stream.Kind = StreamKind.Line -> findings.Count $"call.{happened.GetType().Name}"
            | _ -> ()
    | AlreadySo -> ()

/// The last call of two, as one of them is told it.
let lastAsync (exchange: Exchange) (who: PersonId) (other: PersonId) =
    task {
        let device = (exchange.PhoneOf(who, phone)).Device
        // What is read may not be null, as nothing is.
        let read = CallAnswers.Last >> ofOption >> Option.toList
        let! _, answer = Asking.queryAsync device (Ask.CallWith other) read
        return Result.map List.tryHead answer
    }

/// Puts the law of calls to the test: nothing is wrong.
let hold (findings: Findings) (wrongs: string list) =
    findings.Hold HostLaws.calls wrongs.IsEmpty (fun () -> String.concat "; " wrongs)

/// Both find the last call of the two as it is, and themselves on it or on none.
let lookAsync (findings: Findings) (exchange: Exchange) (who: PersonId) (other: PersonId) : Task =
    task {
        let! last = lastAsync exchange who other

        match last with
        | Ok call -> hold findings (JudgingCalls.wrongLast exchange.Now who other call)
        | Error refusal -> hold findings [ $"{who} asked for the call with {other}: {refusal}" ]

        let device = (exchange.PhoneOf(who, phone)).Device
        let! _, house = Asking.queryAsync device (Ask.House()) HouseAnswers.House

        match house with
        | Ok house -> hold findings (JudgingCalls.wrongPlace exchange who (Option.ofNullable house.Me.OnCallWith))
        | Error refusal -> hold findings [ $"{who} asked for the house: {refusal}" ]
    }

/// Everybody says that they are there.
let hereAsync (exchange: Exchange) : Task =
    task {
        for phone in exchange.Phones do
            let! _ = Asking.queryAsync phone.Device (Ask.Here(false, false)) HouseAnswers.Lease
            ()
    }

/// From where on somebody reads in the end, and how many calls with each other stood there before.
type Bookmark =
    {
        Who: PersonId
        Cursor: string
        Known: (PersonId * int) list
    }

let bookmarksAsync (exchange: Exchange) : Task<Bookmark list> =
    task {
        let mutable marks = []

        for who in people do
            let device = (exchange.PhoneOf(who, phone)).Device
            let mutable cursor, more = null, true

            while more do
                let! _, answer =
                    Asking.queryAsync device (Ask.Resume(cursor, listing [])) Decoding.Resume

                match answer with
                | Ok page ->
                    cursor <- page.Cursor
                    more <- page.More
                | Error refusal -> failwith $"{refusal}"

            let known =
                [
                    for other in List.except [ who ] people do
                        other, JudgingCalls.countOf exchange who other
                ]

            marks <-
                {
                    Who = who
                    Cursor = nonNull cursor
                    Known = known
                }
                :: marks

        return marks
    }

/// What somebody reads of their conversations since then: the calls in each, by version; all of those that they
/// are to begin anew.
let readAsync (exchange: Exchange) (from: Bookmark) : Task<Map<string, Line list>> =
    task {
        let device = (exchange.PhoneOf(from.Who, phone)).Device
        let mutable cursor, more = from.Cursor, true
        let mutable found = Map.empty

        while more do
            let! _, answer =
                Asking.queryAsync device (Ask.Resume(cursor, listing [])) Decoding.Resume

            match answer with
            | Ok page ->
                for one in page.Conversations do
                    match one with
                    | :? Resumption.Missed as missed ->
                        let lines =
                            missed.Events
                            |> Seq.choose lineOf
                            |> Seq.distinct
                            |> Seq.sortBy fst
                            |> Seq.map snd

                        found <- found.Add(missed.Conversation.Value, List.ofSeq lines)
                    | :? Resumption.Reset as reset ->
                        found <- found.Add(reset.Conversation.Value, reset.Lines |> Seq.choose ofPage |> List.ofSeq)
                    | _ -> ()

                cursor <- page.Cursor
                more <- page.More
            | Error refusal -> failwith $"{refusal}"

        return found
    }
