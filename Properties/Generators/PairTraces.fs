/// Traces of people who ask each other to be friends, block each other, and try to reach each other all the same.
module Chat.Spec.Generators.PairTraces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec

type private Bonding = Chat.Domain.Pairs.Command
type private Openness = Chat.Domain.People.Openness

/// What somebody asks, and of which stream.
type Wish =
    {
        Who: PersonId
        /// Whom it is about: of a pair or a direct conversation, the other; of a group, who is asked in.
        Whom: PersonId
        Stream: StreamKey
        Command: AnyCommand
    }

    override wish.ToString() = $"{wish.Who}: {wish.Command}"

[<StructuredFormatDisplay("{Text}")>]
type Trace =
    {
        Wishes: Wish list
    }

    member trace.Text =
        trace.Wishes |> List.map (fun wish -> $"\n  {wish}") |> String.concat ""

let people = List.truncate 3 Palette.people

let pairOf (one: PersonId) (other: PersonId) = StreamKey.Of(TenantId.Main, one, other)

/// What somebody wants of another, or of what is between them.
let bonding (whom: PersonId) : Gen<AnyCommand> =
    Gen.frequency
        [
            5, Gen.constant (Bonding.Request whom :> AnyCommand)
            2, Gen.constant (Bonding.Accept whom)
            1, Gen.constant (Bonding.Decline whom)
            1, Gen.constant (Bonding.Cancel whom)
            1, Gen.constant (Bonding.Remove whom)
            3, Gen.constant (Bonding.Block whom)
            2, Gen.constant (Bonding.Unblock whom)
        ]

let private talking (whom: PersonId) : Gen<AnyCommand> =
    let say = Command.SendMessage(body "hi", Nullable(), listing [], false)

    Gen.frequency
        [
            2, Gen.constant (Command.Create(ConversationKind.Direct, listing [ whom ], null) :> AnyCommand)
            4, Gen.constant say
            1, Gen.constant (Command.React(1L, emoji "+1"))
            1, Gen.constant (Command.EditMessage(1L, body "ho", listing []))
            1, Gen.constant (Command.RedactMessage(1L, null))
        ]

let private gathering (whom: PersonId) : Gen<AnyCommand> =
    Gen.elements
        [
            Command.Create(ConversationKind.Group, listing [ whom ], null) :> AnyCommand
            Command.Invite(listing [ whom ])
            Command.Join()
        ]

let private keeping: Gen<AnyCommand> =
    let openness =
        Gen.frequency
            [
                2,
                Gen.elements [ Openness.Everyone; Openness.Friends; Openness.Nobody ]
                |> Gen.map Nullable
                1, Gen.constant (Nullable())
            ]

    Gen.map2
        (fun messages invites -> Chat.Domain.People.Command.SetPrivacy(messages, invites) :> AnyCommand)
        openness
        openness

let private wish: Gen<Wish> =
    gen {
        let! who = Gen.elements people

        let! whom =
            Gen.frequency [ 20, Gen.elements (List.except [ who ] people); 1, Gen.constant who ]

        let pair = pairOf who whom

        let! stream, command =
            Gen.frequency
                [
                    6, bonding whom |> Gen.map (fun command -> pair, command)
                    4, talking whom |> Gen.map (fun command -> pair.Direct, command)
                    1, keeping |> Gen.map (fun command -> StreamKey.Of(TenantId.Main, who), command)
                    2, gathering whom |> Gen.map (fun command -> streamOf "g1", command)
                ]

        return
            {
                Who = who
                Whom = whom
                Stream = stream
                Command = command
            }
    }

let trace: Gen<Trace> =
    Gen.sized (fun size ->
        Gen.choose (1, 10 + size)
        |> Gen.bind (fun length -> Gen.listOfLength length wish))
    |> Gen.map (fun wishes -> { Wishes = wishes })
