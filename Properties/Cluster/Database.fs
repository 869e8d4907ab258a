/// The database of a cluster: transactions that are under way for a while, leases by its own clock, and pasts to go
/// back to.
module Chat.Spec.Cluster.Database

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle

/// How long a lease holds, in milliseconds.
let leaseLength = 10_000L

type HostRow = { Epoch: int64; Until: int64 }

/// All that a transaction sees.
type Snapshot =
    {
        Store: MemoryStore
        /// The transaction that wrote an event.
        Written: Map<string * int64, int64>
        /// The transaction that last changed whether somebody is in, or asked in.
        Membership: Map<string * string, int64>
        /// The transaction that last moved somebody's marks.
        Marked: Map<string * string, int64>
        Kept: Map<string, AnyStream>
        Hosts: Map<int, HostRow>
        Buckets: Map<int, int>
    }

let private empty =
    {
        Store = MemoryStore.Empty
        Written = Map.empty
        Membership = Map.empty
        Marked = Map.empty
        Kept = Map.empty
        Hosts = Map.empty
        Buckets = Map.empty
    }

let private standing who past =
    Past.isMember who past, (Past.invitation who past |> Option.map _.Version)

/// Whose standing in a conversation an append changed.
let private moved (before: Recorded list) (after: Recorded list) =
    after
    |> List.skip before.Length
    |> List.collect (fun recorded ->
        let happened = Past.event recorded

        match happened with
        | :? Event.Created as created -> List.ofSeq created.Members
        | :? Event.Joined as joined -> [ joined.By ]
        | :? Event.Banned as banned -> [ banned.Person ]
        | _ -> Chat.Domain.Views.Visibility.Touches happened |> List.ofSeq)
    |> List.distinct
    |> List.filter (fun who -> standing who before <> standing who after || Past.isMember who after)

type Database() =
    let mutable now = empty
    let mutable next = 1L
    let mutable epoch = 1
    let running = HashSet<int64>()
    let past = List<int64 * Snapshot>()

    /// Another one after it was put back to what was before.
    member _.Epoch = epoch

    member _.Now = now

    /// The first transaction that a snapshot taken now may lack.
    member _.Oldest = if running.Count = 0 then next else Seq.min running

    /// One more than the last transaction that was begun.
    member _.Next = next

    /// How many are under way.
    member _.Running = running.Count

    member _.Begin() : int64 =
        let transaction = next
        next <- next + 1L
        running.Add transaction |> ignore
        transaction

    member _.RollBack(transaction: int64) = running.Remove transaction |> ignore

    /// Commits a batch of a host as far as it can be; fenced off where its lease is another's.
    member database.Commit (time: int64) (transaction: int64) (host: int) (batch: Batch) : Outcome =
        running.Remove transaction |> ignore

        match now.Hosts.TryFind host with
        | Some row when row.Epoch = batch.Epoch ->
            let struct (after, outcome) = now.Store.Append batch
            let before = now.Store

            let streams =
                batch.Additions
                |> Seq.collect (fun addition -> Seq.append addition.Events addition.Further)
                |> Seq.map _.Stream
                |> Seq.distinct
                |> List.ofSeq

            for stream in streams do
                database.Note transaction stream (List.ofSeq (before.Load stream)) (List.ofSeq (after.Load stream))

            for set in batch.Marks do
                if before.MarksOf(set.Stream, set.Person) <> after.MarksOf(set.Stream, set.Person) then
                    now <-
                        { now with
                            Marked = now.Marked.Add((set.Stream.Id, set.Person.Value), transaction)
                        }

            now <- { now with Store = after }
            past.Add((time, now))
            outcome
        | _ -> Outcome.Fenced()

    member private _.Note transaction (stream: StreamKey) before after =
        for recorded in List.skip (List.length before) after do
            now <-
                { now with
                    Written = now.Written.Add((stream.Id, recorded.Version), transaction)
                }

        if stream.Kind = StreamKind.Conversation then
            for who in moved before after do
                now <-
                    { now with
                        Membership = now.Membership.Add((stream.Id, who.Value), transaction)
                    }

    member _.Keep(stream: StreamKey, current: AnyStream) =
        match now.Kept.TryFind(string stream) with
        | Some kept when kept.Version >= current.Version -> ()
        | _ ->
            now <-
                { now with
                    Kept = now.Kept.Add(string stream, current)
                }

    member _.Remind(remind: Output.Remind) =
        now <-
            { now with
                Store = now.Store.Remind(remind.Stream, remind.Version, remind.At)
            }

    /// Takes the lease of a host whose name nobody holds, or whose holder is known to be gone; none where it runs.
    member database.Take (time: int64) (host: int) (isSole: bool) (buckets: int) : int64 option =
        match now.Hosts.TryFind host with
        | Some row when row.Until > time && not isSole -> None
        | row ->
            let taken = row |> Option.map (fun row -> row.Epoch + 1L) |> Option.defaultValue 1L

            now <-
                { now with
                    Hosts =
                        now.Hosts.Add(
                            host,
                            {
                                Epoch = taken
                                Until = time + leaseLength
                            }
                        )
                }

            database.TakeBuckets time host buckets |> ignore
            Some taken

    /// Makes a lease longer; false if it is another's by now.
    member _.Renew (time: int64) (host: int) (held: int64) : bool =
        match now.Hosts.TryFind host with
        | Some row when row.Epoch = held ->
            now <-
                { now with
                    Hosts = now.Hosts.Add(host, { row with Until = time + leaseLength })
                }

            true
        | _ -> false

    member _.Release (time: int64) (host: int) (held: int64) =
        match now.Hosts.TryFind host with
        | Some row when row.Epoch = held ->
            now <-
                { now with
                    Hosts = now.Hosts.Add(host, { row with Until = time })
                }
        | _ -> ()

    /// Takes the buckets that nobody holds, and those of hosts whose leases have run out, which are fenced off; says
    /// since when they may have been quiet.
    member _.TakeBuckets (time: int64) (host: int) (buckets: int) : int64 option =
        let isOver other =
            match now.Hosts.TryFind other with
            | Some row -> row.Until <= time
            | None -> true

        let free =
            [ 0 .. buckets - 1 ]
            |> List.filter (fun bucket ->
                match now.Buckets.TryFind bucket with
                | Some owner -> owner <> host && isOver owner
                | None -> true)

        let before = free |> List.choose now.Buckets.TryFind |> List.distinct
        let quiet = before |> List.choose now.Hosts.TryFind |> List.map _.Until

        for other in before do
            let row = now.Hosts[other]

            now <-
                { now with
                    Hosts = now.Hosts.Add(other, { row with Epoch = row.Epoch + 1L })
                }

        for bucket in free do
            now <-
                { now with
                    Buckets = now.Buckets.Add(bucket, host)
                }

        if free.IsEmpty then
            None
        else
            Some(List.fold min time quiet)

    /// All is as it was then: what was committed later never was. Whoever runs has to be ended before.
    member _.Restore(time: int64) =
        let before =
            past
            |> Seq.filter (fun (at, _) -> at <= time)
            |> Seq.tryLast
            |> Option.map snd
            |> Option.defaultValue empty

        running.Clear()
        epoch <- epoch + 1
        next <- 1L + Map.fold (fun last _ written -> max last written) 0L before.Written
        now <- before
        past.RemoveAll(fun (at, _) -> at > time) |> ignore

    /// When something was committed.
    member _.Commits = past |> Seq.map fst |> List.ofSeq
