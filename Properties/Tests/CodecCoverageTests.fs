/// How often each form was written and each fault of the store found. One that never was fails the build.
module Chat.Spec.Tests.CodecCoverageTests

open global.Xunit
open Xunit.Abstractions
open Microsoft.FSharp.Reflection
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Stored
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.CodecLaws

let private nameOf (case: obj) = case.GetType().Name

let private namesOf (sent: Sent) : string list =
    let seen (one: Seen) =
        match one with
        | :? Seen.Shown as shown -> [ $"told {nameOf shown.Event}" ]
        | _ -> [ "told Hidden" ]

    match sent with
    | Asking(:? Ask.Change as change) -> [ "ask Change"; $"command {nameOf change.Command}" ]
    | Asking ask -> [ $"ask {nameOf ask}" ]
    | Answering answer ->
        let case, _ = FSharpValue.GetUnionFields(answer, typeof<Wires.Answer>)

        match answer with
        | Wires.Refused refusal -> [ $"answer {case.Name}"; $"refusal {nameOf refusal}" ]
        | Wires.Resumed page ->
            $"answer {case.Name}"
            :: [ for one in page.Conversations -> $"resumption {nameOf one}" ]
        | _ -> [ $"answer {case.Name}" ]
    | Telling(_, one) -> seen one
    | Whispering ephemeral -> [ $"ephemeral {nameOf ephemeral}" ]

let private expected: string list =
    let cases what union =
        Unions.casesOf union |> List.map (fun case -> $"{what} {case.Name}")

    [
        yield! cases "ask" typeof<Ask>
        yield!
            cases "command" typeof<Command>
            |> List.except [ "command Close"; "command Reopen"; "command Record"; "command KeepParty" ]
        yield! cases "refusal" typeof<Refusal>
        yield! cases "resumption" typeof<Resumption>
        yield! cases "told" typeof<Event>
        yield! cases "stored" typeof<Event>
        yield! cases "ephemeral" typeof<Ephemeral>
        "told Hidden"

        for case in FSharpType.GetUnionCases typeof<Wires.Answer> do
            $"answer {case.Name}"
    ]

/// What damaged and hostile bytes are taken for in the store.
let private faults () : string list =
    let place = Place(streamOf "c1", 1L, System.Guid.Empty)

    let found (kind: string) (bytes: byte[]) =
        match ours.Load place kind bytes "said" with
        | Ok _ -> "read"
        | Error fault -> fault.Rule.Split(':')[0]

    let damaged =
        Seeds.fixedSample 600 40 Samples.damaged
        |> List.collect (fun ((_, recorded), changes) ->
            let stored = ours.Store recorded

            changes
            |> List.map (fun (at, value) ->
                let bytes = Array.copy stored.Bytes
                bytes[at % bytes.Length] <- value
                found stored.Type.Name bytes))

    let hostile =
        Seeds.fixedSample 300 40 Spoilt.hostile
        |> List.map (found "conversation.invited.v1")

    damaged @ hostile

type ``What is coded``(output: ITestOutputHelper) =

    let report what counts =
        let line =
            counts
            |> List.sortBy fst
            |> List.map (fun (name, times) -> $"{name} {times}")
            |> String.concat ", "

        output.WriteLine $"{what}: {line}"

    [<Fact>]
    member _.``every form occurs, and every fault of the store``() =
        let sent = Seeds.fixedSample 4_000 40 Samples.sent |> List.collect namesOf

        let stored =
            Seeds.fixedSample 500 40 Wires.any<Recorded>
            |> List.map (fun recorded -> $"stored {nameOf recorded.Event}")

        let forms = List.countBy id (sent @ stored)
        let outcomes = List.countBy id (faults ())
        report "forms" forms
        report "stored bytes that were damaged" outcomes

        let rules =
            [
                "read"
                "stored.not_message_pack"
                "stored.field_count"
                "stored.too_many"
                "stored.not_text"
                "stored.negative"
                "stored.time"
                "stored.kind"
                "stored.person"
            ]

        let never =
            (expected |> List.except (List.map fst forms))
            @ (rules |> List.except (List.map fst outcomes))

        let text = String.concat ", " never
        Assert.True(List.isEmpty never, $"never exercised: {text}")
