/// The database of a party: what happened, and what has come of it.
module Chat.Spec.Party.Kept

open System
open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Spec

/// What was said and played does not change who may go where; the oracle looks at the rest.
let private isOfMoment (happened: AnyEvent) =
    match happened with
    | :? Chat.Domain.Rooms.Event.Said
    | :? Chat.Domain.Rooms.Event.Noted
    | :? Chat.Domain.Rooms.Event.Played -> true
    | _ -> false

/// The request that something was made by: hosts name theirs alike for several people, but of a line there is one.
let private requestOf (asked: StreamKey) (recorded: Recorded) =
    let origin = recorded.Origin

    let isOfHost = origin.Device.Value.StartsWith "_" && asked.Kind <> StreamKind.Line

    struct (origin.Device, origin.Client, (if isOfHost then recorded.Event.By.Value else ""))

type Kept(fresh: StreamKey -> AnyStream) =
    let current = Dictionary<StreamKey, AnyStream>()
    let lasting = Dictionary<StreamKey, List<struct (int64 * AnyEvent)>>()
    let listed = Dictionary<StreamKey, AnyEvent list>()
    let mutable store = MemoryStore.Empty

    member _.Store = store

    /// What a stream has come to.
    member _.Current(stream: StreamKey) : AnyStream =
        match current.TryGetValue stream with
        | true, held -> held
        | false, _ -> fresh stream

    /// A stream from its first event on, as a host has it that finds no snapshot.
    member _.Anew(stream: StreamKey) : AnyStream =
        (fresh stream).Fold(store.Load stream |> Seq.map _.Event)

    /// What lasts of all that happened in a stream, oldest first.
    member _.Past(stream: StreamKey) : AnyEvent list =
        match listed.TryGetValue stream with
        | true, events -> events
        | false, _ ->
            let events =
                match lasting.TryGetValue stream with
                | true, held ->
                    [
                        for struct (_, happened) in held do
                            happened
                    ]
                | false, _ -> []

            listed[stream] <- events
            events

    /// The same until a version.
    member kept.PastUntil (stream: StreamKey) (version: int64) : AnyEvent list =
        match lasting.TryGetValue stream with
        | true, held when held.Count > 0 ->
            let struct (last, _) = held[held.Count - 1]

            if last <= version then
                kept.Past stream
            else
                [
                    for struct (at, happened) in held do
                        if at <= version then
                            happened
                ]
        | _ -> []

    /// The same as a lane had seen it when it judged; of what it did not look at, all.
    member kept.PastSeen (judged: Output.Judged) (stream: StreamKey) : AnyEvent list =
        if stream = judged.Request.Stream then
            kept.PastUntil stream judged.Version
        else
            match judged.Seen |> Seq.tryFindBack (fun guard -> guard.Stream = stream) with
            | Some guard -> kept.PastUntil stream guard.Version
            | None -> kept.Past stream

    member private _.Take(recorded: Recorded) =
        let stream = recorded.Stream

        let before =
            match current.TryGetValue stream with
            | true, held -> held
            | false, _ -> fresh stream

        current[stream] <- before.Evolve recorded.Event

        if not (isOfMoment recorded.Event) then
            match lasting.TryGetValue stream with
            | true, held -> held.Add(struct (recorded.Version, recorded.Event))
            | false, _ -> lasting[stream] <- List [ struct (recorded.Version, recorded.Event) ]

            listed.Remove stream |> ignore

    /// Appends a batch. What each request made is shown to a judge before it counts, and once it does.
    member kept.Append(batch: Batch, before: Recorded list -> unit, after: Recorded list -> unit) : Outcome =
        let struct (next, outcome) = store.Append batch

        let aside =
            match outcome with
            | :? Outcome.Committed as committed -> committed.Aside |> Seq.map _.Stream |> HashSet
            | _ -> HashSet()

        store <- next

        for addition in batch.Additions do
            if not (aside.Contains addition.Stream) then
                Seq.append addition.Events addition.Further
                |> Seq.groupBy (requestOf addition.Stream)
                |> Seq.iter (fun (_, made) ->
                    let made = List.ofSeq made
                    before made
                    List.iter kept.Take made
                    after made)

        outcome

    member _.Remind(remind: Output.Remind) =
        store <- store.Remind(remind.Stream, remind.Version, remind.At)

    /// What happened before the party.
    member kept.Begin(streams: (StreamKey * AnyEvent list) list) =
        let origin = Origin(DeviceId.Of "phone", ClientId.Of "before", Digest())

        let addition (stream: StreamKey, events: AnyEvent list) =
            let recorded =
                events
                |> List.mapi (fun index happened ->
                    let id = Derive.EventId(stream, happened.By, origin.Device, origin.Client, index)
                    Recorded(stream, int64 index + 1L, id, happened, origin, listing []))

            Addition(stream, 0L, seqOf recorded, seqOf [], seqOf [], (fresh stream).Fold events)

        for number, some in streams |> List.chunkBySize 1_000 |> List.indexed do
            let batch =
                Batch(int64 number + 1L, 0, 0L, seqOf (List.map addition some), seqOf [])

            kept.Append(batch, ignore, ignore) |> ignore
