/// What comes to a direct conversation by itself.
module Chat.Spec.Oracle.Closing

open System
open Chat.Domain.Conversations
open Chat.Spec.Oracle.Reasons

/// That there was a call.
let called stamp (call: Command.Record) : Verdict =
    if call.LengthMs >= 0L && Enum.IsDefined<Chat.Domain.Calls.Ending> call.How then
        Accept(Event.Called(stamp, call.IsVideo, call.How, call.LengthMs))
    else
        badCall
