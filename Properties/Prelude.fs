/// Small bridges between F# and the C# domain, so that what follows reads as prose.
[<AutoOpen>]
module Chat.Spec.Prelude

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Permitting

/// A strict sequence of the domain.
let seqOf (items: 'a seq) : LanguageExt.Seq<'a> =
    LanguageExt.Prelude.toSeq(items).Strict()

let listing (items: 'a seq) : Listing<'a> = Listing.From items

let setOf (items: 'a seq) =
    LanguageExt.Set<'a>.Empty.AddOrUpdateRange items

let ofOption (option: LanguageExt.Option<'a>) : 'a option =
    if option.IsSome then Some(unbox<'a> option.Case) else None

let noOption<'a> : LanguageExt.Option<'a> = LanguageExt.Option<'a>.None

let toOption (value: 'a option) : LanguageExt.Option<'a> =
    match value with
    | Some found -> LanguageExt.Option<'a>.Some found
    | None -> noOption

/// A decision as F# has it; neither side is a fault of whoever decided.
let ofEither (either: LanguageExt.Either<Refusal, 'a>) : Result<'a, Refusal> =
    match either.Case with
    | :? Refusal as refusal -> Error refusal
    | null -> failwith "neither decided nor refused"
    | right -> Ok(unbox<'a> right)

let right (value: 'a) : LanguageExt.Either<Refusal, 'a> =
    LanguageExt.Either<Refusal, 'a>.Right value

let left (refusal: Refusal) : LanguageExt.Either<Refusal, 'a> =
    LanguageExt.Either<Refusal, 'a>.Left refusal

/// Takes what is known to be valid.
let valid (checkedText: LanguageExt.Validation<Fault, 'a>) : 'a =
    checkedText.Match(
        (fun (value: 'a) -> value),
        (fun (faults: LanguageExt.Seq<Fault>) -> failwithf "not valid: %O" faults)
    )

let person (name: string) = PersonId.Of name
let body (text: string) = valid (Body.Create text)
let emoji (text: string) = valid (Emoji.Create text)
let conversationName (text: string) = valid (ConversationName.Create text)

let isBefore (one: Instant) (other: Instant) = one.Milliseconds < other.Milliseconds

let powersOf (permissions: Permission list) =
    Powers.Of(ReadOnlySpan(Array.ofList permissions))

/// The key of a stream in the only tenant.
let streamOf (id: string) =
    StreamKey.Of(TenantId.Main, ConversationId.Of id)

/// A digest as the host makes one, but without a key: 128 bits of FNV-1a over what was asked.
let digestOf (asked: obj) : Digest =
    let prime = UInt128.Parse "309485009821345068724781371"
    let start = UInt128.Parse "144066263297769815596495629667062367629"

    (start, string asked)
    ||> Seq.fold (fun hash letter -> (hash ^^^ UInt128.op_Implicit letter) * prime)
    |> Digest

/// The last word of a refusal: the rule that decided.
let ruleOf (refusal: Refusal) =
    match List.ofSeq refusal.Because with
    | [] -> ""
    | rules -> List.last rules

/// Facts as a store gathers them: by reading all of a stream.
let factsOf (fresh: AnyStream) (keys: LanguageExt.Seq<AnyFactKey>) (past: Recorded list) : Facts =
    Chat.Domain.Committing.Gathering.FromEvents(fresh, keys, seqOf past)
