/// How a device asks, as the protocol has it, and reads the answer.
module Chat.Spec.Outside.Asking

open System
open System.Text.Json
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

/// Something that is asked for, as it is written and as a host reads it.
type Written =
    {
        Form: string * string * string * byte[]
        /// Its texts as NFC, for one.
        Read: Traces.Ask
        /// What its form alone is refused with.
        Malformed: Refusal option
    }

/// Writes something that is asked for; a beginning has no place.
let written (place: ConversationId Nullable) (ask: Traces.Ask) : Written =
    let area, id, verb, body =
        ours.Ask(Ask.Change(place, ask.Client, ask.Command :?> Command))

    let read, malformed =
        match
            ours.Read body
            |> Result.bind (ours.Parse(Address(ask.Person, ask.Device, area, id, verb)))
        with
        | Ok(:? Ask.Change as change) -> { ask with Command = change.Command }, None
        | Ok other -> failwith $"read as {other}"
        | Error refusal -> ask, Some refusal

    {
        Form = area, id, verb, body
        Read = read
        Malformed = malformed
    }

/// Asks for something.
let sendAsync (device: Device) (written: Written) : Task<Sending> =
    task {
        let! during, bytes = device.AskAsync written.Form

        return
            {
                Ask = written.Read
                Malformed = written.Malformed
                During = during
                Reply = readAs Decoding.Receipt bytes
            }
    }

/// Whether an answer has this one field, and no other.
let private hasOnly (field: string) (bytes: byte[]) =
    use json = JsonDocument.Parse(Json.FromMessagePack(ReadOnlyMemory bytes))

    match json.RootElement.TryGetProperty "ok" with
    | true, ok -> ok.EnumerateObject() |> Seq.map _.Name |> List.ofSeq = [ field ]
    | _ -> true

/// Asks for something between two people.
let bondAsync (device: Device) (ask: Traces.Ask) : Task<Bonding> =
    task {
        let command = ask.Command :?> Chat.Domain.Pairs.Command
        let! during, bytes = device.AskAsync(ours.Ask(Ask.ChangePair(ask.Client, command)))

        return
            {
                Ask = ask
                During = during
                Reply = readAs PairAnswers.Receipt bytes
                IsBare = hasOnly "replayed" bytes
            }
    }
