/// A toy aggregate, for what conversations do not use yet: guards, further streams, what falls due, policies. Gates
/// open and close; a room is entered through an open gate; one moves from room to room; an alarm goes off; a bell
/// counts.
module Chat.Spec.Simulation.Toys

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec

type Wish =
    | Open
    | Close
    | Enter of gate: string
    | Move of room: string
    | Arm of at: int64
    | GoOff
    | Ring

type Fate =
    | Opened
    | Closed
    | Entered
    | Went of room: string
    | Came
    | Armed of at: int64
    | WentOff
    | Rang

type ToyCommand(wish: Wish) =
    inherit AnyCommand()
    member _.Wish = wish
    override this.``<Clone>$``() : AnyCommand = this
    override _.ToString() = $"{wish}"

type ToyEvent(stamp: Stamp, fate: Fate) =
    inherit AnyEvent(stamp)
    member _.Fate = fate
    override this.``<Clone>$``() : AnyEvent = this
    override _.ToString() = $"{fate} {stamp}"

    override this.Equals(other: objnull) =
        match other with
        | :? AnyEvent as event -> this.Equals event
        | _ -> false

    override this.Equals(other: AnyEvent | null) =
        match other with
        | :? ToyEvent as toy -> toy.Fate = fate && toy.Stamp.Equals this.Stamp
        | _ -> false

    override _.GetHashCode() = hash fate

/// What must be known of a foreign stream.
type ForeignKey(stream: StreamKey) =
    inherit AnyFactKey()
    member _.Stream = stream
    override this.``<Clone>$``() : AnyFactKey = this

    override this.Equals(other: objnull) =
        match other with
        | :? AnyFactKey as key -> this.Equals key
        | _ -> false

    override _.Equals(other: AnyFactKey | null) =
        match other with
        | :? ForeignKey as foreign -> foreign.Stream = stream
        | _ -> false

    override _.GetHashCode() = hash stream

type ToyState =
    {
        IsOpen: bool
        Inside: PersonId list
        AlarmAt: int64 option
        Rings: int
    }

/// A foreign stream at one of its versions.
type ForeignFact(version: int64, lastAt: Instant, state: ToyState) =
    inherit AnyFact()
    member _.Version = version
    member _.LastAt = lastAt
    member _.State = state
    override this.``<Clone>$``() : AnyFact = this

let bell = streamOf "toy-bell"

let initial =
    {
        IsOpen = false
        Inside = []
        AlarmAt = None
        Rings = 0
    }

let private nothing = right Decision.AlreadySo

let private happen (context: Context) fate further guards =
    let own = seqOf [ ToyEvent(context.Stamp, fate) :> AnyEvent ]
    right (Decision(own, seqOf further, seqOf guards))

let private foreign (facts: Facts) (id: string) =
    facts.Find<ForeignFact>(ForeignKey(streamOf id)) |> ofOption

let decide (context: Context) (command: ToyCommand) (state: ToyState) (facts: Facts) =
    let isInside = List.contains context.Person state.Inside

    match command.Wish with
    | Open when state.IsOpen -> nothing
    | Open -> happen context Opened [] []
    | Close when not state.IsOpen -> nothing
    | Close -> happen context Closed [] []
    | Enter _ when isInside -> nothing
    | Enter gate ->
        match foreign facts gate with
        | Some seen when seen.State.IsOpen -> happen context Entered [] [ Guard(streamOf gate, seen.Version) ]
        | _ -> left (Refusal.Forbidden(listing [ "gate.closed" ]))
    | Move _ when not isInside -> left (Refusal.NotAMember "room.not_inside")
    | Move room ->
        match foreign facts room with
        | Some seen ->
            // Time goes back in no stream, also in those that are written to besides.
            let stamp =
                Stamp(context.Person, Instant.Max(context.Now, seen.LastAt), context.OccurredAt)

            let came = struct (streamOf room, ToyEvent(stamp, Came) :> AnyEvent)
            happen context (Went room) [ came ] [ Guard(streamOf room, seen.Version) ]
        | None -> left (Refusal.NotFound "room.unknown")
    | Arm at when state.AlarmAt = Some at -> nothing
    | Arm at -> happen context (Armed at) [] []
    | GoOff ->
        match state.AlarmAt with
        | Some at when at <= context.Now.Milliseconds -> happen context WentOff [] []
        | _ -> nothing
    | Ring -> happen context Rang [] []

let evolve (state: ToyState) (happened: ToyEvent) =
    let others = List.except [ happened.By ] state.Inside

    match happened.Fate with
    | Opened -> { state with IsOpen = true }
    | Closed -> { state with IsOpen = false }
    | Entered
    | Came ->
        { state with
            Inside = happened.By :: others
        }
    | Went _ -> { state with Inside = others }
    | Armed at -> { state with AlarmAt = Some at }
    | WentOff -> { state with AlarmAt = None }
    | Rang -> { state with Rings = state.Rings + 1 }

let private needs (command: ToyCommand) : LanguageExt.Seq<AnyFactKey> =
    match command.Wish with
    | Enter stream
    | Move stream -> seqOf [ ForeignKey(streamOf stream) :> AnyFactKey ]
    | _ -> seqOf []

let private due (state: ToyState) =
    state.AlarmAt
    |> Option.map (fun at -> struct (Instant at, ToyCommand GoOff :> AnyCommand))
    |> toOption

/// Whoever opens a gate rings the bell, through a policy.
let private react (happened: ToyEvent) =
    match happened.Fate with
    | Opened -> seqOf [ struct (bell, ToyCommand Ring :> AnyCommand) ]
    | _ -> seqOf []

let decider: Decider<ToyState, ToyCommand, ToyEvent> =
    Decider(
        initial,
        Func<_, _, _, _>(fun _ command _ -> needs command),
        Func<_, _, _, _, _>(decide),
        Func<_, _, _>(evolve),
        Func<_, _, _, _>(fun facts _ _ -> facts),
        Func<_, _>(due),
        Func<_, _, _, _>(fun _ _ (marks: Marks) -> right marks),
        Func<_, _>(react)
    )

let fresh: AnyStream =
    Stream<ToyState, ToyCommand, ToyEvent>(decider, initial, 0L, Instant 0L)
