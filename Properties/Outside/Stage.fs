/// Where a scenario is played: the devices of a few people, what they keep, and how they ask and read.
module Chat.Spec.Outside.Stage

open System
open System.Collections.Generic
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Outside.Renaming
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Scenario
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Asking

/// Somebody while a scenario is played: what their devices would keep.
type Player =
    {
        Devices: Dictionary<DeviceId, Device>
        mutable Cursor: string option
        mutable Held: int64 option
        mutable Marks: Marks
    }

type Stage(place: Place) =
    let suffix = Guid.NewGuid().ToString("N").[..9]
    let names = Names suffix
    let gate = obj ()
    let sendings, bondings, readings = List<Sending>(), List<Bonding>(), List<Reading>()

    member val Conversation: ConversationId option = None with get, set
    /// Whether people are friends or block each other here.
    member val HasBonds = false with get, set
    member val Began: Traces.Ask option = None with get, set
    member val Players = Dictionary<PersonId, Player>()
    member _.Sendings = List.ofSeq sendings
    member _.Bondings = List.ofSeq bondings
    member _.Readings = List.ofSeq readings

    /// Where what is not there yet would be.
    member _.Names = names

    member stage.Place =
        stage.Conversation |> Option.defaultValue (ConversationId.Of $"none-{suffix}")

    member stage.Devices: Device list =
        [
            for player in stage.Players.Values do
                yield! player.Devices.Values
        ]

    member stage.ConnectAsync(people: (PersonId * DeviceId list) list) =
        task {
            for who, devices in people do
                stage.Players[who] <-
                    {
                        Devices = Dictionary(dict [ for name in devices -> name, Device(place, names, who, name) ])
                        Cursor = None
                        Held = None
                        Marks = Marks.None
                    }

            do! Task.WhenAll(stage.Devices |> List.map _.ConnectAsync())
        }

    member stage.First(who: PersonId) =
        stage.Players[who].Devices[Palette.devices[0]]

    member private _.Keep(reading: Reading) =
        lock gate (fun () -> readings.Add reading)

    /// Asks something that changes nothing, or only the marks of who asks, and keeps the answer.
    member stage.ReadAsync (who: PersonId) (ask: Ask) (read: Fields -> 'a) (named: Result<'a, Refusal> -> Read) =
        task {
            let! during, answer = queryAsync (stage.First who) ask read

            let reading =
                {
                    Who = who
                    During = during
                    Marks = stage.Players[who].Marks
                    Read = named answer
                }

            stage.Keep reading
            return answer
        }

    member private stage.ExplainAsync (who: PersonId) (command: Command) : Task =
        task {
            let asked = Ask.Explain(stage.Place, command)
            let named answer = Explained(command, answer)
            let! _ = stage.ReadAsync who asked ExplainAnswers.Explanation named
            return ()
        }

    /// What a change would come to, where it is about who may what.
    member private stage.WeighAsync (who: PersonId) (command: Command) : Task =
        task {
            match command with
            | :? Command.ChangeSettings
            | :? Command.SetRole
            | :? Command.DropRole
            | :? Command.AssignRoles
            | :? Command.TransferOwnership
            | :? Command.Kick
            | :? Command.Timeout ->
                let named answer = WouldBe(command, answer)

                let! _ =
                    stage.ReadAsync who (Ask.WhatIf(stage.Place, command)) ExplainAnswers.WhatIf named

                return ()
            | _ -> ()
        }

    member stage.SendAsync(ask: Traces.Ask) : Task =
        task {
            let isBeginning = ask.Command :? Command.Create
            let place = if isBeginning then Nullable() else Nullable stage.Place

            let asked = written place ask

            if
                Option.isSome stage.Conversation
                && Option.isNone asked.Malformed
                && not isBeginning
            then
                do! stage.ExplainAsync ask.Person (asked.Read.Command :?> Command)
                do! stage.WeighAsync ask.Person (asked.Read.Command :?> Command)

            let! sending = sendAsync stage.Players[ask.Person].Devices[ask.Device] asked
            lock gate (fun () -> sendings.Add sending)

            match sending.Reply with
            | Ok receipt when isBeginning && Option.isNone stage.Conversation ->
                stage.Conversation <- Some receipt.Stream.Conversation
                stage.Began <- Some ask
            | _ -> ()
        }

    member stage.BondAsync(ask: Traces.Ask) : Task =
        task {
            let! bonding = bondAsync stage.Players[ask.Person].Devices[ask.Device] ask
            lock gate (fun () -> bondings.Add bonding)
        }

    member stage.MarkAsync (who: PersonId) (marks: Marks) : Task =
        task {
            let player = stage.Players[who]

            let! answer =
                stage.ReadAsync who (Ask.Mark(stage.Place, marks)) Decoding.Marks (fun one -> Moved(marks, one))

            match answer with
            | Ok now -> player.Marks <- now
            | Error _ -> ()
        }
