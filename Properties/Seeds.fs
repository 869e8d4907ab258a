/// Where chance comes from, and how it is replayed.
module Chat.Spec.Seeds

open System
open FsCheck
open FsCheck.FSharp
open FsCheck.Xunit
open Chat.Spec.Generators

let private variable name =
    match Environment.GetEnvironmentVariable name with
    | null
    | "" -> None
    | text -> Some text

/// How many times as much as usual: a hundred with CHAT_LONG=1.
let times = if variable "CHAT_LONG" = Some "1" then 100 else 1

/// Few cases, and always the same: with CHAT_BRIEF=1, for mutants, of which each must be judged within seconds.
let isBrief = variable "CHAT_BRIEF" = Some "1"

/// The seed of PROPERTY_SEED, as FsCheck printed it ("123,457") or as the simulator did ("123").
let given: string option = variable "PROPERTY_SEED"

/// The one seed of the simulator that is to be replayed.
let givenNumber: uint64 option =
    given
    |> Option.map (fun text ->
        let first = (text.Split ',')[0]
        UInt64.Parse(first.Trim('(', ')', ' ')))

/// Samples that are always the same: for mistakes that must be caught, and for counting what is exercised.
let fixedSample (count: int) (size: int) (gen: Gen<'a>) : 'a list =
    Gen.sampleWithSeed (Rnd(20_240_607UL, 4_242_421UL)) size count gen
    |> List.ofArray

/// What properties are given, besides FsCheck's own types.
type Arbitraries =
    static member Trace() : Arbitrary<Traces.Trace> =
        Arb.fromGenShrink (Traces.trace, Traces.shrink)

    static member Hostile() : Arbitrary<Chat.Domain.Conversations.Event list> = Arb.fromGen Palette.hostileEvents

    static member Marks() : Arbitrary<Chat.Domain.Values.Marks> = Arb.fromGen Palette.marks

/// A law as a test. FsCheck prints the seed of a failure; PROPERTY_SEED replays it.
type LawAttribute() as this =
    inherit PropertyAttribute()

    do
        this.Arbitrary <- [| typeof<Arbitraries> |]
        this.MaxTest <- if isBrief then 40 else 300 * times
        this.EndSize <- 60
        this.QuietOnSuccess <- true

        match given with
        | Some seed when seed.Contains ',' -> this.Replay <- seed.Trim('(', ')', ' ')
        | _ when isBrief -> this.Replay <- "20240607,4242421"
        | _ -> ()
