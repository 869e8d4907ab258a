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

let private messagesOfPage = 3

type Stage(place: Place) =
    let suffix = Guid.NewGuid().ToString("N").[..9]
    let names = Names suffix
    let gate = obj ()
    let sendings, readings = List<Sending>(), List<Reading>()

    member val Conversation: ConversationId option = None with get, set
    member val Began: Traces.Ask option = None with get, set
    member val Players = Dictionary<PersonId, Player>()
    member _.Sendings = List.ofSeq sendings
    member _.Readings = List.ofSeq readings

    /// Where what is not there yet would be.
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

    member private stage.First(who: PersonId) =
        stage.Players[who].Devices[Palette.devices[0]]

    member private _.Keep(reading: Reading) =
        lock gate (fun () -> readings.Add reading)

    member private stage.ReadAsync
        (who: PersonId)
        (ask: Ask)
        (read: Fields -> 'a)
        (named: Result<'a, Refusal> -> Read)
        =
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

    member private stage.SendAsync(ask: Traces.Ask) : Task =
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

            let! sending = sendAsync stage.Players[ask.Person].Devices[ask.Device] asked
            lock gate (fun () -> sendings.Add sending)

            match sending.Reply with
            | Ok receipt when isBeginning && Option.isNone stage.Conversation ->
                stage.Conversation <- Some receipt.Stream.Conversation
                stage.Began <- Some ask
            | _ -> ()
        }

    member private stage.MarkAsync (who: PersonId) (marks: Marks) : Task =
        task {
            let player = stage.Players[who]

            let! answer =
                stage.ReadAsync who (Ask.Mark(stage.Place, marks)) Decoding.Marks (fun one -> Moved(marks, one))

            match answer with
            | Ok now -> player.Marks <- now
            | Error _ -> ()
        }

    member private stage.ResumeAsync(who: PersonId) : Task =
        task {
            let player = stage.Players[who]
            let mutable more = true

            while more do
                let ask = Ask.Resume(Option.toObj player.Cursor, listing [])

                let ours (page: ResumePage) =
                    page.Conversations |> Seq.tryFind (fun one -> one.Conversation = stage.Place)

                let named answer =
                    Resumed(player.Held, Result.map ours answer)

                let! answer = stage.ReadAsync who ask Decoding.Resume named

                match answer with
                | Ok page ->
                    player.Cursor <- Some page.Cursor
                    more <- page.More

                    match ours page with
                    | Some(:? Resumption.Missed as missed) when missed.Events.Count > 0 ->
                        let last = missed.Events[missed.Events.Count - 1]
                        player.Held <- max player.Held (Some last.Until)
                    | Some(:? Resumption.Reset as reset) -> player.Held <- Some reset.Version
                    | Some(:? Resumption.Left) -> player.Held <- None
                    | _ -> ()
                | Error _ -> more <- false
        }

    /// All pages from the first message on, the newest page, and one in between.
    member private stage.PagesAsync(who: PersonId) : Task =
        task {
            let page anchor seq limit =
                let ask = Ask.History(stage.Place, anchor, seq, limit)
                stage.ReadAsync who ask Decoding.History (fun answer -> Paged(anchor, seq, limit, answer))

            let mutable from = Some 0L

            while Option.isSome from do
                let! answer = page Anchor.After from.Value messagesOfPage

                from <-
                    match answer with
                    | Ok found when found.More && found.Messages.Count > 0 ->
                        Some found.Messages[found.Messages.Count - 1].Seq
                    | _ -> None

            let! newest = page Anchor.Before Requests.MaxNumber 50

            match newest with
            | Ok found when found.Messages.Count > 1 ->
                let! _ =
                    page Anchor.Around found.Messages[found.Messages.Count / 2].Seq messagesOfPage

                return ()
            | _ -> ()
        }

    member private stage.SearchAsync(who: PersonId) : Task =
        task {
            let query = SearchQuery(valid (SearchWords.Create "hi"))
            let ask = Ask.Search(Nullable stage.Place, query, null, 200)

            let! _ =
                stage.ReadAsync who ask SearchAnswers.Page (fun answer -> Found(query, answer))

            return ()
        }

    member stage.LookAsync(who: PersonId) : Task =
        task {
            let! _ = stage.ReadAsync who (Ask.Get stage.Place) Decoding.Details Got
            do! stage.PagesAsync who

            let entry (page: InboxPage) =
                page.Entries |> Seq.tryFind (fun entry -> entry.Conversation = stage.Place)

            let! _ =
                stage.ReadAsync who (Ask.List(Nullable(), 50)) Decoding.Inbox (Result.map entry >> Listed)

            do! stage.ResumeAsync who
            do! stage.SearchAsync who
        }

    /// Of a second beginning there is no more than its retry: it would be another conversation.
    member private stage.IsElsewhere(ask: Traces.Ask) =
        ask.Command :? Command.Create
        && Option.isSome stage.Began
        && stage.Began
           <> Some
               { ask with
                   Wait = stage.Began.Value.Wait
               }

    member stage.StepAsync(step: Step) : Task =
        task {
            match step with
            | Do ask when stage.IsElsewhere ask -> ()
            | Do ask ->
                if ask.Wait > 0L then
                    do! Task.Delay(int ask.Wait)

                do! stage.SendAsync ask
            | Mark(who, marks) -> do! stage.MarkAsync who marks
            | Look who -> do! stage.LookAsync who
            | Reconnect who -> do! (stage.First who).ReconnectAsync()
        }
