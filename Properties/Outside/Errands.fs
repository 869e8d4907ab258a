/// What else a few people do to a host than to talk: they report each other, bring files, lose devices, play, come into
/// the house while others are told of it, and ask too often.
module Chat.Spec.Outside.Errands

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators

let private ann, bob, cid = person "ann", person "bob", person "cid"
let private dee, eve = person "dee", person "eve"
let private phone, desk = Palette.devices[0], Palette.devices[1]

/// With files, each known by who brings it and a number.
type FileDeed =
    /// Brings a file; under the same id with other bytes, if it is another.
    | Brings of PersonId * file: int * isOther: bool
    /// Says something with a file that somebody brought.
    | Attaches of PersonId * owner: PersonId * file: int
    /// Says something with one's own file, and says that it is longer than it is.
    | Stretches of PersonId * file: int
    /// Anything else in the conversation.
    | Talks of PersonId * Command

/// Of devices.
type DeviceDeed =
    | Speaks of PersonId
    | Revokes of PersonId * by: DeviceId * DeviceId
    | Returns of PersonId * DeviceId

/// Of the friend who comes in, and of those who may be told.
type NoticeDeed =
    | Befriends of PersonId
    | Ghosts of PersonId * bool
    | Mutes of PersonId * bool
    | Blocks of PersonId * bool
    | Hides of bool
    | Comes
    | Goes

/// What is asked too often.
type Flood =
    | OfDevice
    | OfPerson
    | OfQueries
    | OfMisses

[<RequireQualifiedAccess>]
type Errand =
    | Desk of PairTraces.Wish
    | File of FileDeed
    | Device of DeviceDeed
    | Notice of NoticeDeed
    /// A game of so many rounds; who goes, if anybody, once it has begun.
    | Game of name: string * deck: string * rounds: int * leaves: PersonId option
    | Flood of Flood

    override errand.ToString() =
        match errand with
        | Errand.Desk wish -> string wish
        | Errand.File(Brings(who, file, isOther)) ->
            $"{who} brings file {file}" + (if isOther then ", as another" else "")
        | Errand.File(Attaches(who, owner, file)) -> $"{who} sends file {file} of {owner}"
        | Errand.File(Stretches(who, file)) -> $"{who} sends file {file} as if it were longer"
        | Errand.File(Talks(who, command)) -> $"{who}: {command}"
        | Errand.Device(Speaks who) -> $"{who} says something"
        | Errand.Device(Revokes(who, by, device)) -> $"{who} revokes {device} from {by}"
        | Errand.Device(Returns(who, device)) -> $"{who} comes back with {device}, and a new token"
        | Errand.Notice Comes -> $"{ann} comes in"
        | Errand.Notice Goes -> $"{ann} goes, and stays away"
        | Errand.Notice(Hides isHidden) -> if isHidden then $"{ann} hides" else $"{ann} hides no more"
        | Errand.Notice deed -> $"{ann}: {deed}"
        | Errand.Game(name, deck, rounds, leaves) ->
            let goes =
                leaves |> Option.map (fun who -> $", and {who} goes") |> Option.defaultValue ""

            $"{rounds} rounds of {name} with {deck}{goes}"
        | Errand.Flood flood -> $"{ann} asks too often: {flood}"

/// Who does it, or whom it is about.
let whoOf errand =
    match errand with
    | Errand.Desk wish -> wish.Who
    | Errand.File(Brings(who, _, _))
    | Errand.File(Attaches(who, _, _))
    | Errand.File(Stretches(who, _))
    | Errand.File(Talks(who, _))
    | Errand.Device(Speaks who)
    | Errand.Device(Revokes(who, _, _))
    | Errand.Device(Returns(who, _)) -> who
    | Errand.Notice _
    | Errand.Game _
    | Errand.Flood _ -> ann

let private ofTrace (trace: PairTraces.Trace) = trace.Wishes

/// What is told to the staff is handled by people whom the host names, and none of these.
let private isOurs (wish: PairTraces.Wish) =
    match wish.Command with
    | :? Chat.Domain.Desks.Command.File as file -> file.To.HasValue && DeskTraces.canBeSaid file
    | :? Chat.Domain.Desks.Command as command ->
        DeskTraces.canBeSaid command && wish.Stream.Conversation <> DeskTraces.staff
    | :? Chat.Domain.Conversations.Command.Record -> false
    | _ -> wish.Stream.Conversation <> DeskTraces.staff

let private atDesk (wishes: PairTraces.Wish list) =
    wishes |> List.filter isOurs |> List.map Errand.Desk

let private reports: Gen<Errand list> = Gen.map (ofTrace >> atDesk) DeskTraces.trace

let private file: Gen<FileDeed> =
    let three = Gen.elements [ ann; bob; cid ]
    let number = Gen.choose (0, 2)
    let seq = Gen.choose (1, 5) |> Gen.map int64

    Gen.frequency
        [
            4, Gen.map3 (fun who file isOther -> Brings(who, file, isOther)) three number (Gen.elements [ false; true ])
            5, Gen.map2 (fun who file -> Attaches(who, who, file)) three number
            1, Gen.map3 (fun who owner file -> Attaches(who, owner, file)) three three number
            1, Gen.map2 (fun who file -> Stretches(who, file)) three number
            2, Gen.map2 (fun who seq -> Talks(who, Command.RedactMessage(seq, null))) three seq
            1, Gen.map (fun who -> Talks(ann, Command.Kick(who, null))) three
            1, Gen.map (fun who -> Talks(who, Command.Leave())) three
            2, Gen.map (fun who -> Talks(ann, Command.Invite(listing [ who ]))) three
            2, Gen.map (fun who -> Talks(who, Command.Join())) three
        ]

let private brought =
    [
        Brings(ann, 0, false)
        Brings(ann, 0, false)
        Brings(ann, 0, true)
        Attaches(ann, ann, 0)
        Attaches(bob, ann, 0)
        Stretches(ann, 0)
        Talks(ann, Command.Kick(bob, null))
        Brings(bob, 0, false)
        Talks(ann, Command.Invite(listing [ bob ]))
        Talks(bob, Command.Join())
        Brings(bob, 0, false)
        Attaches(bob, bob, 0)
        Attaches(ann, ann, 0)
        Talks(bob, Command.RedactMessage(2L, null))
        Talks(ann, Command.RedactMessage(1L, null))
    ]

let private device: Gen<DeviceDeed> =
    let which = Gen.elements Palette.devices

    Gen.frequency
        [
            5, Gen.elements [ ann; bob; bob ] |> Gen.map Speaks
            2, Gen.map2 (fun by device -> Revokes(ann, by, device)) which which
            2, Gen.map (fun device -> Returns(ann, device)) which
        ]

let private revoked =
    [
        Speaks bob
        Revokes(ann, desk, phone)
        Speaks bob
        Returns(ann, phone)
        Speaks bob
        Revokes(ann, phone, phone)
        Speaks bob
    ]

let private watching: Gen<NoticeDeed list> =
    let isSo = Gen.elements [ true; false ]
    let who = Gen.elements [ bob; cid; dee; eve ]

    let bar =
        Gen.frequency
            [
                3, Gen.map2 (fun who is -> Ghosts(who, is)) who isSo
                3, Gen.map2 (fun who is -> Mutes(who, is)) who isSo
                2, Gen.map2 (fun who is -> Blocks(who, is)) who isSo
                1, Gen.map Hides isSo
            ]

    gen {
        let! friends = Gen.subListOf [ bob; cid; dee; eve ]
        let! before = Gen.listOfLength 3 bar
        let! after = Gen.listOfLength 2 bar

        return
            List.map Befriends (List.ofSeq friends)
            @ before
            @ [ Comes; Goes ]
            @ after
            @ [ Comes ]
    }

let private watched =
    [
        Befriends bob
        Befriends cid
        Befriends dee
        Befriends eve
        Ghosts(cid, true)
        Mutes(dee, true)
        Blocks(eve, true)
        Comes
        Goes
        Ghosts(cid, false)
        Comes
    ]

let private games: Gen<Errand list> =
    gen {
        let! name, deck = Gen.elements [ "trivia", "kitchen-science"; "potluck", "potluck" ]
        let! leaves = Gen.elements [ None; None; Some bob; Some cid ]
        let! rounds = Gen.choose (1, 2)
        return [ Errand.Game(name, deck, rounds, leaves) ]
    }

let private floods =
    [ OfDevice; OfQueries; OfMisses; OfPerson ] |> List.map Errand.Flood

/// In which each rule of them bites.
let planned: Errand list list =
    [
        atDesk DeskTraces.planned
        List.map Errand.File brought
        List.map Errand.Device revoked
        [ Errand.Game("trivia", "kitchen-science", 1, None) ]
        List.map Errand.Notice watched
        floods
        [ Errand.Game("potluck", "potluck", 1, Some dee) ]
    ]

/// Others. Nobody is flooded twice, and who waits for half a minute does so seldom.
let errands: Gen<Errand list> =
    let some length deed =
        Gen.choose (1, length) |> Gen.bind (fun length -> Gen.listOfLength length deed)

    Gen.frequency
        [
            8, reports
            6, Gen.map (List.map Errand.File) (some 20 file)
            3, Gen.map (List.map Errand.Device) (some 8 device)
            2, games
            1, Gen.map (List.map Errand.Notice) watching
        ]
