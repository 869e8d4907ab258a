/// What travels, and what of it arrives.
[<AutoOpen>]
module Chat.Spec.Laws.Sending

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators.Wires
open Chat.Spec.Laws.Codecs

/// One thing that travels.
type Sent =
    | Asking of Ask
    | Answering of Answer
    | Telling of ConversationId * Seen
    | Whispering of Ephemeral

let mia, phone = person "mia", DeviceId.Of "phone"

let bytesOf (codecs: Codecs) (sent: Sent) : byte[] =
    match sent with
    | Asking ask ->
        let _, _, _, body = codecs.Ask ask
        body
    | Answering answer -> codecs.Answer answer
    | Telling(conversation, seen) -> codecs.Tell conversation seen
    | Whispering ephemeral -> codecs.Whisper ephemeral

let addressOf (codecs: Codecs) (ask: Ask) =
    let area, id, verb, _ = codecs.Ask ask
    Address(mia, phone, area, id, verb)

/// Bytes read as a thing of this kind.
let readAs (codecs: Codecs) (sent: Sent) (bytes: byte[]) : Result<Sent, Refusal> =
    match sent with
    | Asking ask ->
        codecs.Read bytes
        |> Result.bind (codecs.Parse(addressOf codecs ask))
        |> Result.map Asking
    | Answering answer -> codecs.Answered answer bytes |> Result.map Answering
    | Telling _ -> codecs.Told bytes |> Result.map Telling
    | Whispering _ ->
        match codecs.Whispered bytes with
        | Some ephemeral -> Ok(Whispering ephemeral)
        | None -> Error(Refusal.Malformed(listing []))

/// As it arrives: others' access is nobody's business, and a refusal is its code and rules.
let arriving (sent: Sent) : Result<Sent, Refusal> =
    let withoutAccess (seen: Seen) : Seen =
        match seen with
        | :? Seen.Shown as shown when shown.Event.IsSilent -> Seen.Hidden(shown.Version, shown.Version)
        | :? Seen.Shown as shown ->
            match shown.Event with
            | :? Event.Joined as joined -> Seen.Shown(shown.Version, Event.Joined(joined.Stamp, listing []))
            | _ -> seen
        | _ -> seen

    let resumption (one: Resumption) : Resumption =
        match one with
        | :? Resumption.Missed as missed ->
            Resumption.Missed(missed.Conversation, listing (Seq.map withoutAccess missed.Events), missed.Marks)
        | other -> other

    let remote (refusal: Refusal) =
        RemoteRefusal(refusal.Code, refusal.Because, refusal.RetryAfterMs)

    let verdict (one: Verdict) =
        match Option.ofObj one.Refusal with
        | Some refusal -> Verdict(remote refusal, one.Because)
        | None -> one

    match sent with
    | Answering(Explained entry) ->
        let explanation =
            Explanation(verdict entry.Explanation.Verdict, entry.Explanation.Who)

        Ok(Answering(Explained(ExplanationEntry(explanation, entry.SeesFrom))))
    | Answering(WouldBe entry) ->
        let one = entry.WhatIf
        let whatIf = WhatIf(verdict one.Verdict, one.Differences, one.IsLockOut)
        Ok(Answering(WouldBe(WhatIfEntry(entry.Version, whatIf))))
    | Telling(conversation, seen) -> Ok(Telling(conversation, withoutAccess seen))
    | Answering(Resumed page) ->
        let conversations = page.Conversations |> Seq.map resumption |> listing
        Ok(Answering(Resumed(ResumePage(page.Cursor, page.IsReset, conversations, page.More, page.Certificates))))
    | Answering(Refused refusal) -> Error(remote refusal)
    | other -> Ok other
