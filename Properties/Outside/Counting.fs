/// Counts what happened in a scenario, so that a run can say what it covered.
module Chat.Spec.Outside.Counting

open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Scenario
open Chat.Spec.Outside.Witness
open Chat.Protocol.Wire

let private ofEvent (count: string -> unit) (happened: Event) =
    count (happened.GetType().Name)

    match happened with
    | :? Event.MessageSent as sent ->
        if sent.ReplyTo.HasValue then
            count "reply"

        if sent.Mentions.Count > 0 || sent.IsForEveryone then
            count "mention"
    | _ -> ()

let private ofSending (count: string -> unit) (sending: Sending) =
    match sending.Reply, sending.Malformed with
    | Error _, Some _ -> count "malformed"
    | Error refusal, None -> count (ruleOf refusal)
    | Ok receipt, _ when receipt.Replayed -> count "replayed"
    | Ok _, _ -> ()

let private ofBonding (count: string -> unit) (bonding: Bonding) =
    match bonding.Reply with
    | Error refusal -> count (ruleOf refusal)
    | Ok receipt when receipt.IsReplayed -> count "replayed"
    | Ok _ -> ()

let private ofReading (count: string -> unit) (reading: Reading) =
    match reading.Read with
    | Got(Error refusal)
    | Paged(_, _, _, Error refusal)
    | Viewed(_, Error refusal)
    | Audited(_, _, Error refusal)
    | KeptOut(Error refusal)
    | Linked(Error refusal)
    | Worded(Error refusal)
    | Moved(_, Error refusal) -> count (ruleOf refusal)
    | Paged(_, _, _, Ok page) when page.Messages.Count > 0 -> count "page"
    | Moved(_, Ok _) -> count "marked"
    | Listed(Ok(Some entry)) when entry.Unread > 0 -> count "unread"
    | Explained(_, Ok entry) when not entry.Explanation.Verdict.IsAllowed -> count "explained"
    | Found(_, Ok page) when page.Messages.Count > 0 -> count "found"
    | Viewed(_, Ok page) ->
        count "looked_back"

        if page.Hidden.Count > 0 then
            count "hidden_then"
    | Audited(_, _, Ok page) when page.Lines.Count > 0 -> count "audited"
    | KeptOut(Ok page) when page.Bans.Count > 0 -> count "bans"
    | Linked(Ok page) when page.Links.Count > 0 -> count "links"
    | Worded(Ok rules) when not rules.IsEmpty -> count "words"
    | WouldBe(_, Ok entry) ->
        for difference in entry.WhatIf.Differences do
            count (if difference.IsGained then "gained" else "lost")

        if entry.WhatIf.IsLockOut then
            count "locked_out"
    | Certified(Ok(Some _)) -> count "certified"
    | Resumed(_, Ok(Some one)) ->
        match one with
        | :? Resumption.Missed -> count "missed"
        | :? Resumption.Reset -> count "reset"
        | _ -> count "left"
    | _ -> ()

let count (findings: Findings) (witnessed: Witnessed) =
    let played = witnessed.Played
    witnessed.Past |> List.iter (Past.event >> ofEvent findings.Count)
    played.Sendings |> List.iter (ofSending findings.Count)
    played.Bondings |> List.iter (ofBonding findings.Count)
    played.Readings |> List.iter (ofReading findings.Count)

    if played.Scenario.IsConcurrent then
        findings.Count "at_once"

    for step in played.Scenario.Steps do
        match step with
        | Reconnect _ -> findings.Count "away"
        | _ -> ()
