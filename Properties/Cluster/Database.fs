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
open Chat.Spec.Cluster.Leases

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
        Leases: Leases
    }

let private empty =
    {
        Store = MemoryStore.Empty
        Written = Map.empty
        Membership = Map.empty
        Marked = Map.empty
        Kept = Map.empty
        Leases = Leases.none
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

        match now.Leases.Hosts.TryFind host with
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

    member private _.With(leases: Leases) = now <- { now with Leases = leases }

    /// Takes the lease of a host whose name nobody holds, or this process of it, or whose holder is known to be gone;
    /// none where it runs.
    member database.Take (time: int64) (host: int) (from: int) (isSole: bool) (buckets: int) : int64 option =
        Leases.take time host from isSole buckets now.Leases
        |> Option.map (fun (taken, leases) ->
            database.With leases
            taken)

    /// Makes a lease longer; false if it is another's by now.
    member database.Renew (time: int64) (host: int) (held: int64) : bool =
        let renewed = Leases.renew time host held now.Leases
        Option.iter database.With renewed
        renewed.IsSome

    member database.Release (time: int64) (host: int) (held: int64) =
        database.With(Leases.release time host held now.Leases)

    /// Takes the buckets that nobody holds, and those of hosts whose leases have run out, which are fenced off; says
    /// since when they may have been quiet.
    member database.TakeBuckets (time: int64) (host: int) (buckets: int) : int64 option =
        let quiet, leases = Leases.takeBuckets time host buckets now.Leases
        database.With leases
        quiet

    member database.Give (time: int64) (host: int) (other: int) (buckets: int list) =
        database.With(Leases.give time host other buckets now.Leases)

    member database.Leave(host: int) =
        database.With(Leases.leave host now.Leases)

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
