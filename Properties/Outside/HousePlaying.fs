/// Plays a scenario in a house, one step after another, and judges each: what is answered, and what every device is
/// told of it.
module Chat.Spec.Outside.HousePlaying

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Rooms
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.RoomMoves
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.InHouse
open Chat.Spec.Outside.JudgingHouse

let private expected (stay: Stay) (asked: Asked) : Answer =
    let past = stay.Now.Past

    match asked.Command with
    | :? Bonding as command ->
        let between =
            past asked.Stream
            |> List.map (fun happened -> happened :?> Chat.Domain.Pairs.Event)

        match Pairs.decide asked.Who command between with
        | Pairs.Happens kind -> Happens [ asked.Stream, Orders.happened asked.Who command.Other kind :> AnyEvent ]
        | Pairs.AlreadySo -> AlreadySo
        | Pairs.Refused(code, rule) -> Refused(code, rule)
    | command -> RoomAnswers.decide asked.Who stay.Now.At asked.Stream command past

/// The request as the host is to have it: with the ids that it gave to rooms.
let private written (stay: Stay) (client: ClientId) (asked: Asked) : Ask =
    match asked.Command with
    | :? Bonding as command -> Ask.ChangePair(client, command)
    | :? Command.Light as light -> Ask.ChangeRoom(Nullable(), client, light)
    | :? Command as command ->
        Ask.ChangeRoom(Nullable(stay.Real(RoomId.Of asked.Stream.Id)), client, Records.written stay command)
    | :? Placing.Wave as wave ->
        let into = wave.Room |> Option.ofNullable |> Option.map stay.Real
        let wave = Placing.Wave(Option.toNullable into, wave.IsBuzz)
        Ask.ChangePlace(Nullable(PersonId.Of asked.Stream.Id), client, wave)
    | command -> Ask.ChangePlace(Nullable(), client, command :?> Placing)

let private askAsync (stay: Stay) (guest: Guest) client (asked: Asked) : Task<Result<unit, Refusal>> =
    task {
        let ask = written stay client asked

        match asked.Command with
        | :? Command ->
            let! _, answer = Asking.queryAsync guest.Device ask RoomAnswers.Receipt

            match asked.Command, answer with
            | (:? Command.Light), Ok receipt -> stay.Learn(RoomId.Of asked.Stream.Id, receipt.Room)
            | _ -> ()

            return Result.map ignore answer
        | _ ->
            let! _, answer = Asking.queryAsync guest.Device ask PairAnswers.Receipt
            return Result.map ignore answer
    }

/// Asks for the house, and holds it.
let private lookAsync (findings: Findings) (stay: Stay) (guest: Guest) : Task =
    task {
        let! _, answer = Asking.queryAsync guest.Device (Ask.House()) HouseAnswers.House

        match answer with
        | Ok house ->
            let wrongs = wrongHouse stay guest.Who house
            findings.Hold HostLaws.house wrongs.IsEmpty (fun () -> String.concat "; " wrongs)
            guest.IsStale <- false
            guest.Cards.Clear()

            for card in house.Rooms do
                let card = stay.CardOf card
                guest.Cards[card.Room] <- card
        | Error refusal -> findings.Hold HostLaws.house false (fun () -> $"{guest.Who} asked for the house: {refusal}")
    }

let private take (findings: Findings) (stay: Stay) (guest: Guest) (told: Told) =
    let wrongs = wrongOf stay guest.Who told
    findings.Hold HostLaws.house wrongs.IsEmpty (fun () -> String.concat "; " wrongs)

    match told with
    | Carded card -> guest.Cards[card.Room] <- card
    | Closed id -> guest.Cards.Remove id |> ignore
    | Anew -> guest.IsStale <- true
    | Viewed(view, _) -> guest.Versions[view.Room] <- view.Version
    | Recorded(talk, version, party) -> guest.Records[struct (talk.Value, version)] <- party
    | _ -> ()

/// Waits until everybody holds the house as the oracle shows it to them; what they are told meanwhile is judged.
let private settleAsync (findings: Findings) (stay: Stay) : Task =
    task {
        let mutable left = []
        let isOver () = findings.Wrongs.Length > 0

        let look () =
            task {
                for guest in stay.Guests do
                    let heard = guest.Device.Heard()

                    for one in List.skip guest.Taken heard do
                        take findings stay guest (toldOf stay one)

                    guest.Taken <- heard.Length

                    if guest.IsStale then
                        do! lookAsync findings stay guest

                left <- stay.Guests |> List.collect (Records.missing stay)
                return left.IsEmpty || isOver ()
            }

        let! _ = untilAsync (stay.Guests |> List.map _.Device) look

        if not (isOver ()) then
            findings.Hold HostLaws.house left.IsEmpty (fun () -> String.concat "; " left)
    }

let private count (findings: Findings) (expected: Answer) =
    match expected with
    | Refused(_, rule) -> findings.Count rule
    | Happens events ->
        for stream, happened in events do
            if stream.Kind <> StreamKind.Pair then
                findings.Count $"house.{happened.GetType().Name}"
    | AlreadySo -> ()

/// One step; one that the oracle does not expect is the last.
let private stepAsync (findings: Findings) (stay: Stay) (index: int) (asked: Asked) : Task =
    task {
        let guest = stay.Guests |> List.find (fun guest -> guest.Who = asked.Who)
        let expected = expected stay asked
        let! answer = askAsync stay guest (ClientId.Of $"h{index}") asked

        findings.Hold HostLaws.house (isAsExpected expected answer) (fun () ->
            $"{asked} was answered {answer}, and was to be {expected}")

        count findings expected

        stay.Happen(
            match expected with
            | Happens events -> events
            | _ -> []
        )

        do! settleAsync findings stay
    }

let private findAsync (findings: Findings) (stay: Stay) : Task =
    task {
        for guest in stay.Guests do
            do! lookAsync findings stay guest
            do! Records.findAsync findings stay guest

            for id in rooms do
                let! _, answer =
                    Asking.queryAsync guest.Device (Ask.Look(stay.Real id)) RoomAnswers.Looked

                let wrongs = wrongRoom stay guest.Who id answer
                findings.Hold HostLaws.house wrongs.IsEmpty (fun () -> String.concat "; " wrongs)
    }

/// Out of the room that one is in, by one's own wish.
let private leaveAsync (guest: Guest) : Task =
    task {
        let! _, answer = Asking.queryAsync guest.Device (Ask.House()) HouseAnswers.House

        match answer with
        | Ok house when house.Me.Room.HasValue ->
            let client = ClientId.Of(Guid.NewGuid().ToString "N")
            let leave = Ask.ChangeRoom(Nullable house.Me.Room.Value, client, Command.Leave())
            let! _ = Asking.queryAsync guest.Device leave RoomAnswers.Receipt
            ()
        | _ -> ()
    }

/// Everybody goes: nobody is in a room any more, and each is dark.
let private goAsync (findings: Findings) (stay: Stay) : Task =
    task {
        for guest in stay.Guests do
            do! leaveAsync guest
            let! _ = Asking.queryAsync guest.Device (Ask.Here(false, true)) HouseAnswers.Lease
            ()

        let mutable left = 0

        for guest in stay.Guests do
            let! _, answer = Asking.queryAsync guest.Device (Ask.House()) HouseAnswers.House

            match answer with
            | Ok house when house.Rooms.Count = 0 && not house.Me.Room.HasValue -> ()
            | _ -> left <- left + 1

        findings.Hold HostLaws.house (left = 0) (fun () -> $"{left} are still in a room, and all have gone")
    }

let private isFirst (stay: Stay) (asked: Asked) =
    not (asked.Command :? Command.Light)
    || (Rooms.story (RoomId.Of asked.Stream.Id) stay.Now.Past).IsEmpty

/// Plays what people do in a house, and judges it: what was found, and how many requests it took.
let judgedAsync (place: Place) (asks: Asked list) : Task<Findings * int> =
    task {
        let findings = Findings()
        let names = Renaming.Names(Guid.NewGuid().ToString("N").[..9])

        let guests =
            people
            |> List.map (fun who -> Guest(Device(place, names, who, Palette.devices[0])))

        let stay = Stay(guests, names)

        try
            for guest in guests do
                do! guest.Device.ConnectAsync()
                let! _ = Asking.queryAsync guest.Device (Ask.Here(false, false)) HouseAnswers.Lease
                do! lookAsync findings stay guest

            do! Records.beginAsync stay asks

            for index, asked in List.indexed asks do
                if findings.Wrongs.IsEmpty && isFirst stay asked then
                    do! stepAsync findings stay index asked

            if findings.Wrongs.IsEmpty then
                do! findAsync findings stay
                do! goAsync findings stay

            return findings, asks.Length
        finally
            for guest in guests do
                guest.Device.CloseAsync().Wait()
    }
