/// Plays a scenario against a host.
module Chat.Spec.Outside.Playing

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Scenario
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Stage

let private hearingOf (place: ConversationId) (device: Device) : Hearing =
    let seen (bytes: byte[]) =
        match Decoding.Event(ReadOnlyMemory bytes) |> ofEither with
        | Ok(struct (conversation, seen)) when conversation = place -> Some seen
        | _ -> None

    {
        Who = device.Who
        Device = device.Name
        WasAway = device.WasAway
        Seen = device.Heard() |> List.choose seen
    }

/// Waits until whoever is told most has been told of all that was acknowledged, and the others of what came with it.
let private quietAsync (stage: Stage) : Task =
    task {
        let last =
            stage.Sendings
            |> List.choose (fun sending ->
                match sending.Reply with
                | Ok receipt when Some receipt.Stream.Conversation = stage.Conversation -> Some receipt.Version
                | _ -> None)
            |> List.fold max 0L

        let isTold () =
            stage.Devices
            |> List.exists (fun device ->
                (hearingOf stage.Place device).Seen
                |> List.exists (fun seen -> seen.Until >= last))

        let mutable tries = 0

        while last > 0L && not (isTold ()) && tries < 100 do
            tries <- tries + 1
            do! Task.Delay 10

        for device in stage.Devices do
            do! device.ArrivedAsync()
    }

/// The devices that somebody needs; the first is there to read.
let private devicesOf (scenario: Scenario) (who: PersonId) =
    scenario.Steps
    |> List.choose (fun step ->
        match step with
        | Do ask when ask.Person = who -> Some ask.Device
        | _ -> None)
    |> List.append [ Palette.devices[0] ]
    |> List.distinct

let playAsync (place: Place) (scenario: Scenario) : Task<Played> =
    task {
        let people =
            scenario.Steps
            |> List.map whoOf
            |> List.append (List.truncate 2 Palette.people)
            |> List.distinct

        let stage = Stage place

        try
            do! stage.ConnectAsync(people |> List.map (fun who -> who, devicesOf scenario who))
            let mutable rest = scenario.Steps

            while not rest.IsEmpty
                  && (not scenario.IsConcurrent || Option.isNone stage.Conversation) do
                do! stage.StepAsync rest.Head
                rest <- rest.Tail

            let onTheirOwn (mine: Step list) : Task =
                task {
                    for step in mine do
                        do! stage.StepAsync step
                }

            do! Task.WhenAll(rest |> List.groupBy whoOf |> List.map (snd >> onTheirOwn))
            do! quietAsync stage

            for who in people do
                do! stage.LookAsync who

            return
                {
                    Scenario = scenario
                    Conversation = stage.Place
                    Sendings = stage.Sendings
                    Readings = stage.Readings
                    Heard = stage.Devices |> List.map (hearingOf stage.Place)
                }
        finally
            for device in stage.Devices do
                device.CloseAsync().Wait()
    }
