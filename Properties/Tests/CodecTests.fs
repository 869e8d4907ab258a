/// The laws put to the codecs.
module Chat.Spec.Tests.CodecTests

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Seeds
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Codecs
open Chat.Spec.Laws.Law

let private put law (cases: Gen<'case>) =
    Prop.forAll (Arb.fromGen cases) (hold law ours)

[<Law>]
let ``what is sent is what arrives`` () = put CodecLaws.wire Samples.sent

[<Law>]
let ``JSON says the same`` () = put CodecLaws.json Samples.sent

[<Law>]
let ``a request in JSON asks the same`` () = put CodecLaws.jsonRequests Asks.all

[<Law>]
let ``unknown fields are passed over`` () =
    put CodecLaws.unknownFields (Gen.zip Samples.sent Spoilt.extra)

[<Law>]
let ``unknown fields are passed over in JSON`` () =
    put CodecLaws.unknownFieldsInJson (Gen.zip Asks.all Spoilt.extraInJson)

[<Law>]
let ``what is stored is what is read`` () =
    put CodecLaws.stored Wires.any<Recorded>

[<Law>]
let ``a stored past means the same`` () =
    put CodecLaws.storedPast (Gen.zip Traces.trace (Gen.choose (0, 60)))

[<Law>]
let ``a stored snapshot is the state`` () = put CodecLaws.snapshots Samples.states

[<Law>]
let ``a subject says who asks what`` () =
    put CodecLaws.subjects Samples.addressed

[<Law>]
let ``no dot, star or blank comes into a subject`` () =
    put CodecLaws.hostileSubjects Spoilt.texts

[<Law>]
let ``another name is another person`` () = put CodecLaws.names Samples.names

[<Law>]
let ``hostile bytes are a value or a refusal`` () =
    put HostileLaws.hostile (Gen.map (fun bytes -> Samples.each.Value, bytes) Spoilt.hostile)

[<Law>]
let ``whatever was said is a value or a refusal`` () =
    put HostileLaws.hostileTexts Samples.said

[<Law>]
let ``what is cut off is refused`` () =
    put HostileLaws.truncated (Gen.zip Samples.sent Wires.any<Recorded>)

[<Law>]
let ``one byte of damage is a value or a refusal`` () = put HostileLaws.damaged Samples.damaged

[<Law>]
let ``a key that stands twice is refused`` () =
    put HostileLaws.duplicates (Gen.zip Asks.all Spoilt.simple)

[<Law>]
let ``a number beyond 2^53 is refused`` () = put HostileLaws.numbers Asks.all

[<Law>]
let ``NUL and lone surrogates are refused`` () = put HostileLaws.texts Asks.all

[<Law>]
let ``both forms take the same depth`` () =
    put HostileLaws.depth (Gen.choose (1, 20))
