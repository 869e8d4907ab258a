/// Looks at all that somebody can see, as a client would.
module Chat.Spec.Outside.Looking

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Stage

let private messagesOfPage = 3
let private friendsOfPage = 2

let private resumeAsync (stage: Stage) (who: PersonId) : Task =
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

let private certifyAsync (stage: Stage) (who: PersonId) : Task =
    task {
        let ask =
            Ask.Resume(Option.toObj stage.Players[who].Cursor, listing [ stage.Place ])

        let! _ =
            stage.ReadAsync who ask Decoding.Resume (Result.map (_.Certificates >> Seq.tryHead) >> Certified)

        return ()
    }

/// All pages from the first message on, the newest page, and one in between.
let private pagesAsync (stage: Stage) (who: PersonId) : Task =
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

let private searchAsync (stage: Stage) (who: PersonId) : Task =
    task {
        let query = SearchQuery(valid (SearchWords.Create "hi"))
        let ask = Ask.Search(Nullable stage.Place, query, null, 200)

        let! _ =
            stage.ReadAsync who ask SearchAnswers.Page (fun answer -> Found(query, answer))

        return ()
    }

let private friendsAsync (stage: Stage) (who: PersonId) : Task =
    task {
        let mutable after = Nullable()
        let mutable more = true

        while more do
            let from = after
            let ask = Ask.Friends(from, friendsOfPage)

            let! answer =
                stage.ReadAsync who ask PairAnswers.Friends (fun one -> Befriended(Option.ofNullable from, one))

            match answer with
            | Ok page when page.More && page.Friends.Count > 0 ->
                after <- Nullable page.Friends[page.Friends.Count - 1].Person
            | _ -> more <- false
    }

/// Reads all that somebody can.
let lookAsync (stage: Stage) (who: PersonId) : Task =
    task {
        let! _ = stage.ReadAsync who (Ask.Get stage.Place) Decoding.Details Got
        do! pagesAsync stage who

        let entry (page: InboxPage) =
            page.Entries |> Seq.tryFind (fun entry -> entry.Conversation = stage.Place)

        let! _ =
            stage.ReadAsync who (Ask.List(Nullable(), 50)) Decoding.Inbox (Result.map entry >> Listed)

        do! resumeAsync stage who
        do! certifyAsync stage who
        do! searchAsync stage who

        if stage.HasBonds then
            do! friendsAsync stage who
    }

let private linesOfPage = 8

let private auditAsync (stage: Stage) (who: PersonId) : Task =
    task {
        let mutable before = None
        let mutable more = true

        while more do
            let from = before
            let ask = Ask.Audit(stage.Place, Option.toNullable from, linesOfPage)
            let named answer = Audited(from, linesOfPage, answer)
            let! answer = stage.ReadAsync who ask AuditAnswers.Page named

            match answer with
            | Ok page when page.More && page.Lines.Count > 0 -> before <- Some page.Lines[page.Lines.Count - 1].Version
            | _ -> more <- false
    }

/// What one could see after a version, or another could: the newest, or a few around a message.
let private viewAsync (stage: Stage) (who: PersonId) (back: Back) : Task =
    task {
        let ask =
            Ask.View(stage.Place, Option.toNullable back.Of, back.Version, back.Anchor, back.Seq, back.Limit)

        let! _ =
            stage.ReadAsync who ask HindsightAnswers.Page (fun answer -> Viewed(back, answer))

        return ()
    }

/// What somebody may be told of how it came to be so: what they and others could see after one version and another,
/// what was done, and what keeps people in and out, where any was made.
let lookBackAsync (stage: Stage) (head: int64) (index: int) (who: PersonId) (other: PersonId) : Task =
    task {
        let turn = int head + index
        let at share = head * int64 share / 7L + 1L

        let newest of' version =
            {
                Of = of'
                Version = version
                Anchor = Anchor.Before
                Seq = Requests.MaxNumber
                Limit = 50
            }

        do! viewAsync stage who (newest None (at (turn % 8)))

        let few =
            { newest (Some other) (max 1L head) with
                Anchor = Anchor.Around
                Seq = 2L
                Limit = messagesOfPage
            }

        let ofAnother =
            if turn % 2 = 0 then
                few
            else
                newest (Some other) (at ((turn + 3) % 7))

        do! viewAsync stage who ofAnother
        do! auditAsync stage who

        let isAsked (isOne: AnyCommand -> bool) =
            stage.Sendings |> List.exists (fun sending -> isOne sending.Ask.Command)

        if isAsked (fun command -> command :? Command.Ban) then
            let ask = Ask.Bans(stage.Place, Nullable(), 200)
            let! _ = stage.ReadAsync who ask ExplainAnswers.Bans KeptOut
            ()

        if isAsked (fun command -> command :? Command.MakeLink) then
            let ask = Ask.Links(stage.Place, Nullable(), 200)
            let! _ = stage.ReadAsync who ask LinkAnswers.Page Linked
            ()

        if isAsked (fun command -> command :? Command.SetWords) then
            let! _ =
                stage.ReadAsync who (Ask.Words stage.Place) (WordRules.Of >> List.ofSeq) Worded

            ()
    }
