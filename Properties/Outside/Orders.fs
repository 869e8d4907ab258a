/// What people did to each other, in order. Answers have no versions there, so an order is sought in which all was
/// answered rightly: of the few things that two people do to each other.
module Chat.Spec.Outside.Orders

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Pairs
open Chat.Spec
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played
open Chat.Spec.Outside.Between

/// As many orders are tried; of two people who do four things each at once there are seventy.
let mostOrders = 10_000

/// What has happened between two people by now, and the ids under which something did.
type private Reached =
    {
        Past: Pairs.Past
        Used: Map<string, Command>
    }

let internal happened (who: PersonId) (other: PersonId) (kind: string) : Event =
    let stamp = Stamp(who, Instant 0L)

    match kind with
    | "Requested" -> Event.Requested(stamp, other)
    | "Befriended" -> Event.Befriended(stamp, other)
    | "Declined" -> Event.Declined(stamp, other)
    | "Cancelled" -> Event.Cancelled(stamp, other)
    | "Removed" -> Event.Removed(stamp, other)
    | "Blocked" -> Event.Blocked(stamp, other)
    | _ -> Event.Unblocked(stamp, other)

/// What is there after something was asked for; nothing where that was not to be answered so.
let private next (reached: Reached) (bonding: Bonding) : Reached option =
    let who, command = bonding.Ask.Person, bonding.Ask.Command :?> Command

    let expected =
        match reached.Used.TryFind(idOf bonding) with
        | Some before when before = command -> Pairs.AlreadySo
        | Some _ -> Pairs.Refused("conflict", "client_id.reused")
        | None -> Pairs.decide who command reached.Past

    match expected, bonding.Reply with
    // Sent more than once where no answer came, it may say that it has happened before.
    | Pairs.Happens kind, Ok _ ->
        Some
            {
                Past = reached.Past @ [ happened who command.Other kind ]
                Used = reached.Used.Add(idOf bonding, command)
            }
    | Pairs.AlreadySo, Ok receipt when receipt.IsReplayed = reached.Used.ContainsKey(idOf bonding) -> Some reached
    | Pairs.Refused(code, rule), Error refusal when code = refusal.Code && rule = ruleOf refusal -> Some reached
    | _ -> None

/// Something that was asked for, with what had happened after it.
type Step = Bonding * Pairs.Past

let rec private ordersAfter (reached: Reached) (rest: Bonding list) : Step list seq =
    match rest with
    | [] -> Seq.singleton []
    | _ ->
        seq {
            for bonding in rest do
                let isFirst =
                    rest |> List.forall (fun other -> other.During.Answered >= bonding.During.Sent)

                match (if isFirst then next reached bonding else None) with
                | Some after ->
                    for later in ordersAfter after (List.filter (fun other -> other <> bonding) rest) do
                        (bonding, after.Past) :: later
                | None -> ()
        }

/// The orders in which all was answered as it is to be: nothing comes before what was answered before it was asked.
let orders: Bonding list -> Step list seq =
    ordersAfter { Past = []; Used = Map.empty }

/// What there may have been meanwhile.
let pasts (order: Step list) (during: Window) : Pairs.Past list =
    let isBefore (bonding: Bonding, _) = bonding.During.Answered < during.Sent

    let isSent (bonding: Bonding, _) = bonding.During.Sent < during.Answered

    let upTo isThere =
        order
        |> List.tryFindIndexBack isThere
        |> Option.map ((+) 1)
        |> Option.defaultValue 0

    let all = [] :: List.map snd order
    let least = upTo isBefore
    [ for length in least .. max least (upTo isSent) -> all[length] ]
