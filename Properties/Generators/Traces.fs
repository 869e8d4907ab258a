/// Traces: what people ask of one conversation, one after another. Reachable states come of folding what was accepted.
module Chat.Spec.Generators.Traces

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec

/// One thing asked.
type Ask =
    {
        Person: PersonId
        Device: DeviceId
        Client: ClientId
        Command: AnyCommand
        OccurredAt: Instant option
        /// Milliseconds after the one before.
        Wait: int64
    }

    override ask.ToString() =
        let occurred =
            ask.OccurredAt
            |> Option.map (fun at -> $" (of {at.Milliseconds})")
            |> Option.defaultValue ""

        let text = string ask.Command
        let short = if text.Length > 160 then text[..160] + "…" else text
        $"{ask.Person} on {ask.Device} as {ask.Client} after {ask.Wait} ms{occurred}: {short}"

/// What is asked, in order.
[<StructuredFormatDisplay("{Text}")>]
type Trace =
    {
        Asks: Ask list
    }

    member trace.Text = string trace

    static member Of asks = { Asks = asks }

    override trace.ToString() =
        trace.Asks |> List.map (fun ask -> $"\n  {ask}") |> String.concat ""

let private ask (among: PersonId list) (command: Gen<Command>) : Gen<int -> Ask> =
    gen {
        let! who = Gen.elements among
        let! device = Gen.elements Palette.devices
        let! wanted = command
        let! wait = Gen.frequency [ 8, Gen.choose (0, 50); 1, Gen.choose (0, 100_000) ]

        let! imported =
            Gen.frequency [ 6, Gen.constant None; 1, Gen.map Some Palette.instants ]

        return
            fun index ->
                {
                    Person = who
                    Device = device
                    Client = ClientId.Of $"c{index}"
                    Command = wanted
                    OccurredAt = imported
                    Wait = int64 wait
                }
    }

/// Each with the number that it has among them.
let private numbered (asks: (int -> Ask) list) : Ask list =
    asks |> List.mapi (fun index make -> make index)

/// Now and then a request comes under an id that came before: the same request, or another.
let private reusing (asks: Ask list) : Gen<Ask list> =
    let reuse (index: int) (mine: Ask) : Gen<Ask> =
        if index = 0 then
            Gen.constant mine
        else
            gen {
                let! earlier = Gen.choose (0, index - 1)
                let twin = asks[earlier]

                let another =
                    { mine with
                        Person = twin.Person
                        Device = twin.Device
                        Client = twin.Client
                    }

                return!
                    Gen.frequency
                        [
                            12, Gen.constant mine
                            1, Gen.constant { twin with Wait = mine.Wait }
                            1, Gen.constant another
                        ]
            }

    asks |> List.mapi reuse |> Gen.sequenceToList

let private anything =
    lazy
        (Unions.case (Palette.values Palette.people) typeof<Command.Create>
         |> Unions.typed<Command.Create>)

/// Mostly something that can begin: with a name, and some people in it or just one other.
let private beginning (among: PersonId list) : Gen<Command> =
    let name = conversationName "tea"

    let open' kind =
        Gen.subListOf among
        |> Gen.map (fun members -> Command.Create(kind, listing members, name))

    Gen.frequency
        [
            5, open' ConversationKind.Group
            3, open' ConversationKind.Channel
            2,
            Gen.elements among
            |> Gen.map (fun other -> Command.Create(ConversationKind.Direct, listing [ other ], null))
            2, anything.Value
        ]
    |> Gen.map (fun create -> create :> Command)

/// Anything by anyone, mostly after somebody began the conversation.
let private usual: Gen<Ask list> =
    gen {
        let! count = Gen.choose (3, Palette.people.Length)
        let among = List.truncate count Palette.people

        let! attempts =
            Gen.frequency [ 1, Gen.constant 0; 6, Gen.constant 1; 6, Gen.constant 2 ]

        let! first = Gen.listOfLength attempts (ask among (beginning among))
        let! length = Gen.sized (fun size -> Gen.choose (1, 5 + size))
        let! rest = Gen.listOfLength length (ask among (Palette.commands count))
        return first @ rest |> numbered
    }

/// A few people in one group talk, edit, take back and react, more than they come and go.
let private talk: Gen<Ask list> =
    gen {
        let! count = Gen.choose (2, 3)
        let among = List.truncate count Palette.people
        let group = Command.Create(ConversationKind.Group, listing among, null) :> Command
        let! first = ask among (Gen.constant group)
        let! length = Gen.sized (fun size -> Gen.choose (1, 5 + size))
        let said = Gen.frequency [ 12, Palette.talk count; 1, Palette.commands count ]
        let! rest = Gen.listOfLength length (ask among said)
        return first :: rest |> numbered
    }

/// Whoever began it keeps it and gives roles away; the others try what they may.
let private keeping: Gen<Ask list> =
    gen {
        let! count = Gen.choose (3, 4)
        let among = List.truncate count Palette.people
        let keeper = List.truncate 1 among

        let! kind = Gen.elements [ ConversationKind.Group; ConversationKind.Channel ]
        let created = Command.Create(kind, listing among, conversationName "tea") :> Command
        let! first = ask keeper (Gen.constant created)
        let! length = Gen.sized (fun size -> Gen.choose (1, 8 + size))

        let step =
            Gen.frequency
                [
                    5, ask keeper (Palette.govern count)
                    4, ask among (Palette.govern count)
                    3, ask among (Palette.talk count)
                    2, ask among (Palette.commands count)
                ]

        let! rest = Gen.listOfLength length step
        return first :: rest |> numbered
    }

/// What was thought out beforehand.
let private asPlanned (plan: (PersonId * int64 * #AnyCommand) list) : (int -> Ask) list =
    plan
    |> List.map (fun (who, wait, command) index ->
        {
            Person = who
            Device = Palette.devices[0]
            Client = ClientId.Of $"c{index}"
            Command = command
            OccurredAt = None
            Wait = wait
        })

/// Somebody comes and goes more often than stretches of access are kept, while others talk.
let private revolvingDoor: Gen<Ask list> =
    Gen.choose (Limits.AccessIntervals - 2, Limits.AccessIntervals + 2)
    |> Gen.map (fun turns -> asPlanned (Everyday.revolvingDoor turns) |> numbered)

/// What chance alone seldom leads to: a beginning in which a rule bites, and anything after it.
let private contrivedFrom beginnings : Gen<Ask list> =
    gen {
        let! beginning = Gen.elements beginnings
        let! length = Gen.sized (fun size -> Gen.choose (0, size / 2))

        let! rest =
            Gen.listOfLength length (ask (List.truncate 3 Palette.people) (Palette.commands 3))

        return asPlanned beginning @ rest |> numbered
    }

let private contrived = contrivedFrom Beginnings.all

let private drawn (kinds: (int * Gen<Ask list>) list) : Gen<Trace> =
    Gen.frequency kinds |> Gen.bind reusing |> Gen.map Trace.Of

let trace: Gen<Trace> =
    drawn [ 25, usual; 15, talk; 20, keeping; 4, contrived; 1, revolvingDoor ]

/// For whoever can afford few: more of those in which a rule bites.
let telling: Gen<Trace> =
    drawn
        [
            8, usual
            24, talk
            16, keeping
            24, contrivedFrom (Beginnings.all @ Everyday.all)
            1, revolvingDoor
        ]

/// Who wants what, so many milliseconds after the one before.
let ofPlan (plan: (PersonId * int64 * #AnyCommand) list) : Trace = asPlanned plan |> numbered |> Trace.Of

/// Each beginning by itself.
let planned: Trace list = Beginnings.all @ Everyday.all |> List.map ofPlan

/// Of those in which people talk, and do something about what they said.
let conversation: Gen<Trace> = talk |> Gen.map Trace.Of

/// Fewer asks: halves first, then one less at a time.
let shrink (trace: Trace) : Trace seq =
    let asks = trace.Asks
    let half = asks.Length / 2

    seq {
        if half > 0 then
            { Asks = List.take half asks }
            { Asks = List.skip half asks }

        for index in 0 .. asks.Length - 1 do
            { Asks = List.removeAt index asks }
    }
