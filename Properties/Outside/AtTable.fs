/// A game in a room, from its offer to its end: the log proves it, each is told what the log says that they may see at
/// each moment, and nobody else is told of it.
module Chat.Spec.Outside.AtTable

open System
open System.Collections.Generic
open System.Diagnostics
open System.Security.Cryptography
open System.Text
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Rooms
open Chat.Domain.Games
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Visit

type private Wish = Chat.Domain.Games.Command

let private players = [ "ann"; "bob"; "cid"; "dee" ] |> List.map person
let private outsider = person "eve"

/// How long a game may take.
let private longest = TimeSpan.FromSeconds 100.

/// How long until a device looks at what it was told again.
let private pause = TimeSpan.FromMilliseconds 20.

/// A game under way. What is sealed and proved is about people as the host knows them.
type private Evening(visit: Visit, room: RoomId) =
    let drawn =
        dict [ for who in players -> who, Bits256.Of(RandomNumberGenerator.GetBytes 32) ]

    member _.Room = room
    member val Gone = HashSet<string>()
    /// What was done, so that nobody does it twice.
    member val Done = HashSet<string>()

    member _.Seal(who: PersonId) =
        let place = Chat.Domain.Deciding.StreamKey.Of(TenantId.Main, room)
        Sealing.Seal(string place, 1L, visit.Names.Out who, drawn[who])

    member _.Drawn(who: PersonId) = drawn[who]

/// Each view of the table that a device was told, with the bytes that told it.
let private viewsOf (visit: Visit) (device: Device) : (TableView * byte[]) list =
    device.Heard()
    |> List.choose (fun heard ->
        match heard.Sort, heard.Area with
        | "evt", "room" ->
            let said = visit.Names.Out heard.Said

            match Codecs.ours.Read said with
            | Ok fields when not (isNull fields["view"]) ->
                Option.ofObj (RoomAnswers.View fields).Table
                |> Option.map (fun table -> table, said)
            | _ -> None
        | _ -> None)

let private play (evening: Evening) (visit: Visit) (who: PersonId) (what: Wish) =
    visit.AskAsync who (Ask.Play(evening.Room, visit.ClientId(), what)) RoomAnswers.Receipt

let private mustAsync evening (visit: Visit) who what : Task =
    task {
        let! answer = play evening visit who what
        visit.Hold $"{who} at the table: {what}" "accepted" (told answer)
    }

/// What somebody does next by what they see, with a name for the moment.
let private next (visit: Visit) (evening: Evening) (who: PersonId) (table: TableView) : (string * Wish) option =
    let me = visit.Names.Out who

    match table.Phase, table.Play with
    | _ when not (table.Seats |> Seq.contains me) -> None
    | Phase.Unsealing, _ when not (table.Shown |> Seq.contains me) -> Some("unseal", Wish.Unseal(evening.Drawn who))
    | Phase.Playing, (:? Trivia.View as view) when view.Stage = Trivia.Stage.Open && not view.Mine.HasValue ->
        Some($"answer {view.Number}", Wish.Make(Trivia.Move.Answer(int who.Value[0] % 4)))
    | Phase.Playing, (:? Potluck.View as view) when
        view.Judge = Nullable me && view.Table.Count > 0 && not view.Pick.HasValue
        ->
        Some($"pick {view.Number}", Wish.Make(Potluck.Move.Pick 0))
    | Phase.Playing, (:? Potluck.View as view) when
        view.Judge <> Nullable me
        && not view.Mine.HasValue
        && view.Hand.Count > 0
        && not view.Pick.HasValue
        ->
        Some($"put {view.Number}", Wish.Make(Potluck.Move.Put (view.Hand[0]).Number))
    | _ -> None

/// Everybody does what there is to do by what they were told, until it is over.
let private playOutAsync (visit: Visit) (evening: Evening) (leaves: PersonId option) : Task<bool> =
    task {
        let clock = Stopwatch.StartNew()
        let mutable isOver = false

        while not isOver && visit.IsRight && clock.Elapsed < longest do
            for who in players do
                if not (evening.Gone.Contains who.Value) then
                    do! (visit.Of who).ArrivedAsync()

                    match List.tryLast (viewsOf visit (visit.Of who)) with
                    | Some(table, _) when table.Phase = Phase.Over -> isOver <- true
                    | Some(table, _) when leaves = Some who && table.Phase = Phase.Playing ->
                        evening.Gone.Add who.Value |> ignore

                        do!
                            visit.MustAsync
                                who
                                (Ask.ChangeRoom(Nullable evening.Room, visit.ClientId(), Command.Leave()))

                        visit.Findings.Count "game.left"
                    | Some(table, _) ->
                        match next visit evening who table with
                        | Some(moment, wish) when evening.Done.Add $"{who} {moment}" ->
                            // Time may be up by then.
                            let! _ = play evening visit who wish
                            ()
                        | _ -> ()
                    | None -> ()

            if not isOver then
                do! Task.Delay pause

        return isOver
    }

/// All states of the table by the log.
let private statesOf (log: LogEntry list) =
    log
    |> List.scan (fun (state: State) (one: LogEntry) -> Playing.Table.Evolve(state, one.Entry)) State.Initial

let private judgeTold (visit: Visit) (log: LogEntry list) (who: PersonId) =
    let states = statesOf log |> Array.ofList
    let me = Nullable(visit.Names.Out who)

    let secret =
        match (List.head log).Entry.What with
        | :? Event.Offered as offered -> string offered.Secret.Value.Value
        | _ -> "a game begins with its offer"

    for table, said in viewsOf visit (visit.Of who) do
        if table.Number = 1L && int table.Index < states.Length then
            visit.Findings.Count "game.told"
            let expected = Playing.Table.View(states[int table.Index], me)

            visit.Findings.Hold HostLaws.games (expected = table) (fun () ->
                $"{who} was told at {table.Index} of the table {table}, and may see {expected}")

            let isTold =
                (Encoding.UTF8.GetString said).Contains(secret, StringComparison.Ordinal)

            visit.Hold $"{who} is told the secret at {table.Index}" (table.Phase = Phase.Over) isTold

let private judgeLogAsync (visit: Visit) (evening: Evening) : Task =
    task {
        let device = visit.Of players[0]
        let! _, bytes = device.AskAsync(Codecs.ours.Ask(Ask.GameLog evening.Room))

        let answer =
            Decoding.Answer(ReadOnlyMemory(visit.Names.Out bytes), TableData.Log)
            |> ofEither

        match answer with
        | Error refusal -> visit.Hold "the log of the game" "accepted" refusal.Code
        | Ok(struct (log, verdict)) ->
            let ended = viewsOf visit device |> List.last |> fst |> _.Ended |> nonNull
            visit.Hold "what the log proves" (Verdict.Sound ended.Scores :> Verdict) verdict

            for who in players do
                let links =
                    viewsOf visit (visit.Of who)
                    |> List.map (fun (table, _) -> Seen(table.Index, table.Link))
                    |> List.filter (fun seen -> seen.Index > 0L)

                let proved = Playing.Table.Verify(log, ReadOnlySpan(Array.ofList links))
                visit.Hold $"what it proves to {who}, who kept its links" (Verdict.Sound ended.Scores :> Verdict) proved
                judgeTold visit (List.ofSeq log) who

            visit.Findings.Count "game.ended"

        let! answer = visit.AskAsync outsider (Ask.GameLog evening.Room) id
        visit.Hold "the log, to who is not inside" "not_found room.not_inside" (told answer)
        visit.Hold "what who is not inside hears of it" 0 (viewsOf visit (visit.Of outsider)).Length
    }

let private lightAsync (visit: Visit) : Task<Evening> =
    task {
        for who in players do
            do! visit.MustAsync who (Ask.Here(false, false))

        for who in List.tail players do
            do! visit.BefriendAsync players[0] who

        let light = Command.Light(valid (RoomName.Create "den"), false, listing [], 8)

        let! lit =
            visit.AskAsync players[0] (Ask.ChangeRoom(Nullable(), visit.ClientId(), light)) RoomAnswers.Receipt

        match lit with
        | Ok receipt ->
            for who in List.tail players do
                do! visit.MustAsync who (Ask.ChangeRoom(Nullable receipt.Room, visit.ClientId(), Command.Enter()))

            return Evening(visit, receipt.Room)
        | Error refusal -> return failwith $"there is no room to play in: {refusal}"
    }

/// What it came to, and how many requests it took.
let judgedAsync (place: Place) (game: string) (deck: string) (rounds: int) (leaves: PersonId option) =
    visitAsync place HostLaws.games (players @ [ outsider ]) (fun visit ->
        task {
            let! evening = lightAsync visit
            do! mustAsync evening visit players[0] (Wish.Offer(game, deck, rounds))

            for who in players do
                do! mustAsync evening visit who (Wish.Sit(Nullable(evening.Seal who)))

            do! mustAsync evening visit players[0] (Wish.Begin())
            let! isOver = playOutAsync visit evening leaves
            visit.Hold "the game ends" true isOver

            if visit.IsRight then
                do! judgeLogAsync visit evening
        })
