/// What a few people do to a host: what they ask, read and mark, and how their connections fare.
module Chat.Spec.Outside.Scenario

open System
open FsCheck.FSharp
open FsCheck
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators

type Step =
    /// Ask for something; with a look first at whether one may.
    | Do of Traces.Ask
    /// Move one's marks.
    | Mark of PersonId * Marks
    /// Read all that one can.
    | Look of PersonId
    /// Lose the connection and come back.
    | Reconnect of PersonId
    /// Do something in the house, or between two people there: a scenario has nothing else then.
    | Dwell of RoomScenes.Asked
    /// Keep something to oneself, or do what others may see of it: a scenario has nothing else then.
    | Keep of Chat.Spec.Oracle.Privacy.Deed
    /// Do something with a phone: a scenario has nothing else then.
    | Dial of CallScenes.Turn
    /// Do something else: a scenario has only errands of one kind then.
    | Run of Errands.Errand

    override step.ToString() =
        match step with
        | Do ask -> string ask
        | Mark(who, marks) when marks.Read > 0L -> $"{who} has read {marks.Read}"
        | Mark(who, marks) -> $"{who} has received {marks.Delivered}"
        | Look who -> $"{who} looks"
        | Reconnect who -> $"{who} is away for a moment"
        | Dwell asked -> string asked
        | Keep deed -> string deed
        | Dial turn -> string turn
        | Run errand -> string errand

let whoOf step =
    match step with
    | Do ask -> ask.Person
    | Mark(who, _)
    | Look who
    | Reconnect who -> who
    | Dwell asked -> asked.Who
    | Keep deed -> Chat.Spec.Oracle.Privacy.whoOf deed
    | Dial turn -> CallScenes.whoOf turn
    | Run errand -> Errands.whoOf errand

[<StructuredFormatDisplay("{Text}")>]
type Scenario =
    {
        Steps: Step list
        /// Everybody does theirs one after another, and all at once; else one step comes after the other.
        IsConcurrent: bool
    }

    member scenario.Text = string scenario

    override scenario.ToString() =
        let order =
            if scenario.IsConcurrent then
                "all at once"
            else
                "one after another"

        scenario.Steps
        |> List.map (fun step -> $"\n  {step}")
        |> String.concat ""
        |> sprintf "%s:%s" order

/// What clients can ask: what was said elsewhere before, files that nobody brought and what follows from a block are
/// not theirs to name. They wait no longer than it takes to meet the short windows.
let private askable (ask: Traces.Ask) : Traces.Ask option =
    match ask.Command with
    | :? Command.Close
    | :? Command.Reopen
    | :? Command.Record
    | :? Command.KeepParty -> None
    | :? Command.SendMessage as send when send.Files.Count > 0 -> None
    | :? Command.SetWords as set when set.Rules |> Seq.exists (fun rule -> not (Enum.IsDefined rule.Action)) -> None
    | _ ->
        Some
            { ask with
                OccurredAt = None
                Wait = if ask.Wait > 30L then min ask.Wait 110L else 0L
            }

/// Something of one of these people to another; now and then under an id that was used before.
let private bond (people: PersonId list) (index: int) : Gen<Step> =
    gen {
        let! who = Gen.elements people
        let! device = Gen.elements Palette.devices

        let! whom =
            Gen.frequency [ 20, Gen.elements (List.except [ who ] people); 1, Gen.constant who ]

        let! command = PairTraces.bonding whom

        return
            Do
                {
                    Person = who
                    Device = device
                    Client = ClientId.Of $"b{index % 5}"
                    Command = command
                    OccurredAt = None
                    Wait = 0L
                }
    }

let private besides (people: PersonId list) (bonds: int) (index: int) : Gen<Step list> =
    let who = Gen.elements people

    let mark =
        Gen.map3
            (fun who seq isRead -> Mark(who, (if isRead then Marks(seq, 0L) else Marks(0L, seq))))
            who
            (Gen.choose (1, 9) |> Gen.map int64)
            (Gen.elements [ true; true; false ])

    Gen.frequency
        [
            40, Gen.constant []
            8, Gen.map List.singleton mark
            6, Gen.map (Look >> List.singleton) who
            1, Gen.map (Reconnect >> List.singleton) who
            bonds, Gen.map List.singleton (bond people index)
        ]

let private isDirect (ask: Traces.Ask) =
    match ask.Command with
    | :? Command.Create as create -> create.Kind = ConversationKind.Direct
    | _ -> false

/// In one of three people are friends and block each other, too. What a block does to a conversation of two is seen by
/// nobody, so which of two things came first is not known there: such a one goes step by step.
let scenario: Gen<Scenario> =
    gen {
        let! trace = Traces.telling
        let! isConcurrent = Gen.elements [ false; false; true ]
        let! bonds = Gen.elements [ 0; 0; 30 ]
        let asks = trace.Asks |> List.choose askable

        let people =
            asks
            |> List.map _.Person
            |> List.append (if bonds > 0 then PairTraces.people else [])
            |> List.distinct

        let! beside =
            if List.isEmpty asks then
                Gen.constant []
            else
                [ 1 .. asks.Length ] |> List.map (besides people bonds) |> Gen.sequenceToList

        return
            {
                Steps = List.map2 (fun ask beside -> Do ask :: beside) asks beside |> List.concat
                IsConcurrent = isConcurrent && not (bonds > 0 && List.exists isDirect asks)
            }
    }

/// Beginnings in which each rule bites, one after another; in between everybody reads and marks what there is.
let planned: Scenario list =
    Traces.planned @ Quarrels.planned @ [ Traces.ofPlan Everyday.ending ]
    |> List.map (fun trace ->
        let asks = trace.Asks |> List.choose askable
        let people = asks |> List.map _.Person |> List.distinct

        let marks seq =
            people
            |> List.collect (fun who -> [ Mark(who, Marks(0L, seq)); Look who; Mark(who, Marks(seq - 1L, 0L)) ])

        {
            Steps =
                asks
                |> List.mapi (fun index ask ->
                    if index % 4 = 3 then
                        Do ask :: marks (int64 index)
                    else
                        [ Do ask ])
                |> List.concat
            IsConcurrent = false
        })

/// Whether people are friends or block each other in it.
let hasBonds (scenario: Scenario) =
    scenario.Steps
    |> List.exists (fun step ->
        match step with
        | Do ask -> ask.Command :? Chat.Domain.Pairs.Command
        | _ -> false)

/// Fewer steps: halves first, then one less at a time.
let shrink (scenario: Scenario) : Scenario seq =
    let steps = scenario.Steps

    let without size =
        steps
        |> List.chunkBySize size
        |> List.mapi (fun index _ ->
            { scenario with
                Steps = steps |> List.chunkBySize size |> List.removeAt index |> List.concat
            })

    let sizes =
        List.unfold (fun size -> if size < 1 then None else Some(size, size / 2)) (steps.Length / 2)

    seq {
        for size in sizes do
            yield! without size

        if scenario.IsConcurrent then
            { scenario with IsConcurrent = false }
    }
