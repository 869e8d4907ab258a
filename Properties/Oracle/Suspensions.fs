/// Who is closed out of everything, from what happened to them and among the staff.
module Chat.Spec.Oracle.Suspensions

open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Domain.People
open Chat.Spec
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Pairs

type private Wish = Chat.Domain.People.Command
type private Happened = Chat.Domain.People.Event
type Past = Happened list

/// The suspension of somebody, while it lasts: until when, or for good.
let held (now: Instant) (past: Past) : Instant option option =
    past
    |> List.tryFindBack (fun happened -> (happened :? Happened.Suspended) || (happened :? Happened.Restored))
    |> Option.bind (fun last ->
        match last with
        | :? Happened.Suspended as suspended -> Some(Option.ofNullable suspended.Until)
        | _ -> None)
    |> Option.filter (fun until -> until |> Option.forall (fun until -> now.Milliseconds < until.Milliseconds))

let private refused verdict =
    match verdict with
    | Refuse(code, rule) -> Refused(code, rule)
    | other -> failwith $"{other} is no refusal"

/// What somebody is told who closes another out or lets them in, given the past of the staff's conversation.
let decide (who: PersonId) (whom: PersonId) (now: Instant) (command: Wish) (past: Past) staff : Answer =
    let unless isSo event =
        if not (Past.isMember who staff) then
            refused (Checks.outside who staff)
        elif not (Powers.may who Permission.Ban staff) then
            refused (lacking Permission.Ban)
        // Who is not among the staff stands lowest.
        elif
            (if Past.isMember whom staff then
                 Powers.rank whom staff
             else
                 0)
            >= Powers.rank who staff
        then
            refused tooLow
        elif isSo then
            AlreadySo
        else
            Happens event

    match command with
    | :? Wish.Suspend as suspend when
        suspend.ForMs.HasValue
        && (suspend.ForMs.Value < 1L || suspend.ForMs.Value > Limits.LongestMs)
        ->
        refused badLength
    | :? Wish.Suspend as suspend ->
        let until = suspend.ForMs |> Option.ofNullable |> Option.map now.Plus
        unless (held now past = Some until) "Suspended"
    | _ -> unless (Option.isNone (held now past)) "Restored"
