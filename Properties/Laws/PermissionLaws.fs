/// Who may do what, on traces.
module Chat.Spec.Laws.PermissionLaws

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Generators
open Chat.Spec.Generators.Traces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.Running

let private every = System.Enum.GetValues<Permission>() |> List.ofSeq

let private stateOf (step: Step) = step.Stream.State :?> State

let private membersOf (state: State) =
    [
        for entry in state.Members do
            let struct (who, held) = entry
            who, held
    ]

/// How it is kept, who stands where and who is kept out.
let private governingDiffers (past: Past.Past) (state: State) =
    let now = (List.last past).Event.At
    let people = Palette.people

    differ "settings" (Past.settings past) state.Settings
    @ differ "pins" (Powers.pins past) (List.ofSeq state.Pins)
    @ differ "roles" (Powers.roles past |> List.sortBy _.Value) (List.ofSeq state.Roles.Keys)
    @ (Powers.roles past
       |> List.collect (fun id -> differ $"role {id}" (Powers.role id past) (ofOption (state.Roles.Find id))))
    @ differ "links" (Linking.links past |> List.sortBy _.Value) (List.ofSeq state.Links.Keys)
    @ (Linking.links past
       |> List.collect (fun id ->
           let uses = ofOption (state.Links.Find id) |> Option.map _.Uses
           differ $"uses of {id}" (Some(Linking.uses id past)) uses))
    @ differ "who knocks" (people |> List.filter (fun who -> Past.isKnocking who past)) (List.ofSeq state.Knocking)
    @ (people
       |> List.collect (fun who ->
           differ $"{who} is kept out" (Option.isSome (Powers.ban who now past)) (state.IsBanned(who, now))))

/// After every event the state keeps the conversation as the past says.
let governed: Law<AnyStream, Trace> =
    law "it is kept as the past says" (fun fresh trace ->
        let past = pastOf fresh trace

        [ 1 .. past.Length ]
        |> List.collect (fun length ->
            let past = List.take length past
            governingDiffers past ((foldOf fresh past).State :?> State)))

/// Each permission of each member, and how high they stand.
let powers: Law<AnyStream, Trace> =
    law "what each may do is the oracle's" (fun fresh trace ->
        let past = pastOf fresh trace

        // Shorter pasts are the ends of other traces.
        [ past.Length / 2; past.Length ]
        |> List.collect (fun length ->
            let past = List.take length past
            let state = (foldOf fresh past).State :?> State

            membersOf state
            |> List.collect (fun (who, held) ->
                let mine = every |> List.filter (Layers.Of(state, held)).Has

                differ $"what {who} may" (every |> List.filter (fun one -> Powers.may who one past)) mine
                @ differ $"rank of {who}" (Powers.rank who past) (Layers.RankOf(state, who)))))

/// The function that all paths go through, against the oracle: also for what would change nothing.
let verdicts: Law<AnyStream, Trace> =
    law "every verdict is the oracle's, and the decision keeps to it" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let command = step.Ask.Command :?> Command
            let who, now = step.Context.Person, step.Context.Now

            let judge () =
                Permissions.Evaluate(stateOf step, step.Facts, who, command, now)

            let verdict = judge ()

            let actual =
                Option.ofObj verdict.Refusal
                |> Option.map (fun refusal -> Reasons.Refuse(refusal.Code, ruleOf refusal))

            differ $"{step.Ask}" (Permitted.refusal who now command step.Past) actual
            @ differ $"{step.Ask}, again" verdict (judge ())
            @ wrongIf (verdict.Because.Count = 0) $"{step.Ask}: a verdict without a rule"
            @ (match Option.ofObj verdict.Refusal, step.Answer with
               | None, _ -> []
               | Some refusal, Error decided -> differ $"{step.Ask}, decided" refusal decided
               | Some refusal, Ok _ when insteadOf step.Made = Some refusal -> []
               | Some refusal, Ok _ -> [ $"{step.Ask}: decided in spite of {refusal.Code}" ])))

/// Nobody ends with more than whoever acted had; who comes first into an empty conversation owns it.
let escalation: Law<AnyStream, Trace> =
    law "nobody gives more than they have" (fun fresh trace ->
        steps fresh trace
        |> List.filter (fun step -> not step.Made.IsEmpty)
        |> List.collect (fun step ->
            let before = stateOf step

            let after = step.Stream.Fold(step.Made |> Seq.map _.Event).State :?> State

            let powersIn (state: State) who =
                ofOption (state.Members.Find who)
                |> Option.map (fun held -> Layers.Granted(state, held))

            let own = powersIn before step.Ask.Person |> Option.defaultValue Powers.None

            let gains (who, _) =
                match powersIn before who, powersIn after who with
                | Some had, Some has ->
                    let gained = (has: Powers).Without had
                    wrongIf (not (gained.IsWithin own)) $"{step.Ask}: {who} gained {gained}"
                | _ -> []

            // Ownership is handed on, by its owner or to who comes first when there is none.
            let isHandedOn =
                (step.Ask.Command :? Command.TransferOwnership)
                || (step.Ask.Command :? Command.Leave)
                || not (before.Members.ContainsKey step.Ask.Person)

            let rises (who: PersonId, _) =
                let rose = Layers.RankOf(after, who) > Layers.RankOf(before, who)
                let isAbove = Layers.RankOf(after, who) >= Layers.RankOf(before, step.Ask.Person)
                wrongIf (rose && isAbove && not isHandedOn) $"{step.Ask}: {who} rose as high as whoever did it"

            List.collect gains (membersOf after) @ List.collect rises (membersOf after)))

/// Nobody is put out, silenced or given roles by who does not stand above them.
let hierarchy: Law<AnyStream, Trace> =
    law "nobody acts on who stands as high" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let state = stateOf step
            let rankOf (who: PersonId) = Layers.RankOf(state, who)

            let target =
                step.Made
                |> List.tryPick (fun made ->
                    match made.Event with
                    | :? Event.Kicked as kicked -> Some kicked.Person
                    | :? Event.Banned as banned -> Some banned.Person
                    | :? Event.TimedOut as timed when not timed.Rule.HasValue -> Some timed.Person
                    | :? Event.RolesAssigned as assigned -> Some assigned.Person
                    | _ -> None)

            target
            |> Option.map (fun whom -> wrongIf (rankOf whom >= rankOf step.Ask.Person) $"{step.Ask} on {whom}")
            |> Option.defaultValue []))

/// One more permission for a role, or one denial less, takes nothing from anybody.
let monotone: Law<AnyStream, Trace * Permission> =
    law "more allowed is never less" (fun fresh (trace, permission) ->
        let state = (foldOf fresh (pastOf fresh trace)).State :?> State
        let one = powersOf [ permission ]

        [
            for entry in state.Roles do
                let struct (id, definition) = entry
                let grant = definition.Grant
                id, definition, Grant(grant.Allow.With one, grant.Deny)
                id, definition, Grant(grant.Allow, grant.Deny.Without one)
        ]
        |> List.collect (fun (id, definition, grant) ->
            let stamp = Stamp(person "ann", start)
            let raised = RoleDefinition(definition.Name, definition.Rank, grant)
            let after = Evolution.Evolve(state, Event.RoleSet(stamp, id, raised))

            membersOf state
            |> List.collect (fun (who, held) ->
                let before = Layers.Granted(state, held)
                let now = Layers.Granted(after, held)
                wrongIf (not (before.IsWithin now)) $"{who} lost {before.Without now} by {permission} for {id}")))

/// What is denied to somebody alone they may not do, whatever their roles allow; the owner may.
let denial: Law<AnyStream, Trace * Permission> =
    law "what is denied last is denied" (fun fresh (trace, permission) ->
        let state = (foldOf fresh (pastOf fresh trace)).State :?> State
        let stamp = Stamp(person "ann", start)

        membersOf state
        |> List.filter (fun (who, _) -> Layers.RankOf(state, who) <> Layers.OwnerRank)
        |> List.collect (fun (who, held) ->
            let denied = Grant(Powers.None, powersOf [ permission ])

            let after =
                Evolution.Evolve(state, Event.RolesAssigned(stamp, who, held.Roles, denied))

            let has =
                ofOption (after.Members.Find who)
                |> Option.map (fun one -> Layers.Of(after, one))

            wrongIf (has |> Option.exists (fun powers -> powers.Has permission)) $"{who} still may {permission}"))

/// From a ban to its end nothing of theirs is accepted, whatever comes in between.
/// However many race for it, a link lets in no more than it may, only whom it names, and only while its maker may
/// invite.
let links: Law<AnyStream, Trace> =
    law "a link lets in no more than it may" (fun fresh trace ->
        let past = pastOf fresh trace

        past
        |> List.collect (fun recorded ->
            match recorded.Event with
            | :? Event.Joined as joined when joined.Link.HasValue ->
                let before = List.take (int recorded.Version - 1) past

                match Linking.made joined.Link.Value before with
                | None -> [ $"{joined} by no link" ]
                | Some(_, made) ->
                    let isFull =
                        made.MaxUses.HasValue && Linking.uses made.Link before >= made.MaxUses.Value

                    wrongIf isFull $"{joined} by a link that was used up"
                    @ wrongIf
                        (made.People.Count > 0 && not (Seq.contains joined.By made.People))
                        $"{joined} by a link for others"
                    @ wrongIf
                        (made.Until.HasValue && not (isBefore joined.At made.Until.Value))
                        $"{joined} by a link of before"
                    @ wrongIf
                        (not (Powers.may made.By Permission.Invite before && Past.isMember made.By before))
                        $"{joined} by whom who may not ask in"
            | _ -> []))

let keptOut: Law<AnyStream, Trace> =
    law "nothing is accepted of who is kept out" (fun fresh trace ->
        let past = pastOf fresh trace

        past
        |> List.collect (fun recorded ->
            match recorded.Event with
            | :? Event.Banned as banned ->
                past
                |> List.skip (int recorded.Version)
                |> List.takeWhile (fun later ->
                    match later.Event with
                    | :? Event.Unbanned as unbanned -> unbanned.Person <> banned.Person
                    | :? Event.Banned as again -> again.Person <> banned.Person
                    | _ -> Option.ofNullable banned.Until |> Option.forall (isBefore later.Event.At))
                |> List.filter (fun later -> later.Event.By = banned.Person)
                |> List.map (fun later -> $"{later.Event} after {banned}")
            | _ -> []))
