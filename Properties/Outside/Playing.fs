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
open Chat.Spec.Outside.Looking

let private hearingOf (place: ConversationId) (device: Device) : Hearing =
    let heard = device.Heard()

    let told (sort: string) (area: string) =
        heard |> List.filter (fun one -> one.Sort = sort && one.Area = area)

    let seen (one: Heard) =
        match Decoding.Event(ReadOnlyMemory one.Said) |> ofEither with
        | Ok(struct (conversation, seen)) when conversation = place -> Some seen
        | _ -> None

    let bond (one: Heard) =
        PairAnswers.Read(ReadOnlyMemory one.Said)
        |> ofOption
        |> Option.map (fun entry -> one.Id, entry)

    {
        Who = device.Who
        Device = device.Name
        WasAway = device.WasAway || device.MayMiss
        Seen = told "evt" "conversation" |> List.choose seen
        Bonds = told "evt" "friend" |> List.choose bond
        Whispers =
            heard
            |> List.filter (fun one -> one.Sort = "eph")
            |> List.choose (fun one -> Ephemerals.Read(ReadOnlyMemory one.Said) |> ofOption)
    }

/// The last version that was acknowledged.
let private headOf (stage: Stage) : int64 =
    stage.Sendings
    |> List.choose (fun sending ->
        match sending.Reply with
        | Ok receipt when Some receipt.Stream.Conversation = stage.Conversation -> Some receipt.Version
        | _ -> None)
    |> List.fold max 0L

/// Waits until whoever is told most has been told of all that was acknowledged, and the others of what came with it.
let private quietAsync (stage: Stage) : Task =
    task {
        let last = headOf stage

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

/// Of a second beginning there is no more than its retry: it would be another conversation.
let private isElsewhere (stage: Stage) (ask: Traces.Ask) =
    ask.Command :? Command.Create
    && Option.isSome stage.Began
    && stage.Began
       <> Some
           { ask with
               Wait = stage.Began.Value.Wait
           }

let private playedOf (scenario: Scenario) (stage: Stage) : Played =
    {
        Scenario = scenario
        Names = stage.Names
        Conversation = stage.Place
        Sendings = stage.Sendings
        Bondings = stage.Bondings
        Readings = stage.Readings
        Heard = stage.Devices |> List.map (hearingOf stage.Place)
    }

/// What a block changes in what people hold they are told some time after it is acknowledged.
let private anewAsync (scenario: Scenario) (stage: Stage) : Task =
    task {
        let mutable tries = 0

        let isUntold () =
            playedOf scenario stage
            |> Witness.witness
            |> JudgingBlocks.untold
            |> List.isEmpty
            |> not

        while stage.HasBonds && tries < 40 && isUntold () do
            tries <- tries + 1
            do! Task.Delay 50
    }

let private stepAsync (scenario: Scenario) (stage: Stage) (step: Step) : Task =
    task {
        match step with
        | Do ask when isElsewhere stage ask -> ()
        | Do ask ->
            if ask.Wait > 0L then
                do! Task.Delay(int ask.Wait)

            if ask.Command :? Command then
                do! stage.SendAsync ask
            else
                // What was said just before a block may be hidden by it, unless it was told.
                if not scenario.IsConcurrent then
                    do! quietAsync stage

                do! stage.BondAsync ask
        | Mark(who, marks) -> do! stage.MarkAsync who marks
        | Look who -> do! lookAsync stage who
        | Reconnect who -> do! (stage.First who).ReconnectAsync()
        // A scenario in a house is played there, and so are one of privacy, one of calls and one of errands.
        | Dwell _
        | Keep _
        | Dial _
        | Run _ -> ()
    }

let playAsync (place: Place) (scenario: Scenario) : Task<Played> =
    task {
        let people =
            scenario.Steps
            |> List.map whoOf
            |> List.append (List.truncate 2 Palette.people)
            |> List.distinct

        let stage = Stage(place, HasBonds = hasBonds scenario)

        try
            do! stage.ConnectAsync(people |> List.map (fun who -> who, devicesOf scenario who))
            let mutable rest = scenario.Steps

            while not rest.IsEmpty
                  && (not scenario.IsConcurrent || Option.isNone stage.Conversation) do
                do! stepAsync scenario stage rest.Head
                rest <- rest.Tail

            let onTheirOwn (mine: Step list) : Task =
                task {
                    for step in mine do
                        do! stepAsync scenario stage step
                }

            do! Task.WhenAll(rest |> List.groupBy whoOf |> List.map (snd >> onTheirOwn))
            do! quietAsync stage
            do! anewAsync scenario stage

            for turn, who in List.indexed people do
                do! lookAsync stage who
                do! lookBackAsync stage (headOf stage) turn who people[(turn + 1) % people.Length]

            return playedOf scenario stage
        finally
            for device in stage.Devices do
                device.CloseAsync().Wait()
    }
