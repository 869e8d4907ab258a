/// What comes to a conversation by itself.
module Chat.Spec.Oracle.Closing

open System
open Chat.Domain.Conversations
open Chat.Spec.Oracle.Reasons

/// That there was a call, or a party.
let kept stamp (command: Command) : Verdict =
    match command with
    | :? Command.Record as call ->
        if call.LengthMs >= 0L && Enum.IsDefined<Chat.Domain.Calls.Ending> call.How then
            Accept(Event.Called(stamp, call.IsVideo, call.How, call.LengthMs))
        else
            badCall
    | :? Command.KeepParty as keep ->
        let count = keep.Party.People.Count

        if count >= 1 && count <= 64 then
            Accept(Event.Partied(stamp, keep.Party))
        else
            badParty
    | other -> failwithf "the oracle does not know %s yet" (other.GetType().Name)
