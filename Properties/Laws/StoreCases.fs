/// What a store is asked: batches as a commit loop sends them. Most fit; some are stale, come again, or rest on what is
/// not so.
module Chat.Spec.Laws.StoreCases

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec

/// An addition to be made of what the store holds by then. `Off` is by how much a version is not the one there is.
type Wish =
    {
        Stream: int
        Events: int
        Off: int
        /// Its last event has the id of an earlier one.
        Twin: int option
        Guard: (int * int) option
        Further: (int * int) option
        DueAt: int option
    }

type Step =
    | Append of Wish list * marks: (int * int * int * int) list
    /// The batch before, once more: nobody knew whether it had been committed.
    | Again
    | Remind of stream: int * off: int * at: int option

let streams = [ for n in 1..4 -> streamOf $"store-{n}" ]
let people = [ person "ann"; person "bob" ]
let lastDue = Instant 100L

let private off =
    Gen.frequency [ 8, Gen.constant 0; 1, Gen.constant 1; 1, Gen.constant -1 ]

let private stream = Gen.choose (0, 3)

let private sometimes chances gen =
    Gen.frequency [ chances, Gen.constant None; 1, Gen.map Some gen ]

let private wish =
    gen {
        let! stream' = stream
        let! events = Gen.choose (1, 3)
        let! by = off
        let! twin = sometimes 6 (Gen.choose (0, 1_000))
        let! guard = sometimes 2 (Gen.zip stream off)
        let! further = sometimes 3 (Gen.zip stream off)
        let! due = sometimes 3 (Gen.choose (1, 99))

        return
            {
                Stream = stream'
                Events = events
                Off = by
                Twin = twin
                Guard = guard
                Further = further
                DueAt = due
            }
    }

let private marks =
    Gen.map2
        (fun (stream, person) (read, delivered) -> stream, person, read, delivered)
        (Gen.zip stream (Gen.choose (0, 1)))
        // Who has read something has it: that is seen to before it comes to a store.
        (Gen.zip (Gen.choose (0, 9)) (Gen.choose (0, 4))
         |> Gen.map (fun (read, more) -> read, read + more))

let private step =
    let some most gen =
        Gen.choose (0, most) |> Gen.bind (fun count -> Gen.listOfLength count gen)

    Gen.frequency
        [
            10, Gen.map2 (fun wishes marks -> Append(wishes, marks)) (some 3 wish) (some 2 marks)
            2, Gen.constant Again
            2, Gen.map3 (fun stream off at -> Remind(stream, off, at)) stream off (sometimes 1 (Gen.choose (1, 99)))
        ]

let case: Gen<Step list> =
    Gen.sized (fun size ->
        Gen.choose (1, max 1 size)
        |> Gen.bind (fun count -> Gen.listOfLength count step))

let private after (version: int64) (dueAt: int option) : AnyStream =
    let due =
        dueAt
        |> Option.map (fun at -> struct (Instant(int64 at), Command.Leave() :> AnyCommand))
        |> toOption

    let right = Conversation.Decider

    let decider =
        Decider<State, Command, Event>(
            right.Initial,
            right.Needs,
            right.Decide,
            right.Evolve,
            right.EvolveFacts,
            Func<_, _>(fun _ -> due),
            right.Mark,
            right.React
        )

    Stream<State, Command, Event>(decider, State.Initial, version, Instant 0L)

/// Makes batches of wishes; ids and numbers are its own.
type Maker() =
    let ids = Collections.Generic.List<Guid>()
    // No loop sends an id twice in one batch: a twin is of an earlier one.
    let mutable before: Guid list = []
    let mutable number = 0L

    /// All ids that were ever used.
    member _.Ids = ids |> Seq.distinct |> List.ofSeq

    member private _.Record (of': StreamKey) (version: int64) (guards: Guard list) (id: Guid option) =
        let id =
            id
            |> Option.defaultWith (fun () -> Guid(ids.Count + 1, 0s, 0s, Array.zeroCreate 8))

        ids.Add id
        let topic = valid (Topic.Create $"topic {ids.Count}")

        Recorded(
            of',
            version,
            id,
            Event.TopicSet(Stamp(people[0], Instant(int64 ids.Count)), topic),
            Origin(DeviceId.Of "phone", ClientId.Of $"c{ids.Count}", Digest(UInt128.op_Implicit (uint32 ids.Count))),
            listing (guards |> List.filter (fun guard -> guard.Version > 0L))
        )

    member private maker.Addition (held: MemoryStore) (moves: Set<int>) (wish: Wish) =
        let at n off =
            max 0L (held.VersionOf streams[n] + int64 off)

        let expected = at wish.Stream wish.Off

        // What this batch moves is held by its expected version, and nothing else may rest on it.
        let foreign = Option.filter (fun (other, _) -> not (moves.Contains other))

        let guards =
            foreign wish.Guard
            |> Option.map (fun (other, off) -> Guard(streams[other], at other off))
            |> Option.toList

        let twin =
            wish.Twin
            |> Option.filter (fun _ -> not before.IsEmpty)
            |> Option.map (fun nth -> before[nth % before.Length])

        before <- before |> List.filter (fun id -> Some id <> twin)

        let events =
            [
                for n in 1 .. wish.Events ->
                    maker.Record
                        streams[wish.Stream]
                        (expected + int64 n)
                        guards
                        (if n = wish.Events then twin else None)
            ]

        let further =
            foreign wish.Further
            |> Option.filter (fun (other, _) -> foreign wish.Guard |> Option.forall (fun (guard, _) -> guard <> other))
            |> Option.map (fun (other, off) -> maker.Record streams[other] (at other off + 1L) guards None)
            |> Option.toList

        Addition(
            streams[wish.Stream],
            expected,
            seqOf events,
            seqOf further,
            seqOf guards,
            after (expected + int64 wish.Events) wish.DueAt
        )

    /// A batch on what a store holds.
    member maker.Batch (held: MemoryStore) (wishes: Wish list) (marks: (int * int * int * int) list) =
        number <- number + 1L
        before <- maker.Ids
        let wishes = wishes |> List.distinctBy _.Stream
        let moves = wishes |> List.map _.Stream |> set

        // Each further stream is changed once.
        let additions, _ =
            (([], moves), wishes)
            ||> List.fold (fun (made, moved) wish ->
                let mine =
                    wish.Further
                    |> Option.filter (fun (other, _) -> not (moved.Contains other))
                    |> Option.map fst

                let wish =
                    { wish with
                        Further = wish.Further |> Option.filter (fun _ -> mine.IsSome)
                    }

                maker.Addition held moved wish :: made, moved + set (Option.toList mine))

        let sets =
            marks
            |> List.distinctBy (fun (stream, who, _, _) -> stream, who)
            |> List.map (fun (stream, who, read, delivered) ->
                MarkSet(streams[stream], people[who], Marks(int64 read, int64 delivered)))

        Batch(number, 0, 1L, seqOf (List.rev additions), seqOf sets)
