/// Leases as rows of the database, and whose each bucket is: by the database's clock, as the host's statements have it.
module Chat.Spec.Cluster.Leases

/// How long a lease holds, in milliseconds.
let leaseLength = 10_000L

type HostRow =
    {
        Epoch: int64
        Until: int64
        /// Which process of the host has it.
        Process: int
        IsLeaving: bool
    }

type Leases =
    {
        Hosts: Map<int, HostRow>
        Buckets: Map<int, int>
    }

let none =
    {
        Hosts = Map.empty
        Buckets = Map.empty
    }

let private withHost host row leases =
    { leases with
        Hosts = leases.Hosts.Add(host, row)
    }

let private runs time host leases =
    match leases.Hosts.TryFind host with
    | Some row -> row.Until > time
    | None -> false

/// The lease of a host whose name nobody holds, or that this process of it holds without knowing, or whose holder is
/// known to be gone: its epoch; none where it runs. With it come the buckets that were nobody's yet.
let take
    (time: int64)
    (host: int)
    (from: int)
    (isSole: bool)
    (buckets: int)
    (leases: Leases)
    : (int64 * Leases) option =
    let before = leases.Hosts.TryFind host
    let isOwn = before |> Option.exists (fun row -> row.Process = from)

    if runs time host leases && not isOwn && not isSole then
        None
    else
        let row =
            {
                Epoch = 1L + Option.fold (fun _ row -> row.Epoch) 0L before
                Until = time + leaseLength
                Process = from
                IsLeaving = false
            }

        let free =
            [ 0 .. buckets - 1 ]
            |> List.filter (fun bucket -> not (leases.Buckets.ContainsKey bucket))

        let taken = withHost host row leases

        Some(
            row.Epoch,
            { taken with
                Buckets = free |> List.fold (fun all bucket -> Map.add bucket host all) taken.Buckets
            }
        )

/// Longer; none if it is another's by now.
let renew (time: int64) (host: int) (held: int64) (leases: Leases) : Leases option =
    match leases.Hosts.TryFind host with
    | Some row when row.Epoch = held -> Some(withHost host { row with Until = time + leaseLength } leases)
    | _ -> None

let release (time: int64) (host: int) (held: int64) (leases: Leases) : Leases =
    match leases.Hosts.TryFind host with
    | Some row when row.Epoch = held -> withHost host { row with Until = time } leases
    | _ -> leases

/// With the buckets that nobody holds, and those of hosts whose leases have run out, which are fenced off; and since
/// when they may have been quiet.
let takeBuckets (time: int64) (host: int) (buckets: int) (leases: Leases) : int64 option * Leases =
    let free =
        [ 0 .. buckets - 1 ]
        |> List.filter (fun bucket ->
            match leases.Buckets.TryFind bucket with
            | Some owner -> owner <> host && not (runs time owner leases)
            | None -> true)

    let before = free |> List.choose leases.Buckets.TryFind |> List.distinct
    let quiet = before |> List.choose leases.Hosts.TryFind |> List.map _.Until

    let fenced =
        before
        |> List.fold
            (fun all other ->
                let row = all.Hosts[other]
                withHost other { row with Epoch = row.Epoch + 1L } all)
            leases

    let taken =
        { fenced with
            Buckets = free |> List.fold (fun all bucket -> Map.add bucket host all) fenced.Buckets
        }

    (if free.IsEmpty then
         None
     else
         Some(List.fold min time quiet)),
    taken

/// Of each host whose lease runs, whether it is about to stop, and what it owns.
let living (time: int64) (leases: Leases) : (int * bool * int list) list =
    [
        for KeyValue(host, row) in leases.Hosts do
            if row.Until > time then
                host,
                row.IsLeaving,
                [
                    for KeyValue(bucket, owner) in leases.Buckets do
                        if owner = host then
                            bucket
                ]
    ]

/// Gives buckets of one host to another, if they are its own and the other's lease runs.
let give (time: int64) (host: int) (other: int) (buckets: int list) (leases: Leases) : Leases =
    match leases.Hosts.TryFind other with
    | Some row when row.Until > time && not row.IsLeaving ->
        let own =
            buckets |> List.filter (fun bucket -> leases.Buckets.TryFind bucket = Some host)

        { leases with
            Buckets = own |> List.fold (fun all bucket -> Map.add bucket other all) leases.Buckets
        }
    | _ -> leases

let leave (host: int) (leases: Leases) : Leases =
    match leases.Hosts.TryFind host with
    | Some row -> withHost host { row with IsLeaving = true } leases
    | None -> leases
