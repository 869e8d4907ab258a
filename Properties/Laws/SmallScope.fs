/// Everything that a few people can do to one conversation, up to a depth: not a sample, all of it.
module Chat.Spec.Laws.SmallScope

open System.Collections.Generic
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

/// What is looked through.
type Scope =
    {
        Name: string
        /// How many things are asked, the first of them included.
        Depth: int
        First: Command
        Commands: (PersonId * Command) list
    }

type Looked =
    {
        /// States that differ in more than when things happened.
        States: int
        Asked: int
        Accepted: int
        Reasons: Map<string, int>
        Wrongs: string list
    }

let private ann, bob, cid = person "ann", person "bob", person "cid"
let private everybody = [ ann; bob; cid ]

let private by who (commands: Command list) =
    commands |> List.map (fun command -> who, command)

/// Who comes, goes, is asked in, kept out and let in again, and whose it is.
let membership: Scope =
    let towards who (whom: PersonId) : Command list =
        if who = whom then
            [ Command.Uninvite whom ]
        else
            [
                Command.Invite(listing [ whom ])
                Command.Uninvite whom
                Command.Kick(whom, null)
                Command.Ban(whom, System.Nullable(), null)
                Command.Unban whom
                Command.TransferOwnership whom
            ]

    let keeping (rule: JoinRule) : Command =
        Command.ChangeSettings(SettingsChange(Join = System.Nullable rule))

    {
        Name = "membership"
        Depth = 9
        First = Command.Create(ConversationKind.Group, listing [ bob ], null)
        Commands =
            [
                for who in everybody do
                    yield! by who [ Command.Join(); Command.Leave(); Command.Knock null ]
                    yield! everybody |> List.collect (towards who) |> by who
                    yield! by who [ keeping JoinRule.Open; keeping JoinRule.Knock ]
            ]
    }

/// Who may do what, and who gives it and takes it.
let permissions: Scope =
    let mods = RoleId.Of "mods"

    let role id rank allow deny : Command =
        Command.SetRole(id, valid (RoleName.Create "r"), rank, Grant(powersOf allow, powersOf deny))

    let towards who (whom: PersonId) : Command list =
        if who = whom then
            []
        else
            [
                Command.AssignRoles(whom, listing [ mods ], Grant.None)
                Command.AssignRoles(whom, listing [], Grant.None)
                Command.AssignRoles(whom, listing [], Grant(Powers.None, powersOf [ Permission.Send ]))
                Command.Timeout(whom, 1_000_000L, null)
                Command.Kick(whom, null)
                Command.TransferOwnership whom
            ]

    {
        Name = "permissions"
        Depth = 7
        First = Command.Create(ConversationKind.Group, listing [ bob; cid ], null)
        Commands =
            [
                for who in everybody do
                    yield! everybody |> List.collect (towards who) |> by who

                    yield!
                        by
                            who
                            [
                                role mods 1 [ Permission.Kick; Permission.ManageRoles ] []
                                role mods 2 [ Permission.Timeout ] [ Permission.Send ]
                                role RoleId.Everyone 0 [] [ Permission.Send ]
                                Command.DropRole mods
                                Command.ChangeSettings(SettingsChange(Locked = true))
                                Command.SendMessage(body "hi", System.Nullable(), listing [], false)
                                Command.Leave()
                            ]
            ]
    }

/// A state without when things happened: who came first stays told. What was said is left out, and what of the past is
/// seen, for nothing here asks for it.
let private shapeOf (state: State) =
    let members =
        [
            for entry in state.Members do
                let struct (who, held) = entry
                held.JoinedAt, (who, held.Role, List.ofSeq held.Roles, held.Grant, held.TimedOutUntil.HasValue)
        ]
        |> List.sortBy fst
        |> List.map snd

    string (
        members,
        [
            for entry in state.Invited do
                let struct (who, asked) = entry
                who, asked.By
        ],
        List.ofSeq state.Banned.Keys,
        List.ofSeq state.Knocking,
        state.Settings,
        [
            for entry in state.Roles do
                let struct (id, role) = entry
                id, role.Rank, role.Grant
        ]
    )

let private asked index (who, command: Command) : Ask =
    {
        Person = who
        Device = DeviceId.Of "phone"
        Client = ClientId.Of $"c{index}"
        Command = command
        OccurredAt = None
        Wait = 1L
    }

/// What holds of each state that was reached, given a trace that reaches it.
let private laws: Law<AnyStream, Trace> list =
    [
        ConversationLaws.states
        ConversationLaws.ownership
        PermissionLaws.governed
        PermissionLaws.powers
        PermissionLaws.escalation
        PermissionLaws.hierarchy
        PermissionLaws.keptOut
        ExplanationLaws.explained
        ExplanationLaws.whatIf
    ]

type private Node =
    {
        Asks: Ask list
        Past: Recorded list
        Stream: AnyStream
    }

/// Looks through all of a scope. Of traces that end alike one is followed: what is decided next is decided alike.
let look (fresh: AnyStream) (scope: Scope) : Looked =
    let seen = HashSet<string>()
    let reasons = Dictionary<string, int>()
    let wrongs = List<string>()
    let mutable asks, accepted = 0, 0

    let follow (node: Node) (who, command: Command) : Node option =
        let ask = asked node.Asks.Length (who, command)
        let context = contextOf ask (start.Plus(int64 node.Asks.Length))
        let facts = factsOf fresh (node.Stream.Needs(context, command)) node.Past
        let answer = ofEither (node.Stream.Decide(context, command, facts))
        let verdict = ConversationLaws.verdictOf answer
        let expected = Verdicts.decide context command node.Past
        asks <- asks + 1

        if verdict <> expected then
            wrongs.Add $"{Trace.Of(List.rev (ask :: node.Asks))}\n  expected {expected}, was {verdict}"

        match answer with
        | Error refusal ->
            let reason = $"{refusal.Code}: {ruleOf refusal}"
            reasons[reason] <- 1 + (if reasons.ContainsKey reason then reasons[reason] else 0)
            None
        | Ok decision when decision.Events.IsEmpty -> None
        | Ok decision ->
            accepted <- accepted + 1
            let after = node.Stream.Fold decision.Events

            if seen.Add(shapeOf (after.State :?> State)) then
                Some
                    {
                        Asks = ask :: node.Asks
                        Past = node.Past @ recordedOf key ask node.Past decision.Events
                        Stream = after
                    }
            else
                None

    let check (node: Node) =
        let trace = Trace.Of(List.rev node.Asks)

        for law in laws do
            for wrong in wrongsOf law fresh trace do
                wrongs.Add $"{law.Name}: {wrong} after {trace}"

    let rec deeper depth (level: Node list) =
        level |> List.iter check

        if depth < scope.Depth && not level.IsEmpty && wrongs.Count < 20 then
            level
            |> List.collect (fun node -> scope.Commands |> List.choose (follow node))
            |> deeper (depth + 1)

    let beginning = { Asks = []; Past = []; Stream = fresh }

    follow beginning (ann, scope.First) |> Option.toList |> deeper 1

    {
        States = seen.Count
        Asked = asks
        Accepted = accepted
        Reasons = reasons |> Seq.map (fun pair -> pair.Key, pair.Value) |> Map.ofSeq
        Wrongs = List.ofSeq wrongs
    }

let exhausted: Law<AnyStream, Scope> =
    law "nothing that three people can do breaks a law" (fun fresh scope -> (look fresh scope).Wrongs)
