/// Closing people out of everything: against the oracle, on traces of people and a staff that changes.
module Chat.Spec.Laws.SuspensionLaws

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.People
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.PairRunning

type private Closing = Chat.Domain.People.Command
type PersonDecider = Decider<State, Closing, Chat.Domain.People.Event>

let private staff = ConversationId.Of "staff"
let private place = StreamKey.Of(TenantId.Main, staff)
let private ann, bob, cid = people[0], people[1], people[2]
let private guards = RoleId.Of "guards"

let private among who (command: AnyCommand) : Wish =
    {
        Who = who
        Whom = who
        Stream = place
        Command = command
    }

let private beginning =
    let grant = Grant(powersOf [ Permission.Ban ], Powers.None)
    let name = valid (RoleName.Create "Guards")

    [
        among ann (Command.Create(ConversationKind.Group, listing [ bob ], null))
        among ann (Command.SetRole(guards, name, 5, grant))
        among ann (Command.AssignRoles(bob, listing [ guards ], Grant.None))
    ]

let private closing: Gen<Wish> =
    let command =
        Gen.frequency
            [
                3,
                Gen.elements [ Nullable(); Nullable 1_500L; Nullable 60_000L; Nullable 0L ]
                |> Gen.map (fun length -> Closing.Suspend(staff, length, null) :> AnyCommand)
                1, Gen.constant (Closing.Restore staff)
            ]

    Gen.map3
        (fun who whom command ->
            {
                Who = who
                Whom = whom
                Stream = StreamKey.Of(TenantId.Main, (whom: PersonId))
                Command = command
            })
        (Gen.elements people)
        (Gen.elements people)
        command

let private moving: Gen<Wish> =
    Gen.oneof
        [
            Gen.constant (among ann (Command.Invite(listing [ cid ])))
            Gen.constant (among cid (Command.Join()))
            Gen.elements people |> Gen.map (fun who -> among who (Command.Leave()))
            Gen.map2
                (fun who roles -> among ann (Command.AssignRoles(who, listing roles, Grant.None)))
                (Gen.elements people)
                (Gen.elements [ []; [ guards ] ])
        ]

let trace: Gen<Trace> =
    Gen.frequency [ 5, closing; 1, moving ]
    |> Gen.listOf
    |> Gen.map (fun wishes -> { Wishes = beginning @ wishes })

let run (decider: PersonDecider) (trace: Trace) : Done list =
    let fresh (stream: StreamKey) : AnyStream =
        if stream.Kind = StreamKind.Person then
            Stream<State, Closing, Chat.Domain.People.Event>(decider, decider.Initial, 0L, Instant 0L)
        else
            Conversation.New

    runIn fresh (List.indexed trace.Wishes)

let private pastOf store stream : Suspensions.Past =
    pastOfStream store stream
    |> List.map (fun recorded -> recorded.Event :?> Chat.Domain.People.Event)

/// Who closes whom out, and whether they then are.
let suspensions: Law<PersonDecider, Trace> =
    law "suspensions are the oracle's" (fun decider trace ->
        run decider trace
        |> List.indexed
        |> List.collect (fun (index, one) ->
            match one.Wish.Command with
            | :? Closing as command ->
                let stream = one.Wish.Stream
                let now = Running.start.Plus(int64 (1_000 * index))
                let past = pastOf one.Before stream

                let expected =
                    Suspensions.decide one.Wish.Who one.Wish.Whom now command past (pastOfStream one.Before place)

                let after = pastOf one.After stream

                let state =
                    after
                    |> List.fold (fun held happened -> decider.Evolve.Invoke(held, happened)) decider.Initial

                let holds =
                    Option.ofObj state.Suspension
                    |> Option.filter _.Holds(now)
                    |> Option.map (fun held -> Option.ofNullable held.Until)

                differ $"{one.Wish}" expected (answerOf one)
                @ differ $"{one.Wish.Whom} is out after {one.Wish}" (Suspensions.held now after) holds
            | _ -> []))
