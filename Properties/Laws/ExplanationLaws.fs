/// What is said of permissions: what a change would come to, why not, and who could help.
module Chat.Spec.Laws.ExplanationLaws

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

let private stateOf (step: Step) = step.Stream.State :?> State

let private isMuted (now: Instant) (held: Member) =
    Option.ofNullable held.TimedOutUntil |> Option.exists (isBefore now)

/// What a change would come to is what it comes to: all that is gained and lost, and nothing else.
let whatIf: Law<AnyStream, Trace> =
    law "what if is what then" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let command = step.Ask.Command :?> Command
            let now = step.Context.Now
            let would = Permissions.Simulate(stateOf step, step.Facts, step.Context, command)
            let after = step.Past @ step.Made

            let expected = Powers.differences Palette.people now step.Past after
            let isRefused = Result.isError step.Answer || Option.isSome (insteadOf step.Made)

            differ $"{step.Ask}" expected (List.ofSeq would.Differences)
            @ wrongIf (would.Verdict.IsAllowed = isRefused) $"{step.Ask}: {would.Verdict}"))

let auditOf (past: Recorded list) : AuditEntry list = List.ofSeq (Audit.Of past)

/// All that was done is told, and by the rules that led to it then, from the events alone.
let audited: Law<(Recorded list -> AuditEntry list) * AnyStream, Trace> =
    law "the audit tells what was done, and why it could be" (fun (audit, fresh) trace ->
        // An id is used once in a store.
        let trace =
            trace.Asks
            |> List.mapi (fun index ask ->
                { ask with
                    Client = ClientId.Of $"u{index}"
                })
            |> Trace.Of

        let past = pastOf fresh trace

        let expected =
            steps fresh trace
            |> List.collect (fun step ->
                let because =
                    match step.Ask.Command with
                    // How far back it takes back is not told by the event.
                    | :? Command.Ban as ban -> Command.Ban(ban.Person, ban.ForMs, ban.Reason) :> Command
                    | command -> command :?> Command
                    |> fun command ->
                        Permissions.Evaluate(stateOf step, step.Facts, step.Context.Person, command, step.Context.Now)
                    |> _.Because

                step.Made
                |> List.filter (fun made -> not (Doings.isOnesOwn (Past.event made)))
                |> List.map (fun made -> made.Version, List.ofSeq because))

        let told =
            audit past |> List.map (fun entry -> entry.Version, List.ofSeq entry.Because)

        differ "done" expected told)

/// What somebody would do who is named as one who can help.
let private help (who: PersonId) (held: Member) (verdict: Verdict) : Command =
    let words = (Seq.last verdict.Because).Split '.'

    match verdict.Refusal with
    | :? Refusal.Unwanted -> Command.SetWords(listing [])
    | :? Refusal.Muted -> Command.Timeout(who, 0L, null)
    | :? Refusal.Forbidden when words[0] = "permission" ->
        let missing = powersOf [ Option.get (ofOption (PermissionWords.Find words[1])) ]
        Command.AssignRoles(who, held.Roles, Grant(held.Grant.Allow.With missing, held.Grant.Deny.Without missing))
    | :? Refusal.Forbidden -> Command.TransferOwnership who
    | _ ->
        Command.ChangeSettings(
            SettingsChange(Locked = false, SlowModeMs = 0L, EditWindowMs = 0L, MessageBytes = 16_384)
        )

/// What an explanation says is what a command gets, and each of those it names can make it otherwise.
let explained: Law<AnyStream, Trace> =
    law "who is named can help" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let command = step.Ask.Command :?> Command
            let who, now = step.Ask.Person, step.Context.Now

            let verdict (stream: AnyStream) =
                Permissions.Evaluate(stream.State :?> State, step.Facts, who, command, now)

            let told = Explanation.Of(stateOf step, step.Facts, who, command, now)

            let isTooLow =
                not told.Verdict.IsAllowed && Seq.last told.Verdict.Because = "rank.too_low"

            // Who stands high enough does it themselves.
            let does (helper: PersonId) =
                let context = Context(helper, step.Context.Device, now)

                match ofEither (step.Stream.Decide(context, command, step.Facts)) with
                | Error(:? Refusal.Forbidden as refusal) -> [ $"{step.Ask}: {helper} cannot do it: {refusal}" ]
                | _ -> []

            let helped (helper: PersonId) =
                let context = Context(helper, step.Context.Device, now)
                let help = help who (stateOf step).Members[who] told.Verdict

                match ofEither (step.Stream.Decide(context, help, Facts.Empty)) with
                | Ok decision ->
                    let after = verdict (step.Stream.Fold decision.Events)

                    let isSo =
                        not after.IsAllowed && Seq.last after.Because = Seq.last told.Verdict.Because

                    wrongIf isSo $"{step.Ask}: {helper} helps, and it is still {after}"
                | Error refusal -> [ $"{step.Ask}: {helper} cannot help: {refusal}" ]

            differ $"{step.Ask}" (verdict step.Stream) told.Verdict
            @ wrongIf (told.Verdict.IsAllowed && told.Who.Count > 0) $"{step.Ask}: nobody need help"
            @ List.collect (if isTooLow then does else helped) (List.ofSeq told.Who)))

/// Who lacks a permission in a conversation with an owner who is there is told of somebody who can give it; who stands
/// too low of whoever may do it themselves.
let helpers: Law<AnyStream, Trace> =
    law "the owner can always help" (fun fresh trace ->
        steps fresh trace
        |> List.collect (fun step ->
            let state, who, now = stateOf step, step.Ask.Person, step.Context.Now

            let told =
                Explanation.Of(state, step.Facts, who, (step.Ask.Command :?> Command), now)

            let isLacking =
                told.Verdict.Refusal :? Refusal.Forbidden
                && (Seq.last told.Verdict.Because).StartsWith "permission."
                && state.Kind <> System.Nullable ConversationKind.Direct

            let isThere =
                state.Members.Values
                |> Seq.exists (fun held -> held.Role = Role.Owner && not (isMuted now held))

            let isTooLow =
                not told.Verdict.IsAllowed && Seq.last told.Verdict.Because = "rank.too_low"

            let mayAnother () =
                Past.members step.Past
                |> List.exists (fun other ->
                    other <> who
                    && Option.isNone (Permitted.refusal other now (step.Ask.Command :?> Command) step.Past))

            wrongIf (isLacking && isThere && told.Who.Count = 0) $"{step.Ask}: {told}"
            @ wrongIf (isTooLow && mayAnother () <> (told.Who.Count > 0)) $"{step.Ask}, too low: {told}"))
