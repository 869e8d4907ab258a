/// Conversations with one mistake each. A law that lets its mistake pass says nothing.
module Chat.Spec.Mistakes.DeciderMistakes

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Laws.Running

let right = Conversation.Decider

let private decidingBy decide = Catching.decidingBy right decide
let private evolvingBy evolve = Catching.evolvingBy right evolve

let private evolvingFactsBy evolveFacts =
    ConversationDecider(
        right.Initial,
        right.Needs,
        right.Decide,
        right.Evolve,
        Func<_, _, _, _>(evolveFacts),
        right.Due,
        right.Mark,
        right.React
    )

let private markingBy mark =
    ConversationDecider(
        right.Initial,
        right.Needs,
        right.Decide,
        right.Evolve,
        right.EvolveFacts,
        right.Due,
        Func<_, _, _, _>(mark),
        right.React
    )

/// Decides rightly, but for some answers to some commands.
let private butFor change =
    decidingBy (fun context command state facts ->
        let answer = right.Decide.Invoke(context, command, state, facts)

        match change (context: Context) (command: Command) (state: State) (facts: Facts) (ofEither answer) with
        | Some(event: Event) -> Decision.Accept event
        | None -> answer)

let private isRefusedBy rule answer =
    match answer with
    | Error(refusal: Refusal) -> ruleOf refusal = rule
    | Ok _ -> false

let private isAlreadySo answer =
    match answer with
    | Ok(decision: Decision) -> decision.Events.IsEmpty
    | Error _ -> false

let private placeOf (facts: Facts) seq =
    (facts.Find<Fact.Message>(FactKey.Message seq) |> ofOption |> Option.get).Ref

let anyoneEdits =
    butFor (fun context command _ facts answer ->
        match command with
        | :? Command.EditMessage as edit when isRefusedBy "message.author_required" answer ->
            let content = Content.Present edit.Body
            Some(Event.MessageEdited(context.Stamp, placeOf facts edit.Seq, content, listing []))
        | _ -> None)

let joinsUninvited =
    butFor (fun context command state _ answer ->
        match command with
        | :? Command.Join when state.Exists && isRefusedBy "conversation.unknown" answer ->
            Some(Event.Joined(context.Stamp, listing [ Interval.OpenFrom state.Next ]))
        | _ -> None)

let linksLetInAnybody =
    butFor (fun context command state _ answer ->
        match command with
        | :? Command.Join as join when isRefusedBy "link.used_up" answer ->
            Some(Event.Joined(context.Stamp, listing [ Interval.OpenFrom state.Next ], join.Link))
        | _ -> None)

let rejoinsFromTheBeginning =
    butFor (fun context command _ _ answer ->
        match command, answer with
        | (:? Command.Join), Ok decision when not decision.Events.IsEmpty ->
            Some(Event.Joined(context.Stamp, listing [ Interval.OpenFrom 1L ]))
        | _ -> None)

let reactsTwice =
    butFor (fun context command _ facts answer ->
        match command with
        | :? Command.React as react when isAlreadySo answer ->
            Some(Event.Reacted(context.Stamp, placeOf facts react.Seq, react.Emoji))
        | _ -> None)

let skipsANumber =
    butFor (fun _ _ _ _ answer ->
        match answer with
        | Ok decision when not decision.Events.IsEmpty ->
            match decision.Events[0] with
            | :? Event.MessageSent as sent when sent.Seq % 3L = 0L ->
                let next = sent.Seq + 1L
                Some(Event.MessageSent(sent.Stamp, next, sent.Content, sent.ReplyTo, sent.Mentions, sent.IsAction))
            | _ -> None
        | _ -> None)

/// One more emoji than there may be.
let oneTooMany =
    butFor (fun context command _ facts answer ->
        match command with
        | :? Command.React as react when isRefusedBy "message.emoji_bound" answer ->
            Some(Event.Reacted(context.Stamp, placeOf facts react.Seq, react.Emoji))
        | _ -> None)

let dependsOnHowOften () =
    let mutable times = 0

    decidingBy (fun context command state facts ->
        times <- times + 1

        if times % 7 = 0 then
            left (Refusal.Full "by.chance")
        else
            right.Decide.Invoke(context, command, state, facts))

let private copied (state: State) lastSeq members =
    State(
        state.Version,
        lastSeq,
        state.Kind,
        state.Name,
        state.Topic,
        members,
        state.Invited,
        Settings = state.Settings,
        Roles = state.Roles,
        Banned = state.Banned,
        Knocking = state.Knocking,
        Pins = state.Pins,
        ClosedBy = state.ClosedBy,
        Links = state.Links
    )

let private withMembers (state: State) members = copied state state.LastSeq members

let noOwnerFollows =
    evolvingBy (fun state happened ->
        match happened with
        | :? Event.Left as left ->
            let after = right.Evolve.Invoke(state, happened)
            withMembers after (state.Members.Remove left.By)
        | _ -> right.Evolve.Invoke(state, happened))

let countsNoUses =
    evolvingBy (fun state happened ->
        match happened with
        | :? Event.Joined as joined -> right.Evolve.Invoke(state, Event.Joined(joined.Stamp, joined.Access))
        | _ -> right.Evolve.Invoke(state, happened))

let countsOnlyWhatIsThere =
    evolvingBy (fun state happened ->
        let after = right.Evolve.Invoke(state, happened)

        match happened with
        | :? Event.MessageSent as sent when (sent.Content :? Content.Gone) -> copied after state.LastSeq after.Members
        | _ -> after)

let throwsOnWhatCannotBe =
    evolvingBy (fun state happened ->
        match happened with
        | :? Event.MessageRedacted as redacted when redacted.Message.Seq > state.LastSeq ->
            invalidOp "a redaction of what was never said"
        | _ -> right.Evolve.Invoke(state, happened))

let remembersWhoSpoke =
    evolvingBy (fun state happened ->
        let after = right.Evolve.Invoke(state, happened)

        match happened with
        | :? Event.MessageSent as sent ->
            let guest = Member(Role.Member, 1L, 0L, listing [], null)
            copied after after.LastSeq (after.Members.AddOrUpdate(person $"spoke{sent.Seq}", guest))
        | _ -> after)

/// What it knows is not all in its state, so a snapshot forgets it.
let remembersBesides () =
    let mutable folded = 0L

    evolvingBy (fun state happened ->
        folded <- if state.Version = 0L then 1L else folded + 1L
        let after = right.Evolve.Invoke(state, happened)
        State(after.Version, folded, after.Kind, after.Name, after.Topic, after.Members, after.Invited))

let forgetsRedactions =
    evolvingFactsBy (fun facts version happened ->
        match happened with
        | :? Event.MessageRedacted -> facts
        | _ -> right.EvolveFacts.Invoke(facts, version, happened))

let marksBeyond =
    markingBy (fun state who marks ->
        match ofEither (right.Mark.Invoke(state, who, marks)) with
        | Ok _ -> Prelude.right marks
        | Error refusal -> left refusal)

let tellsNoBans past =
    Chat.Spec.Laws.ExplanationLaws.auditOf past
    |> List.filter (fun entry -> not (entry.Event :? Event.Banned))
