/// Scenarios in a house.
module Chat.Spec.Outside.Dwelling

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Outside.Scenario

type private Wish = Chat.Domain.Rooms.Command
type private Bond = Chat.Domain.Pairs.Command

/// What hosts know of rooms by themselves, and what takes them long, is nothing of a scenario.
let private dwellings (asks: RoomScenes.Asked list) : Step list =
    let isOfScenario (asked: RoomScenes.Asked) =
        match asked.Command with
        | :? Wish.Play
        | :? Wish.Elapse -> false
        | :? Wish.Light as light -> light.Capacity >= 2 && light.Capacity <= 16
        | _ -> true

    // A second wave within ten seconds waits until they are over.
    let isAgain (one: RoomScenes.Asked) (other: RoomScenes.Asked) =
        let isWave (asked: RoomScenes.Asked) =
            asked.Command :? Chat.Domain.Places.Command.Wave

        isWave one && isWave other && (one.Who, one.Stream) = (other.Who, other.Stream)

    asks
    |> List.filter isOfScenario
    |> List.fold
        (fun sofar asked ->
            if sofar |> List.exists (isAgain asked) then
                sofar
            else
                asked :: sofar)
        []
    |> List.rev
    |> List.map Dwell

/// People who light rooms, come and go, lock and knock, wave each other over and hide from each other.
let house: Gen<Scenario> =
    RoomTraces.trace
    |> Gen.map (fun trace ->
        {
            Steps = dwellings trace.Asks
            IsConcurrent = false
        })

let private ann, bob, cid =
    RoomScenes.people[0], RoomScenes.people[1], RoomScenes.people[2]

let private r1, r2, r3 =
    RoomScenes.rooms[0], RoomScenes.rooms[1], RoomScenes.rooms[2]

let private room who id (command: Wish) = RoomScenes.inRoom 0L who id command

let private light who id capacity =
    let name = valid (RoomName.Create "porch")
    room who id (Wish.Light(name, false, listing [], capacity))

let private enter who id = room who id (Wish.Enter())

let private leave who id = room who id (Wish.Leave())

let private between who whom (command: Bond) = RoomScenes.bond 0L who whom command

let private friends one other =
    [ between one other (Bond.Request other); between other one (Bond.Accept one) ]

/// Two who have a friend in common are in one's sight, and one blocks the other.
let private inSilence =
    friends ann cid
    @ friends bob cid
    @ [
        light bob r1 8
        enter cid r1
        between bob ann (Bond.Block ann)
        enter ann r1
        room ann r1 (Wish.Knock())
        room cid r1 (Wish.Admit ann)
        between bob ann (Bond.Unblock ann)
        enter ann r1
        between ann bob (Bond.Block bob)
        leave bob r1
    ]

/// Somebody knocks, comes, is put out.
let private atTheDoor =
    let place who (command: Chat.Domain.Places.Command) = RoomScenes.inPlace 0L who command

    friends ann bob
    @ friends bob cid
    @ [
        light ann r1 2
        room ann r1 (Wish.Lock())
        enter bob r1
        room bob r1 (Wish.Knock())
        room ann r1 (Wish.Admit bob)
        enter bob r1
        room cid r1 (Wish.Knock())
        room ann r1 (Wish.Admit cid)
        enter cid r1
        room ann r1 (Wish.Expel bob)
        enter bob r1
        place ann (Chat.Domain.Places.Command.Ghost bob)
        light ann r2 8
        place ann (Chat.Domain.Places.Command.Unghost bob)
    ]

/// Not all want a record; all do; somebody comes who is in no such conversation.
let private recorded =
    let direct = (StreamKey.Of(TenantId.Main, ann, bob)).Direct.Conversation

    let keep who id =
        room who id (Wish.Keep(System.Nullable direct))

    friends ann bob
    @ friends bob cid
    @ friends ann cid
    @ [
        light ann r1 8
        enter bob r1
        keep ann r1
        leave ann r1
        leave bob r1
        light ann r2 8
        enter bob r2
        keep ann r2
        keep bob r2
        room bob r2 (Wish.Say RoomScenes.words[0])
        leave ann r2
        leave bob r2
        light bob r3 8
        enter cid r3
        keep cid r3
        keep bob r3
        leave cid r3
        leave bob r3
    ]

/// What comes later is played later: none of those before may come to stand elsewhere.
let plannedInHouse: Scenario list =
    [ inSilence; atTheDoor; recorded ]
    |> List.map (fun asks ->
        {
            Steps = List.map Dwell asks
            IsConcurrent = false
        })

/// People who open and close themselves, meet and part, say something and read it. What has no word on the wire is not
/// said there.
let discreet: Gen<Scenario> =
    let isSayable (said: System.Nullable<Chat.Domain.People.Openness>) =
        not said.HasValue || System.Enum.IsDefined said.Value

    PrivacyScenes.scene
    |> Gen.map (fun deeds ->
        let deeds =
            deeds
            |> List.filter (fun deed ->
                match deed with
                | Oracle.Privacy.Keeps(_, said) ->
                    [ said.Messages; said.Invites; said.Find; said.Presence; said.Receipts ]
                    |> List.forall isSayable
                | _ -> true)

        {
            Steps = List.map Keep deeds
            IsConcurrent = false
        })

/// What people keep to themselves, where that is what a scenario is of.
let kept (scenario: Scenario) : Oracle.Privacy.Deed list option =
    let deeds =
        scenario.Steps
        |> List.choose (fun step ->
            match step with
            | Keep deed -> Some deed
            | _ -> None)

    if deeds.IsEmpty then None else Some deeds

/// What people do in a house, where that is what a scenario is of.
let inHouse (scenario: Scenario) : RoomScenes.Asked list option =
    let asks =
        scenario.Steps
        |> List.choose (fun step ->
            match step with
            | Dwell asked -> Some asked
            | _ -> None)

    if asks.IsEmpty then None else Some asks
