/// People who call each other, take it or do not, fall out and make up.
module Chat.Spec.Generators.CallTraces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Calls
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Spec
open Chat.Spec.Oracle.Calls

type private Bonding = Chat.Domain.Pairs.Command
type private Talking = Chat.Domain.Conversations.Command

/// What somebody asks of a device, so many milliseconds after what was asked before.
type Asked =
    {
        Wait: int64
        Who: PersonId
        /// Whom it is about: of a person's own stream, nobody.
        Whom: PersonId
        Device: DeviceId
        Stream: StreamKey
        Command: AnyCommand
    }

    override asked.ToString() =
        $"+{asked.Wait} {asked.Who} ({asked.Device}) to {asked.Whom}: {asked.Command}"

[<StructuredFormatDisplay("{Text}")>]
type Trace =
    {
        Asks: Asked list
    }

    member trace.Text =
        trace.Asks |> List.map (fun asked -> $"\n  {asked}") |> String.concat ""

let people = List.truncate 4 Palette.people

/// Now and then so long that a ring ends, or a call, to the millisecond.
let private wait: Gen<int64> =
    Gen.frequency
        [
            20, Gen.choose (1, 900) |> Gen.map int64
            2, Gen.elements [ Line.RingMs - 1L; Line.RingMs ]
            1, Gen.elements [ Line.MaxMs - 1L; Line.MaxMs ]
        ]

let private numbers =
    Gen.frequency
        [
            12, Gen.constant 1L
            6, Gen.constant 2L
            2, Gen.constant 3L
            1, Gen.constant 9L
        ]

let internal calling (whom: PersonId) : Gen<AnyCommand> =
    Gen.frequency
        [
            8,
            Gen.elements [ true; false ]
            |> Gen.map (fun isVideo -> Command.Ring(whom, isVideo) :> AnyCommand)
            5, Gen.map (fun number -> Command.Accept number :> AnyCommand) numbers
            2, Gen.map (fun number -> Command.Decline number :> AnyCommand) numbers
            2, Gen.map (fun number -> Command.HangUp(Nullable number) :> AnyCommand) numbers
            2, Gen.constant (Command.HangUp(Nullable()))
            2, Gen.constant (Command.Elapse())
        ]

let private bonding (whom: PersonId) : Gen<AnyCommand> =
    Gen.frequency
        [
            6, Gen.constant (Bonding.Request whom :> AnyCommand)
            1, Gen.constant (Bonding.Remove whom)
            2, Gen.constant (Bonding.Block whom)
            2, Gen.constant (Bonding.Unblock whom)
        ]

let private opennesses =
    Gen.elements
        [
            Chat.Domain.People.Openness.Everyone
            Chat.Domain.People.Openness.Friends
            Chat.Domain.People.Openness.Nobody
        ]

let internal made wait who whom device stream command =
    {
        Wait = wait
        Who = who
        Whom = whom
        Device = DeviceId.Of device
        Stream = stream
        Command = command
    }

let private asked: Gen<Asked> =
    gen {
        let! who = Gen.elements people
        // Mostly the same two, so that calls come far.
        let! whom =
            Gen.frequency
                [
                    8, Gen.elements (List.except [ who ] (List.truncate 2 people @ [ people[2] ]))
                    4, Gen.elements (List.except [ who ] people)
                ]

        let! wait = wait
        let! device = Gen.elements [ "phone"; "phone"; "desk" ]
        let pair = StreamKey.Of(TenantId.Main, who, whom)

        let! stream, command =
            Gen.frequency
                [
                    14, calling whom |> Gen.map (fun command -> lineOf who whom, command)
                    3, bonding whom |> Gen.map (fun command -> pair, command)
                    1,
                    opennesses
                    |> Gen.map (fun openness ->
                        StreamKey.Of(TenantId.Main, who),
                        Chat.Domain.People.Command.SetPrivacy(Nullable openness, Nullable()) :> AnyCommand)
                    1,
                    Gen.constant (
                        pair.Direct,
                        Talking.Create(Chat.Domain.Conversations.ConversationKind.Direct, listing [ whom ], null)
                        :> AnyCommand
                    )
                ]

        return made wait who whom device stream command
    }

// Most are friends before it begins.
let private beginning: Gen<Asked list> =
    let bond who whom =
        let pair = StreamKey.Of(TenantId.Main, who, whom)

        [
            made 1L who whom "phone" pair (Bonding.Request whom :> AnyCommand)
            made 1L whom who "phone" pair (Bonding.Request who)
        ]

    let pairs =
        [
            for at, who in List.indexed people do
                for whom in List.skip (at + 1) people -> who, whom
        ]

    Gen.subListOf pairs
    |> Gen.map (fun left ->
        List.except (List.truncate 2 left) pairs
        |> List.collect (fun (a, b) -> bond a b))

let trace: Gen<Trace> =
    Gen.sized (fun size ->
        Gen.choose (1, 10 + size)
        |> Gen.bind (fun length -> Gen.map2 (@) beginning (Gen.listOfLength length asked)))
    |> Gen.map (fun asks -> { Asks = asks })

let shrink (trace: Trace) : Trace seq =
    seq { for at in trace.Asks.Length - 1 .. -1 .. 0 -> { Asks = List.removeAt at trace.Asks } }

/// Somebody's place, who calls them, and when.
type Moment =
    {
        Place: Chat.Domain.Places.State
        Caller: PersonId
        At: Instant
    }

let moments: Gen<Moment> =
    let quiet: Gen<Chat.Domain.Notices.QuietHours | null> =
        Gen.oneof
            [
                Gen.constant null
                Housed.hours
                |> Gen.map (fun hours -> hours :?> (Chat.Domain.Notices.QuietHours | null))
            ]

    let muted =
        Gen.subListOf people |> Gen.map (fun some -> LanguageExt.Set<PersonId>(some))

    Gen.map3
        (fun quiet muted (caller, minute: int) ->
            {
                Place =
                    Chat.Domain.Places.State(
                        Nullable(),
                        false,
                        LanguageExt.Set<_>(),
                        muted,
                        quiet,
                        LanguageExt.Map<_, _>()
                    )
                Caller = caller
                At = Instant(int64 minute * 60_000L)
            })
        quiet
        muted
        (Gen.zip (Gen.elements people) (Gen.choose (0, 3 * 1_440)))
