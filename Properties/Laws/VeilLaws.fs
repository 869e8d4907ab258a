/// A block in conversations that both are in: what the one says is not there for the other.
module Chat.Spec.Laws.VeilLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running
open Chat.Spec.Laws.ViewLaws

/// Everybody, with each of the others veiled, and with all of them.
let private behind (wrongs: PersonId list -> PersonId -> string list) : string list =
    [
        for who in Palette.people do
            let others = List.except [ who ] Palette.people

            for other in others do
                yield! wrongs [ other ] who

            yield! wrongs others who
    ]

/// Who is shown what, reads what and counts what, with some veiled.
let views: Law<Looking, Trace> =
    law "who is veiled is left out of every view" (fun looking trace ->
        let past = pastOf fresh trace
        let half = Past.lastSeq past / 2L
        let marks = Marks(half, half)

        behind (fun veiled who ->
            let seen = seenBehind veiled looking past who

            let unread = seen |> List.fold looking.Unread ((Unread.Of who).Mark marks)

            let counts =
                if Past.isMember who past then
                    differ
                        $"unread of {who}"
                        (Views.unreadBehind veiled who marks past |> List.map _.Seq)
                        (List.ofSeq unread.Messages.Keys)
                    @ differ $"mentions of {who}" (Views.mentionsBehind veiled who marks past).Length unread.Mentions
                else
                    []

            differ $"what {who} sees" (Views.shownBehind veiled who past) (shownOf seen)
            @ differ $"history of {who}" (Views.historyBehind veiled who past) (messagesOf (historyOf looking seen))
            @ counts))

let private otherBody = Content.Present(body "something else, and to everybody")
let private otherEmoji = emoji "🦉"

/// What happened, had some said everything otherwise.
let private otherwise (who: PersonId list) (past: Past.Past) : Past.Past =
    let said (happened: AnyEvent) : AnyEvent =
        match happened with
        | :? Event.MessageSent as sent ->
            Event.MessageSent(sent.Stamp, sent.Seq, otherBody, Nullable(), listing Palette.people, not sent.IsAction)
        | :? Event.MessageEdited as edited ->
            Event.MessageEdited(edited.Stamp, edited.Message, otherBody, listing Palette.people)
        | :? Event.Reacted as reacted -> Event.Reacted(reacted.Stamp, reacted.Message, otherEmoji)
        | :? Event.Unreacted as removed -> Event.Reacted(removed.Stamp, removed.Message, otherEmoji)
        | :? Event.Nicknamed as named -> Event.Nicknamed(named.Stamp, valid (Nickname.Create "another"))
        | other -> other

    past
    |> List.map (fun recorded ->
        if List.contains (Past.event recorded).By who then
            Recorded(
                recorded.Stream,
                recorded.Version,
                recorded.Id,
                said recorded.Event,
                recorded.Origin,
                recorded.Guards
            )
        else
            recorded)

/// Whatever the veiled say, react with, quote, mention or are called, not a byte differs: only that something happened.
let silence: Law<Looking, Trace> =
    law "what the veiled say makes no difference" (fun looking trace ->
        let past = pastOf fresh trace

        behind (fun veiled who ->
            let one = seenBehind veiled looking past who
            let other = seenBehind veiled looking (otherwise veiled past) who
            differ $"what {who} sees" one other))

/// A veil takes away and adds nothing; what is about somebody veiled comes back when the veil is lifted.
let takesAway: Law<Looking, Trace> =
    law "a veil only takes away" (fun looking trace ->
        let past = pastOf fresh trace

        behind (fun veiled who ->
            let all = seenBehind [] looking past who |> shownOf |> List.map fst
            let left = seenBehind veiled looking past who |> shownOf |> List.map fst
            differ $"what {who} sees only behind a veil" [] (List.except all left)))
