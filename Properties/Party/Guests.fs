/// Who comes to a party: people with friends in circles, and what is between some of them.
module Chat.Spec.Party.Guests

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle.Attended
open Chat.Spec.Simulation.Dice

type Guest(index: int, id: PersonId) =
    member _.Index = index
    member _.Id = id
    /// Their friends at first, by index.
    member val Friends: int array = [||] with get, set
    /// Whether somebody is at one of their devices.
    member val IsHere = false with get, set
    member val Word = IsHere with get, set
    /// Counts how often they came; what was begun before is not gone on with.
    member val Session = 0 with get, set
    member val Device = DeviceId.Of "phone" with get, set
    member val LeavesAt = 0L with get, set
    /// How many answers they wait for.
    member val Waits = 0 with get, set
    /// Where they knocked.
    member val Door: RoomId option = None with get, set
    /// The last word of each of their devices that a host heard, in milliseconds.
    member val Words = Dictionary<DeviceId, struct (int64 * Word)>()

let private circle = 30

let named (index: int) = PersonId.Of $"guest{index}"

/// The group of somebody's circle.
let groupOf (index: int) =
    ConversationId.Of $"circle{index / circle}"

let private groups (count: int) =
    [
        for some in List.chunkBySize circle [ 0 .. count - 1 ] do
            let stamp = Stamp(named some.Head, Instant 1_799_999_000_000L)
            let members = some |> List.map named |> listing

            let made: AnyEvent =
                Chat.Domain.Conversations.Event.Created(
                    stamp,
                    Chat.Domain.Conversations.ConversationKind.Group,
                    members,
                    null
                )

            StreamKey.Of(TenantId.Main, groupOf some.Head), [ made ]
    ]

/// Who is friends with whom: most of one's circle, some of the next, two of anywhere.
let private friendships (dice: Dice) (count: int) : (int * int) list =
    [
        for one in 0 .. count - 1 do
            let first = one / circle * circle

            for other in one + 1 .. min (count - 1) (first + circle - 1) do
                if dice.Chance 800 then
                    one, other

            for _ in 1..3 do
                let next = first + circle + dice.Below circle

                if next < count then
                    one, next

            for _ in 1..2 do
                let other = dice.Below count

                if other <> one then
                    min one other, max one other
    ]
    |> List.distinct

let private bonding (events: AnyStream) (by: PersonId) (command: AnyCommand) (facts: Facts) =
    let context = Context(by, DeviceId.Of "phone", Instant 1_799_999_000_000L)

    match ofEither (events.Decide(context, command, facts)) with
    | Ok decision -> List.ofSeq decision.Events
    | Error refusal -> failwith $"{refusal}"

/// What happened between two people before the party.
let private between (one: PersonId) (other: PersonId) : AnyEvent list =
    let fresh = Chat.Domain.Pairs.Pair.New
    let asked = bonding fresh one (Chat.Domain.Pairs.Command.Request other) Facts.Empty
    let after = fresh.Fold asked
    asked @ bonding after other (Chat.Domain.Pairs.Command.Accept one) Facts.Empty

/// The guests, and what happened in which streams before they came.
let invite (seed: uint64) (count: int) : Guest array * (StreamKey * AnyEvent list) list =
    let dice = Dice(seed ^^^ 0x9A97UL)
    let guests = Array.init count (fun index -> Guest(index, named index))
    let friends = Array.init count (fun _ -> List<int>())
    let hiding = Array.init count (fun _ -> List<AnyEvent>())

    let pairs =
        [
            for one, other in friendships dice count do
                friends[one].Add other
                friends[other].Add one

                for by, of' in [ one, other; other, one ] do
                    let stamp = Stamp(named by, Instant 1_799_999_500_000L)

                    if dice.Chance 40 then
                        hiding[by].Add(Chat.Domain.Places.Event.Ghosted(stamp, named of'))

                    if dice.Chance 40 then
                        hiding[by].Add(Chat.Domain.Places.Event.Muted(stamp, named of'))

                StreamKey.Of(TenantId.Main, named one, named other), between (named one) (named other)
        ]

    for guest in guests do
        guest.Friends <- friends[guest.Index].ToArray()

    let places =
        [
            for guest in guests do
                if hiding[guest.Index].Count > 0 then
                    StreamKey.Place(TenantId.Main, guest.Id), List.ofSeq hiding[guest.Index]
        ]

    guests, pairs @ places @ groups count
