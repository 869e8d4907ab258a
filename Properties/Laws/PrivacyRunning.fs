/// Goes through scenes of people who keep something to themselves: what the domain makes of each step.
module Chat.Spec.Laws.PrivacyRunning

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Committing
open Chat.Domain.Notices
open Chat.Domain.People
open Chat.Domain.Presences
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Generators.PrivacyScenes
open Chat.Spec.Oracle.Privacy
open Chat.Spec.Laws.Running

type Self = Chat.Domain.People.State
type private Pair = Chat.Domain.Pairs.State
type Keep = Chat.Domain.People.Command
type Tie = Chat.Domain.Rooms.Tie
type Place = Chat.Domain.Conversations.State
type private Ask = Chat.Domain.Conversations.Command
type private Happened = Chat.Domain.Conversations.Event
type private Kind = Chat.Domain.Conversations.ConversationKind

/// What keeps things to themselves as functions, so that a mistaken one can be put in its place.
type Keeping =
    {
        Keep: Self -> Keep.SetPrivacy -> Self
        Found: SearchWords -> PersonId -> Findable list -> int -> PersonId list
        IsInHall: Attendance -> Privacy -> Tie -> bool
        /// What keeps a friend who neither ghosts nor is muted from being told of.
        Bars: Privacy -> Bars
        ToldTo: Place -> PersonId -> (PersonId -> Privacy) -> (PersonId -> Terms) -> PersonId list
    }

let private keep (self: Self) (said: Keep.SetPrivacy) : Self =
    let context = Context(person "ann", DeviceId.Of "phone", start)

    match ofEither (Person.Decider.Decide.Invoke(context, said, self, Facts.Empty)) with
    | Error refusal when refusal.Code = "malformed" -> self
    | Error refusal -> failwith $"{refusal}"
    | Ok decision ->
        decision.Events
        |> Seq.fold (fun self happened -> Person.Decider.Evolve.Invoke(self, happened :?> Event)) self

let domain: Keeping =
    {
        Keep = keep
        Found =
            fun words seeker people limit -> Finding.Of(words, seeker, people, limit) |> Seq.map _.Person |> List.ofSeq
        IsInHall = fun attendance privacy tie -> Sighting.IsInHall(attendance, privacy, tie)
        Bars =
            fun privacy ->
                let nobody: LanguageExt.Set<PersonId> = setOf []
                Noticing.Between(person "ann", privacy, nobody, person "bob", nobody, false)
        ToldTo = fun place reader privacy terms -> Receipts.ToldTo(place, reader, privacy, terms) |> List.ofSeq
    }

/// What holds after a step.
type World =
    {
        Selves: Map<string, Self>
        Pairs: Map<string, Pair>
        Names: Map<string, DisplayName>
        Attendances: Map<string, Attendance>
        Ghosted: Set<string * string>
    }

let beginning: World =
    {
        Selves = Map.empty
        Pairs = Map.empty
        Names = Map.empty
        Attendances = Map.empty
        Ghosted = Set.empty
    }

let private pairKey (one: PersonId) (other: PersonId) =
    [ one.Value; other.Value ] |> List.sort |> String.concat " "

let privacyOf (world: World) (who: PersonId) : Privacy =
    world.Selves.TryFind who.Value
    |> Option.map _.Privacy
    |> Option.defaultValue Privacy.Open

let termsOf (world: World) (one: PersonId) (other: PersonId) : Terms =
    match world.Pairs.TryFind(pairKey one other) with
    | Some pair -> Terms(pair.AreFriends, pair.IsClosed)
    | None -> Terms(false, false)

let tieOf (world: World) (viewer: PersonId) (who: PersonId) : Tie =
    let terms = termsOf world viewer who
    Tie(terms.AreFriends, terms.IsClosed, world.Ghosted.Contains((who.Value, viewer.Value)))

let private after (keeping: Keeping) (world: World) (step: Deed) : World =
    match step with
    | Bonds bond ->
        let key = pairKey bond.By bond.Other
        let pair = world.Pairs.TryFind key |> Option.defaultValue Pair.Initial

        { world with
            Pairs = world.Pairs.Add(key, Chat.Domain.Pairs.Pair.Decider.Evolve.Invoke(pair, bond))
        }
    | Keeps(who, said) ->
        let self = world.Selves.TryFind who.Value |> Option.defaultValue Self.Initial

        { world with
            Selves = world.Selves.Add(who.Value, keeping.Keep self said)
        }
    | Named(who, name) ->
        { world with
            Names = world.Names.Add(who.Value, valid (DisplayName.Create name))
        }
    | Attends(who, attendance) ->
        { world with
            Attendances = world.Attendances.Add(who.Value, attendance)
        }
    | Ghosts(who, whom) ->
        { world with
            Ghosted = world.Ghosted.Add((who.Value, whom.Value))
        }
    | Speaks _
    | Reads _ -> world

/// After each step, with all that happened until then.
let worlds keeping (scene: Deed list) : (Deed list * World) list =
    let all = scene |> List.scan (after keeping) beginning
    all |> List.mapi (fun index world -> List.truncate index scene, world)

let last keeping scene =
    worlds keeping scene |> List.last |> snd

/// Whom somebody finds.
let found (keeping: Keeping) (world: World) (seeker: PersonId) (words: string) limit (among: PersonId list) =
    let findable (who: PersonId) =
        Findable(who, world.Names.TryFind who.Value |> Option.toObj, privacyOf world who, termsOf world seeker who)

    keeping.Found (valid (SearchWords.Create words)) seeker (List.map findable among) limit

/// Whom somebody sees in the hall.
let hall (keeping: Keeping) (world: World) (viewer: PersonId) =
    people
    |> List.filter (fun who ->
        let attendance =
            world.Attendances.TryFind who.Value |> Option.defaultValue Attendance.Away

        who <> viewer
        && keeping.IsInHall attendance (privacyOf world who) (tieOf world viewer who))

let private group = streamOf "g1"

/// A conversation that all of them are in.
let place: Place =
    let created =
        Happened.Created(Stamp(people[0], start), Kind.Group, listing people, null)

    Chat.Domain.Conversations.Conversation.New.Fold([ created :> AnyEvent ]).State :?> Place

/// Through the commit loop, in one conversation of all of them: what each is told of it, whatever way it comes.
let heard (keeping: Keeping) (scene: Deed list) (viewer: PersonId) : string list =
    let held = Held()

    let loop =
        Embedded.Over(held, (fun _ -> Chat.Domain.Conversations.Conversation.New))

    let request (who: PersonId) index (command: Ask) : Arrival =
        Arrival.Request(1L, group, who, DeviceId.Of "phone", ClientId.Of $"c{index + 1}", digestOf command, command)

    let arrivals =
        worlds keeping scene
        |> List.map snd
        |> List.tail
        |> List.zip scene
        |> List.indexed
        |> List.choose (fun (index, (step, world)) ->
            match step with
            | Speaks who ->
                let say = Ask.SendMessage(body "hi", System.Nullable(), listing [], false)
                Some(index, world, who, request who index say)
            | Reads(who, seq) -> Some(index, world, who, Arrival.Marking(1L, group, who, Marks(seq, seq)))
            | _ -> None)

    let told (world: World) (who: PersonId) (output: Output) =
        match output with
        | :? Output.Answer as answer when who = viewer -> [ $"{answer.Reply}" ]
        | :? Output.Publish as publish ->
            let state = publish.After.State :?> Place

            [
                for recorded in publish.Events do
                    let happened = recorded.Event :?> Happened
                    let access = Visibility.AccessOf(state, viewer, recorded.Version, happened)
                    string (Visibility.Show(Sight.Of access, recorded.Version, happened))
            ]
        | :? Output.PublishMarks as marks ->
            let state = marks.Stream.State :?> Place
            let reader = marks.Marks.Person
            let people = keeping.ToldTo state reader (privacyOf world) (termsOf world reader)

            if List.contains viewer people then
                [ $"{reader} {marks.Marks.Marks}" ]
            else
                []
        | _ -> []

    let step (loop: Embedded, told': string list) (index: int, world: World, who: PersonId, arrival: Arrival) =
        let now = start.Plus(int64 (1_000 * index))
        let struct (loop, outputs) = loop.Submit(seqOf [ arrival ], now)
        loop, told' @ (outputs |> Seq.collect (told world who) |> List.ofSeq)

    let create =
        Ask.Create(Kind.Group, listing (List.tail people), null) |> request people[0] -1

    let struct (loop, _) = loop.Submit(seqOf [ create ], start)
    arrivals |> List.fold step (loop, []) |> snd
