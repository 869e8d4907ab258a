/// How a device asks, as the protocol has it, and reads the answer.
module Chat.Spec.Outside.Asking

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Protocol
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws.Codecs
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played

/// An answer, read as what was asked for.
let private readAs (read: Fields -> 'a) (bytes: byte[]) : Result<'a, Refusal> =
    Decoding.Answer(ReadOnlyMemory bytes, Func<Fields, 'a> read) |> ofEither

/// Asks something that changes nothing, or only the asker's marks.
let queryAsync (device: Device) (ask: Ask) (read: Fields -> 'a) : Task<Window * Result<'a, Refusal>> =
    task {
        let! during, bytes = device.AskAsync(ours.Ask ask)
        return during, readAs read bytes
    }

/// What a host reads of something that is asked for: its texts as NFC, for one; or what its form alone is refused with.
let asRead (place: ConversationId Nullable) (ask: Traces.Ask) : Traces.Ask * Refusal option =
    let area, id, verb, body =
        ours.Ask(Ask.Change(place, ask.Client, ask.Command :?> Command))

    let address = Address(ask.Person, ask.Device, area, id, verb)

    match ours.Read body |> Result.bind (ours.Parse address) with
    | Ok(:? Ask.Change as change) -> { ask with Command = change.Command }, None
    | Ok other -> failwith $"read as {other}"
    | Error refusal -> ask, Some refusal

/// Asks for something; a beginning has no place.
let sendAsync (device: Device) (place: ConversationId Nullable) (ask: Traces.Ask) : Task<Sending> =
    task {
        let asked, malformed = asRead place ask

        let! during, bytes =
            device.AskAsync(ours.Ask(Ask.Change(place, ask.Client, ask.Command :?> Command)))

        return
            {
                Ask = asked
                Malformed = malformed
                During = during
                Reply = readAs Decoding.Receipt bytes
            }
    }
