/// What people read of their conversations with each other: messages, and the calls between them.
module Chat.Spec.Outside.Reading

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.CallScenes
open Chat.Spec.Outside.InCalls
open Chat.Spec.Outside.JudgingCalls

/// Messages of a page: as few as there can be, so that calls stand between pages, too.
let private messagesOfPage = 1

let private stands (page: HistoryPage) : Stands list =
    [
        for message in page.Messages do
            message.Version, Message message.Seq
        for line in page.Lines do
            match ofPage line with
            | Some call -> line.Version, Call call
            | None -> ()
    ]
    |> List.sortBy fst
    |> List.map snd

/// All pages of a conversation from one end to the other, oldest first.
let private pagesAsync (exchange: Exchange) (who: PersonId) (other: PersonId) (anchor: Anchor) : Task<Stands list> =
    task {
        let device = (exchange.PhoneOf(who, phone)).Device
        let isForward = anchor = Anchor.After
        let mutable from = Some(if isForward then 0L else Requests.MaxNumber)
        let mutable found = []

        while Option.isSome from do
            let ask =
                Ask.History(exchange.DirectOf(who, other), anchor, from.Value, messagesOfPage)

            let! _, answer = Asking.queryAsync device ask Decoding.History

            match answer with
            | Ok page ->
                found <-
                    if isForward then
                        found @ stands page
                    else
                        stands page @ found

                from <-
                    if page.More && page.Messages.Count > 0 then
                        let edge = if isForward then page.Messages.Count - 1 else 0
                        Some page.Messages[edge].Seq
                    else
                        None
            | Error refusal -> failwith $"{refusal}"

        return found
    }

/// What is wrong with what somebody reads around messages: calls stand between them, and before the first of all and
/// after the last.
let private wrongAroundAsync (exchange: Exchange) (who: PersonId) (other: PersonId) : Task<string list> =
    task {
        let device = (exchange.PhoneOf(who, phone)).Device
        let all = order exchange who other
        let seqs = List.choose id all
        let mutable wrongs = []

        for seq in seqs do
            let ask = Ask.History(exchange.DirectOf(who, other), Anchor.Around, seq, 2)
            let! _, answer = Asking.queryAsync device ask Decoding.History

            let found =
                match answer with
                | Ok page -> stands page |> List.map messageOf
                | Error refusal -> failwith $"{refusal}"

            // Where there is nothing, at least what was asked for is missing.
            let read = seq :: List.choose id found

            let before =
                if List.contains (List.head seqs) read then
                    0
                else
                    List.findIndex ((=) (Some(List.min read))) all

            let until =
                if List.contains (List.last seqs) read then
                    all.Length
                else
                    1 + List.findIndex ((=) (Some(List.max read))) all

            wrongs <-
                wrongs
                @ Laws.Law.differ $"what {who} reads around {seq} of {other}" all[before .. until - 1] found

        return wrongs
    }

/// What is wrong with what one of two reads, forwards, backwards and around; nothing where they have no conversation,
/// or are closed to each other.
let wrongPagesAsync (exchange: Exchange) (who: PersonId) (other: PersonId) : Task<string list> =
    task {
        let direct = (StreamKey.Of(TenantId.Main, who, other)).Direct

        if List.isEmpty (exchange.Now.Past direct) || isClosed who other exchange.Now then
            return []
        else
            let! forward = pagesAsync exchange who other Anchor.After
            let! backward = pagesAsync exchange who other Anchor.Before
            let! around = wrongAroundAsync exchange who other

            return
                around
                @ wrongHistory exchange who other forward
                @ wrongHistory exchange who other backward
    }

/// Somebody says something; it stands in the conversation from then on, if there is one.
let sayAsync (exchange: Exchange) (index: int) (who: PersonId) (whom: PersonId) : Task =
    task {
        let device = (exchange.PhoneOf(who, phone)).Device
        let body = valid (Body.Create "hi")
        let say = Command.SendMessage(body, Nullable(), listing [], false)

        let ask =
            Ask.Change(Nullable(exchange.DirectOf(who, whom)), ClientId.Of $"s{index}", say)

        let! during, answer = Asking.queryAsync device ask Decoding.Receipt

        match answer with
        | Ok receipt ->
            let direct = (StreamKey.Of(TenantId.Main, who, whom)).Direct
            let stamp = Stamp(who, exchange.Now.At)

            let said =
                Event.MessageSent(stamp, receipt.Seq.Value, Content.Present body, Nullable(), listing [], false)

            exchange.Happen(next exchange.Now during [ direct, said :> AnyEvent ])
        | Error _ -> ()
    }
