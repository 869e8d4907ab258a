/// People who report each other: what is answered, who is told that there is a report, and who is shown which.
module Chat.Spec.Outside.AtDesk

open System
open System.Collections.Generic
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Desks
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Visit
open Chat.Spec.Outside.Offices

type private Say = Chat.Domain.Conversations.Command
type private Filed = Chat.Domain.Desks.Event.Filed

let private subject (subject: Subject) (nameOf: ConversationId -> ConversationId) : Subject =
    match subject with
    | :? Subject.Message as message -> Subject.Message(nameOf message.Conversation, message.Seq)
    | :? Subject.Place as place -> Subject.Place(nameOf place.Conversation)
    | other -> other

/// What of a report somebody is shown.
let private entry (office: Office) (isHandler: bool) (number: int64, filed: Filed) =
    let ended = Desks.settlement number office.Past
    let shown value = if isHandler then value else None

    shown (Some number),
    filed.By,
    string filed.Subject,
    shown (Desks.aboutOf office.PlaceIn filed),
    filed.Why,
    shown (Desks.assignee number office.Past),
    ended |> Option.map _.Outcome,
    Option.ofNullable filed.Rule

let private found (office: Office) (report: ReportEntry) =
    Option.ofNullable report.Number,
    report.By,
    string (subject report.Subject office.Named),
    Option.ofNullable report.About,
    report.Why,
    Option.ofNullable report.Assignee,
    Option.ofNullable report.Outcome,
    Option.ofNullable report.Rule

/// Everybody is shown what they may see of what was reported in the group.
let private lookAsync (visit: Visit) (office: Office) : Task =
    task {
        let place = office.PlaceIn group

        for who in people do
            for areSettled in [ false; true ] do
                let ask = Ask.Reports(office.Real group, areSettled, Nullable(), 100)
                let! answer = visit.AskAsync who ask ReportAnswers.Page
                let what = $"what {who} is shown of reports"

                match answer with
                | Ok page ->
                    let isHandler = Desks.isHandler who place

                    let expected =
                        Desks.filed office.Past
                        |> List.filter (fun (number, filed) ->
                            Desks.isShown who place office.PlaceIn filed
                            && areSettled = Option.isSome (Desks.settlement number office.Past))
                        |> List.rev
                        |> List.map (entry office isHandler)

                    visit.Hold what (Past.isMember who place, isHandler) (true, page.IsHandler)
                    visit.Hold what expected (page.Reports |> Seq.map (found office) |> List.ofSeq)
                | Error _ when Past.isMember who place -> visit.Hold what "accepted" (told answer)
                | Error _ -> visit.Hold what (Visit.expected (Checks.outside who place)) (told answer)
    }

let private fileAsync (visit: Visit) (office: Office) (wish: Wish) (command: Command) : Task =
    task {
        let desk = wish.Stream.Conversation
        let past = if desk = group then office.Past else []
        let verdict = Desks.decide wish.Who command past office.PlaceIn

        let real: Command =
            match command with
            | :? Command.File as file ->
                let to' =
                    file.To |> Option.ofNullable |> Option.map office.Real |> Option.toNullable

                Command.File(to', subject file.Subject office.Real, file.Why, file.Words)
            | :? Command.Assign as assign -> Command.Assign(office.Real assign.Place, assign.Report, assign.To)
            | :? Command.Look as look -> Command.Look(office.Real look.Place, look.Report, look.Why)
            | :? Command.Settle as settle ->
                Command.Settle(office.Real settle.Place, settle.Report, settle.Outcome, settle.Note)
            | other -> other

        let! answer =
            visit.AskAsync wish.Who (Ask.ChangeDesk(visit.ClientId(), real)) PairAnswers.Receipt

        let expected =
            match verdict with
            | Pairs.Refused(code, rule) ->
                visit.Findings.Count rule
                $"{code} {rule}"
            | _ -> "accepted"

        visit.Hold $"{wish}" expected (told answer)

        match verdict, command with
        | Pairs.Happens _, (:? Command.File as file) when desk = group ->
            happen visit office (Filed(stamp wish.Who, file.Subject, Nullable(), file.Why, file.Words))
        | Pairs.Happens _, (:? Command.Assign as assign) ->
            happen visit office (Event.Assigned(stamp wish.Who, assign.Report, assign.To))
        | Pairs.Happens _, (:? Command.Look as look) ->
            happen visit office (Event.Looked(stamp wish.Who, look.Report, look.Why))
        | Pairs.Happens _, (:? Command.Settle as settle) ->
            happen visit office (Event.Settled(stamp wish.Who, settle.Report, settle.Outcome, settle.Note))
        | _ -> ()
    }

/// Something is said or done in a conversation, and told where a rule about words flags it.
let private sayAsync (visit: Visit) (office: Office) (wish: Wish) (command: Say) : Task =
    task {
        let talk = office.Talk wish.Stream.Conversation
        let before = talk.Past

        let seq =
            match command with
            | :? Say.EditMessage as edit -> edit.Seq
            | _ -> Past.lastSeq before + 1L

        let message: Subject = Subject.Message(wish.Stream.Conversation, seq)
        let! isDone = talk.DoAsync wish.Who command

        if isDone && wish.Stream.Conversation = group then
            match Desks.flagged wish.Who command message before office.Past with
            | Some rule ->
                visit.Findings.Count "report.flagged"
                let who = Nullable wish.Who
                happen visit office (Filed(stamp wish.Who, message, who, Cause.Other, null, Rule = Nullable rule))
            | None -> ()
    }

/// What it came to, and how many requests it took.
let judgedAsync (place: Place) (wishes: Wish list) =
    visitAsync place HostLaws.reports people (fun visit ->
        task {
            let office = Office visit

            for wish in wishes do
                if visit.IsRight then
                    match wish.Command with
                    | :? Command as command -> do! fileAsync visit office wish command
                    | command -> do! sayAsync visit office wish (command :?> Say)

                    do! hearAsync visit office
                    do! lookAsync visit office
        })
