/// The record of a party: who must have wanted it, what it says, who learns of the wish, and that it holds nobody up.
module Chat.Spec.Laws.KeepsakeLaws

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Rooms
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.RoomScenes
open Chat.Spec.Oracle
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.RoomRunning
open Chat.Spec.Laws.RoomWorlds

type private Talk = Chat.Domain.Conversations.Event

/// Each record that was written: the step, the conversation, the record, and the room that went dark.
let private records (house: House) (trace: Trace) =
    [
        for one in run house trace do
            for recorded in one.Made do
                match recorded.Event with
                | :? Talk.Partied as partied ->
                    let dark =
                        one.Made
                        |> List.filter (fun made -> made.Stream.Kind = StreamKind.Room && made.Event :? Event.Left)
                        |> List.map (fun made -> RoomId.Of made.Stream.Id)

                    one, recorded.Stream.Conversation, partied, dark
                | _ -> ()
    ]

let private isMember (conversation: ConversationId) who (past: Rooms.Past) =
    Past.isMember who (Keepsakes.talk conversation past)

/// What somebody wants, as they said it last.
let private wants who (room: Rooms.Story) =
    room
    |> List.rev
    |> List.tryPick (fun happened ->
        match happened with
        | :? Event.KeepSet as set when set.By = who -> Some(Option.ofNullable set.Into)
        | _ -> None)
    |> Option.flatten

let agreed: Law<House, Trace> =
    law "a record is written only where everybody who was there wanted it there" (fun house trace ->
        [
            for one, conversation, _, dark in records house trace do
                match dark with
                | [ id ] ->
                    let room = Rooms.story id (pastOf one.After)
                    yield! wrongIf (not (Rooms.inside room).IsEmpty) $"{one}: {id} is still lit"

                    for who in Keepsakes.everInside room do
                        yield! wrongIf (wants who room <> Some conversation) $"{one}: {who} did not want it"

                        yield!
                            wrongIf
                                (not (isMember conversation who (pastOf one.Before)))
                                $"{one}: {who} is not in {conversation}"
                | many -> yield $"{one}: a record, and {many.Length} rooms were left"
        ])

let exact: Law<House, Trace> =
    law "a record says exactly who was there, when, and what was played" (fun house trace ->
        [
            for one, _, partied, dark in records house trace do
                for id in dark do
                    let room = Rooms.story id (pastOf one.After)
                    let lit = (Rooms.lit room).Value

                    let times who (isOf: Event -> bool) =
                        room
                        |> List.filter isOf
                        |> List.filter (fun happened -> Rooms.isAbout who happened)
                        |> List.map _.At.Milliseconds

                    let isComing (happened: Event) =
                        happened :? Event.Lit || happened :? Event.Entered

                    let isGoing (happened: Event) =
                        happened :? Event.Left || happened :? Event.Expelled

                    let there =
                        Keepsakes.everInside room
                        |> List.map (fun who ->
                            string who, List.min (times who isComing), List.max (times who isGoing))
                        |> Set

                    let games =
                        room
                        |> List.choose (fun happened ->
                            match happened with
                            | :? Event.Played as played ->
                                match played.What with
                                | :? Chat.Domain.Games.Event.Ended as ended when ended.Scores.Count > 0 ->
                                    Some(ended.Scores)
                                | _ -> None
                            | _ -> None)

                    let said =
                        partied.Party.People
                        |> Seq.map (fun who -> string who.Person, who.From.Milliseconds, who.Until.Milliseconds)
                        |> Set

                    yield! differ $"{one}: who was there" there said
                    yield! differ $"{one}: how many were there" there.Count partied.Party.People.Count
                    yield! differ $"{one}: the room" (lit.Name, lit.At) (partied.Party.Name, partied.Party.From)
                    yield! differ $"{one}: until when" one.Now partied.Party.Until
                    yield! differ $"{one}: the scores" games (partied.Party.Games |> Seq.map _.Scores |> List.ofSeq)
        ])

let goes: Law<House, Trace> =
    law "nobody is kept from going by a record" (fun house trace ->
        [
            for one in run house trace do
                match one.Asked.Command with
                | :? Command.Leave ->
                    yield! wrongIf (one.Reply :? Reply.Refused) $"{one}: {one.Reply}"
                    let room = Rooms.story (RoomId.Of one.Asked.Stream.Id) (pastOf one.After)
                    yield! wrongIf (Rooms.isInside one.Asked.Who room) $"{one}: is still inside"
                | _ -> ()
        ])

/// Who was inside when somebody wished for it, and in the conversation.
let private wasAsked who (id: RoomId) (conversation: ConversationId) (runs: Done list) =
    runs
    |> List.exists (fun one ->
        one.Made
        |> List.exists (fun made ->
            match made.Event with
            | :? Event.KeepSet as set ->
                made.Stream = Rooms.roomOf id
                && set.Into = Nullable conversation
                && Rooms.isInside who (Rooms.story id (pastOf one.Before))
                && isMember conversation who (pastOf one.Before)
            | _ -> false))

let private refusals (house: House) (world: World) now id who =
    KeepsakeTraces.conversations
    |> List.map (fun into ->
        match decideIn world who now (Rooms.roomOf id) (Command.Keep(Nullable into)) with
        | Ok _ -> into, "ok"
        | Error refusal -> into, $"{refusal}")

let secret: Law<House, Trace> =
    law "nobody learns of a wished record who was in no such conversation" (fun house trace ->
        let runs = run house trace

        [
            for count, one in List.indexed runs do
                if one.Made |> List.exists (fun made -> made.Stream.Kind = StreamKind.Room) then
                    let world = worldOf house one.After
                    let past = pastOf one.After

                    for id in rooms do
                        let state = roomIn world id

                        match Option.ofObj state.Wish with
                        | None -> ()
                        | Some wish ->
                            let blank = putting (Rooms.roomOf id) (Otherwise.Room(state, wish = null)) world

                            for who in List.ofSeq state.Inside do
                                if not (wasAsked who id wish.Into (List.truncate (count + 1) runs)) then
                                    let shown = viewIn house world who id one.Now
                                    yield! differ $"{who}'s {id} after {one}" (viewIn house blank who id one.Now) shown

                                    // What they are not in, they are refused in the same words, whatever is wished for.
                                    let isOthers (into, _) = not (isMember into who past)

                                    let answers world =
                                        refusals house world one.Now id who |> List.filter isOthers

                                    yield! differ $"what {who} is told in {id}" (answers blank) (answers world)
        ])

/// How often there was a record, and how often none though all wanted it.
let exercised (runs: Done list) : Map<string, int> =
    [
        for one in runs do
            for made in one.Made do
                match made.Event with
                | :? Talk.Partied as partied ->
                    yield "a record"

                    if partied.Party.Games.Count > 0 then
                        yield "a record of games"

                    if one.Asked.Command :? Command.Enter || one.Asked.Command :? Command.Light then
                        yield "a record on going elsewhere"

                    if partied.Party.Games |> Seq.exists _.IsFinished then
                        yield "a game that was finished"

                    if made.Stream.Id.StartsWith 'd' then
                        yield "a record of two"
                | :? Event.Left as left ->
                    let room = Rooms.story (RoomId.Of made.Stream.Id) (pastOf one.Before)
                    let isLast = Rooms.inside room = [ left.By ]

                    let isWantedByAll agreed =
                        List.isEmpty (List.except agreed (Keepsakes.everInside room))

                    match Keepsakes.wish room with
                    | Some(_, _, agreed) when isLast && isWantedByAll agreed ->
                        if one.Made |> List.exists (fun made -> made.Event :? Talk.Partied) |> not then
                            yield "not taken"
                    | Some _ -> yield "not wanted by all"
                    | None -> ()
                | _ -> ()

            match one.Asked.Command, one.Reply with
            | (:? Command.Keep), (:? Reply.Refused as refused) -> yield ruleOf refused.Refusal
            | _ -> ()
    ]
    |> List.countBy id
    |> Map
