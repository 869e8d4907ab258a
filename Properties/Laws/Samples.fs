/// The cases that the laws of the codecs are put with.
module Chat.Spec.Laws.Samples

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Views
open Chat.Protocol
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.CodecLaws

/// A range ends where it begins, or later.
let private ordered (one: Seen) : Seen =
    match one with
    | :? Seen.Hidden as hidden -> Seen.Hidden(hidden.Version, max hidden.Version hidden.Last)
    | other -> other

let private resumption (one: Resumption) : Resumption =
    match one with
    | :? Resumption.Missed as missed ->
        Resumption.Missed(missed.Conversation, missed.Events |> Seq.map ordered |> listing, missed.Marks)
    | other -> other

let private told: Gen<Sent> =
    Gen.map2 (fun id one -> Telling(ConversationId.Of id, ordered one)) Letters.tokens Wires.any<Seen>

let private answering: Gen<Sent> =
    Wires.answers
    |> Gen.map (fun answer ->
        match answer with
        | Wires.Resumed page ->
            let conversations = page.Conversations |> Seq.map resumption |> listing
            Wires.Resumed(ResumePage(page.Cursor, page.IsReset, conversations, page.More, page.Certificates))
        | other -> other)
    |> Gen.map Answering

/// Anything that travels.
let sent: Gen<Sent> =
    Gen.frequency
        [
            4, Gen.map Asking Asks.all
            3, answering
            4, told
            1, Gen.map Whispering Wires.ephemerals
        ]

let addressed =
    Gen.map3 (fun ask who device -> ask, PersonId.Of who, DeviceId.Of device) Asks.all Letters.tokens Letters.tokens

/// Names that differ by little, and ones that are what another is turned into.
let names: Gen<string * string> =
    let one = Gen.oneof [ Spoilt.texts; Letters.tokens ]

    let turned (name: string) =
        match Option.ofNullable (Names.PersonOf name) with
        | Some who -> who.Value
        | None -> name

    one
    |> Gen.bind (fun name ->
        Gen.oneof
            [
                one
                Gen.constant (turned name)
                Gen.constant (name.ToUpperInvariant())
                Gen.constant (name.Trim())
                Gen.constant (name + "a")
                Gen.constant ("_" + name)
            ]
        |> Gen.map (fun other -> name, other))

let states = Gen.zip States.states Wires.instants

let said = Gen.zip Wires.any<Recorded> Spoilt.texts

let damaged =
    let changes = Gen.zip (Gen.choose (0, 20_000)) Spoilt.bytes |> Gen.listOfLength 40

    Gen.zip (Gen.zip sent Wires.any<Recorded>) changes

/// Something of every sort, always the same.
let each: Lazy<Sent list> =
    lazy
        (Seeds.fixedSample 400 30 sent
         |> List.distinctBy (fun one ->
             match one with
             | Asking ask ->
                 let _, _, verb, _ = ours.Ask ask
                 $"asks {verb}"
             | Answering answer -> $"answers {answer.GetType().Name}"
             | Telling _ -> "tells"
             | Whispering _ -> "whispers"))
