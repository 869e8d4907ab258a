/// Traces of people who talk, report each other and handle what was reported.
module Chat.Spec.Generators.DeskTraces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators.PairTraces

type private Reporting = Chat.Domain.Desks.Command
type private Subject = Chat.Domain.Desks.Subject
type private Cause = Chat.Domain.Desks.Cause
type private Outcome = Chat.Domain.Desks.Outcome

let group = ConversationId.Of "g1"
let staff = ConversationId.Of "staff"
let private ann, bob, cid = people[0], people[1], people[2]
let private direct = (pairOf ann bob).Direct.Conversation

let deskOf (place: ConversationId) = StreamKey.Desk(TenantId.Main, place)

let private wish who (stream: StreamKey) command =
    {
        Who = who
        Whom = who
        Stream = stream
        Command = command
    }

let private inPlace (place: ConversationId) who command =
    wish who (StreamKey.Of(TenantId.Main, place)) command

let private saying text =
    Command.SendMessage(body text, Nullable(), listing [], false)

let private say = saying "hi"

/// Words that those who handle reports are told of.
let private flagging =
    let rule id text =
        WordRule(WordRuleId.Of id, listing [ valid (Phrase.Create text) ], WordAction.Flag, 0L)

    inPlace group ann (Command.SetWords(listing [ rule "r1" "cheap gold"; rule "r2" "*gold" ]))

let private letting (place: ConversationId) whom =
    let handles = Grant(powersOf [ Permission.Reports ], Powers.None)
    inPlace place ann (Command.AssignRoles(whom, listing [], handles))

/// A group and the staff, a conversation of two, and who handles what in them.
let beginning =
    [
        inPlace group ann (Command.Create(ConversationKind.Group, listing [ bob; cid ], null))
        inPlace staff ann (Command.Create(ConversationKind.Group, listing [ bob ], null))
        inPlace direct ann (Command.Create(ConversationKind.Direct, listing [ bob ], null))
        letting group bob
        flagging
        inPlace group cid say
        inPlace direct bob say
    ]

/// After that, in which each rule about reports bites.
let planned: Wish list =
    let desk who command = wish who (deskOf group) command
    let about seq = Subject.Message(group, seq)

    let file who subject =
        desk who (Reporting.File(Nullable group, subject, Cause.Spam, null))

    let settle who report =
        desk who (Reporting.Settle(group, report, Outcome.Acted, null))

    let assign who report whom =
        desk who (Reporting.Assign(group, report, Nullable whom))

    beginning
    @ [
        file bob (about 1L)
        file cid (about 1L)
        wish bob (deskOf direct) (Reporting.File(Nullable direct, Subject.Message(direct, 1L), Cause.Spam, null))
        inPlace group cid (saying "Cheap GOLD!")
        settle cid 1L
        assign bob 1L cid
        assign bob 1L bob
        file cid (Subject.Person bob)
        settle bob 3L
        settle ann 1L
        settle ann 3L
        settle ann 1L
    ]

/// Whether a client can say so: reports are counted from 1, and of what is in a conversation those are told who look
/// after that one, or the staff.
let canBeSaid (command: Reporting) =
    match command with
    | :? Reporting.File as file ->
        let isThere (place: ConversationId) =
            not file.To.HasValue || file.To.Value = place

        match file.Subject with
        | :? Subject.Message as message -> isThere message.Conversation
        | :? Subject.Place as place -> isThere place.Conversation
        | _ -> true
    | :? Reporting.Assign as assign -> assign.Report > 0L
    | :? Reporting.Look as look -> look.Report > 0L
    | :? Reporting.Settle as settle -> settle.Report > 0L
    | _ -> true

let private subject: Gen<Subject> =
    let places = Gen.elements [ group; group; group; direct; staff ]

    Gen.frequency
        [
            5, Gen.map2 (fun place seq -> Subject.Message(place, int64 seq) :> Subject) places (Gen.choose (1, 4))
            2, Gen.elements people |> Gen.map (fun who -> Subject.Person who)
            2, places |> Gen.map (fun place -> Subject.Place place)
        ]

let private told: Gen<ConversationId Nullable> =
    Gen.frequency
        [
            6, Gen.constant (Nullable group)
            4, Gen.constant (Nullable())
            1, Gen.constant (Nullable direct)
        ]

let private reporting who : Gen<Wish> =
    let desks = Gen.elements [ group; group; staff ]
    let number = Gen.choose (0, 6) |> Gen.map int64

    let file =
        Gen.map3
            (fun (told: ConversationId Nullable) subject why ->
                let desk = if told.HasValue then told.Value else staff
                wish who (deskOf desk) (Reporting.File(told, subject, why, null)))
            told
            subject
            (Gen.elements [ Cause.Spam; Cause.Other ])

    let assign =
        Gen.map3
            (fun place report whom -> wish who (deskOf place) (Reporting.Assign(place, report, whom)))
            desks
            number
            (Gen.oneof [ Gen.elements people |> Gen.map Nullable; Gen.constant (Nullable()) ])

    let settle =
        Gen.map3
            (fun place report outcome -> wish who (deskOf place) (Reporting.Settle(place, report, outcome, null)))
            desks
            number
            (Gen.elements [ Outcome.Acted; Outcome.Dismissed ])

    let look =
        Gen.map2
            (fun place report -> wish who (deskOf place) (Reporting.Look(place, report, Reason.Create "why" |> valid)))
            desks
            number

    Gen.frequency [ 6, file; 2, assign; 2, look; 1, settle ]

let private living who : Gen<Wish> =
    let places = Gen.elements [ group; group; direct; staff ]

    let commands =
        Gen.frequency
            [
                4,
                Gen.elements [ "hi"; "Cheap GOLD!"; "fool's-gold" ]
                |> Gen.map (fun text -> saying text :> AnyCommand)
                1,
                Gen.map2
                    (fun seq text -> Command.EditMessage(int64 seq, body text, listing []) :> AnyCommand)
                    (Gen.choose (1, 4))
                    (Gen.elements [ "hi"; "marigold" ])
                1, Gen.choose (1, 3) |> Gen.map (fun seq -> Command.RedactMessage(int64 seq, null))
                1, Gen.constant (Command.Leave())
                1, Gen.constant (Command.Join())
                1, Gen.constant (Command.Invite(listing people))
            ]

    Gen.map2 (fun place command -> inPlace place who command) places commands

let trace: Gen<Trace> =
    let one =
        Gen.elements people
        |> Gen.bind (fun who ->
            Gen.frequency
                [
                    6, reporting who
                    3, living who
                    1, Gen.map2 letting (Gen.elements [ group; staff ]) (Gen.elements people)
                ])

    Gen.sized (fun size ->
        Gen.choose (1, 10 + size)
        |> Gen.bind (fun length -> Gen.listOfLength length one))
    |> Gen.map (fun wishes -> { Wishes = beginning @ wishes })
