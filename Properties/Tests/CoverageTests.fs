/// A specification that shows it is not empty: how often each command, event and reason was exercised. One that never
/// was fails the build.
module Chat.Spec.Tests.CoverageTests

open global.Xunit
open Xunit.Abstractions
open Chat.Domain.Conversations
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Oracle.Reasons

/// Refusals that no conversation decides: the host gives them, or the loop.
let private notDecided =
    [ "TooLarge"; "Conflict"; "Busy"; "RateLimited"; "Unavailable"; "Moved" ]

type Exercised =
    {
        Commands: Map<string, int>
        Events: Map<string, int>
        Refusals: Map<string, int>
        Reasons: Map<string, int>
        AlreadySo: Map<string, int>
    }

let private nameOf (case: objnull) =
    match case with
    | null -> "null"
    | value -> value.GetType().Name

let private count items = items |> List.countBy id |> Map

let private exercised () : Exercised =
    let fresh = Running.freshOf Conversation.Decider

    let ofTraces =
        Seeds.fixedSample 1_500 60 Traces.trace
        |> List.collect (Running.steps fresh)
        |> List.map (fun step -> step.Ask.Command, step.Answer)

    let ofBounds =
        Bounds.all @ Moments.all
        |> List.map (fun bound ->
            let past, ask = Bounds.recorded bound
            let stream = Running.foldOf fresh past
            let context = Running.contextOf ask Running.start
            let facts = factsOf fresh (stream.Needs(context, ask.Command)) past
            ask.Command, ofEither (stream.Decide(context, ask.Command, facts)))

    let all = ofTraces @ ofBounds

    let refusals =
        all
        |> List.choose (fun (_, answer) ->
            match answer with
            | Error refusal -> Some refusal
            | Ok _ -> None)

    {
        Commands = all |> List.map (fst >> nameOf) |> count
        Events =
            all
            |> List.collect (fun (_, answer) ->
                match answer with
                | Ok decision -> decision.Events |> Seq.map nameOf |> List.ofSeq
                | Error _ -> [])
            |> count
        Refusals = refusals |> List.map nameOf |> count
        Reasons =
            refusals
            |> List.map (fun refusal -> $"{refusal.Code}: {ruleOf refusal}")
            |> count
        AlreadySo =
            all
            |> List.choose (fun (command, answer) ->
                match answer with
                | Ok decision when decision.Events.IsEmpty -> Some(nameOf command)
                | _ -> None)
            |> count
    }

type ``What is exercised``(output: ITestOutputHelper) =

    let report (what: string) (counts: Map<string, int>) =
        let line =
            counts
            |> Map.toList
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "

        output.WriteLine $"{what}: {line}"

    let missing (expected: string list) (counts: Map<string, int>) =
        expected |> List.filter (fun name -> not (counts.ContainsKey name))

    [<Fact>]
    member _.``every command, event and reason occurs``() =
        let found = exercised ()
        report "commands" found.Commands
        report "already so" found.AlreadySo
        report "events" found.Events
        report "refusals" found.Refusals
        report "reasons" found.Reasons
        let cases union = Unions.casesOf union |> List.map _.Name

        let reasonsKnown =
            reasons
            |> List.choose (fun reason ->
                match reason with
                | Refuse(code, rule) -> Some $"{code}: {rule}"
                | _ -> None)

        let never =
            missing (cases typeof<Command>) found.Commands
            @ missing (cases typeof<Event>) found.Events
            @ missing (List.except notDecided (cases typeof<Refusal>)) found.Refusals
            @ missing reasonsKnown found.Reasons

        let unknown = found.Reasons |> Map.keys |> List.ofSeq |> List.except reasonsKnown

        let neverText = String.concat ", " never
        let unknownText = String.concat ", " unknown
        Assert.True(List.isEmpty never, $"never exercised: {neverText}")
        Assert.True(List.isEmpty unknown, $"not among the oracle's reasons: {unknownText}")

    [<Fact>]
    member _.``every bound is the oracle's, at it and beside it``() =
        let fresh = Running.freshOf Conversation.Decider

        for bound in Bounds.all @ Moments.all do
            let wrongs = wrongsOf ConversationLaws.decisionOn fresh (Bounds.recorded bound)
            Assert.True(List.isEmpty wrongs, $"{bound.Name}: {wrongs}")
