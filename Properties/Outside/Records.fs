/// Records of parties: the conversations of two in which they are to stand, and what those who are in them find there.
module Chat.Spec.Outside.Records

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Rooms
open Chat.Domain.Views
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.InHouse

type private Wish = Chat.Domain.Rooms.Command
type private Kept = Chat.Domain.Conversations.Event
type private Saying = Chat.Domain.Conversations.Command

/// What somebody wants of a room, with the conversation as the host knows it.
let written (stay: Stay) (command: Wish) : Wish =
    match command with
    | :? Wish.Keep as keep when keep.Into.HasValue -> Wish.Keep(Nullable(stay.RealTalk keep.Into.Value))
    | other -> other

/// The conversations of two in which somebody wants a record, and whose they are.
let private wanted (asks: RoomScenes.Asked list) =
    let into =
        asks
        |> List.choose (fun asked ->
            match asked.Command with
            | :? Wish.Keep as keep -> Option.ofNullable keep.Into
            | _ -> None)

    [
        for one in RoomScenes.people do
            for other in RoomScenes.people do
                let direct = (StreamKey.Of(TenantId.Main, one, other)).Direct

                if one.CompareTo other < 0 && List.contains direct.Conversation into then
                    one, other, direct
    ]

/// Begins the conversations in which records are to stand.
let beginAsync (stay: Stay) (asks: RoomScenes.Asked list) : Task =
    task {
        for one, other, direct in wanted asks do
            let guest = stay.Guests |> List.find (fun guest -> guest.Who = one)
            let create = Saying.Create(ConversationKind.Direct, listing [ other ], null)
            let ask = Ask.Change(Nullable(), ClientId.Of $"t-{other}", create)
            let! _, answer = Asking.queryAsync guest.Device ask Decoding.Receipt

            match answer with
            | Ok _ -> ()
            | Error refusal -> failwith $"{one} could not begin to talk with {other}: {refusal}"

            stay.Begin(direct.Conversation, one, other)

            let made =
                Kept.Created(Stamp(one, stay.Now.At), ConversationKind.Direct, listing [ one; other ], null)

            stay.Happen [ direct, made ]
    }

/// What of a record can be compared: not when it was.
let private comparable (party: Party) =
    let people = [ for one in party.People -> one.Person ] |> List.sortBy _.Value

    let isInOrder =
        party.People
        |> Seq.forall (fun one -> one.From.Milliseconds <= one.Until.Milliseconds)

    party.Name, people, isInOrder, [ for game in party.Games -> game.Game, game.IsFinished ]

let private expected (stay: Stay) (talk: Talk) =
    stay.Now.Past(StreamKey.Of(TenantId.Main, talk.Id))
    |> List.choose (fun happened ->
        match happened with
        | :? Kept.Partied as partied -> Some(comparable partied.Party)
        | _ -> None)

let private differ (stay: Stay) (talk: Talk) (what: string) (found: Party list) =
    Law.differ what (expected stay talk) (List.map comparable found)

/// What somebody does not know yet of the house, or of records, though they listen.
let missing (stay: Stay) (guest: Guest) : string list =
    [
        yield! JudgingHouse.missing stay guest

        for talk in stay.Talks do
            if List.contains guest.Who talk.People then
                yield! differ stay talk $"the records that {guest.Who} was told of" (guest.RecordsIn talk.Id)
            else
                yield! Law.differ $"the records that {guest.Who} was told of" [] (guest.RecordsIn talk.Id)
    ]

/// What somebody finds of records in each conversation; who is not in it finds none.
let findAsync (findings: Findings) (stay: Stay) (guest: Guest) : Task =
    task {
        for talk in stay.Talks do
            let ask = Ask.History(stay.RealTalk talk.Id, Anchor.Before, Requests.MaxNumber, 50)
            let! _, answer = Asking.queryAsync guest.Device ask Decoding.History

            let wrongs =
                match answer with
                | Ok page when List.contains guest.Who talk.People ->
                    [
                        for line in page.Lines do
                            match line.Event with
                            | :? Kept.Partied as partied -> partied.Party
                            | _ -> ()
                    ]
                    |> differ stay talk $"the records that {guest.Who} finds"
                | Error refusal when ruleOf refusal = "conversation.unknown" ->
                    Law.wrongIf (List.contains guest.Who talk.People) $"{guest.Who} found {refusal}"
                | _ -> [ $"{guest.Who} read what two others say to each other" ]

            findings.Hold HostLaws.records wrongs.IsEmpty (fun () -> String.concat "; " wrongs)
    }
