/// Whom blocks keep apart while a scenario is played. Each person does their things one after another, so what somebody
/// has blocked is known at each moment but those in which they block or unblock; what comes of it is judged for both.
module Chat.Spec.Outside.Between

open System
open Chat.Domain.Values
open Chat.Domain.Committing
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Played

type private Bond = Chat.Domain.Pairs.Command

let otherOf (bonding: Bonding) = (bonding.Ask.Command :?> Bond).Other

let idOf (bonding: Bonding) =
    $"{bonding.Ask.Person}/{bonding.Ask.Device}/{bonding.Ask.Client}"

/// Blocks and their ends, by somebody of another, in order: each of which nothing was so before.
let private changes (bondings: Bonding list) (who: PersonId) (other: PersonId) : (Bonding * bool) list =
    let next (used: Set<string>, isBlocked, found) (bonding: Bonding) =
        // The answer to what was done before is given again, and nothing is done.
        let isDone =
            match bonding.Reply with
            | Ok receipt -> not receipt.IsReplayed || not (used.Contains(idOf bonding))
            | Error _ -> false

        match bonding.Ask.Command with
        | :? Bond.Block when isDone && not isBlocked -> used.Add(idOf bonding), true, (bonding, true) :: found
        | :? Bond.Unblock when isDone && isBlocked -> used.Add(idOf bonding), false, (bonding, false) :: found
        | _ -> used, isBlocked, found

    let _, _, found =
        bondings
        |> List.filter (fun bonding -> bonding.Ask.Person = who && otherOf bonding = other)
        |> List.sortBy _.During.Sent
        |> List.fold next (Set.empty, false, [])

    List.rev found

/// Whether somebody may have blocked another meanwhile.
let private blocks (bondings: Bonding list) (who: PersonId) (other: PersonId) (during: Window) : bool list =
    let before, later =
        changes bondings who other
        |> List.partition (fun (bonding, _) -> bonding.During.Answered < during.Sent)

    let first = before |> List.tryLast |> Option.exists snd

    let meanwhile =
        later
        |> List.filter (fun (bonding, _) -> bonding.During.Sent < during.Answered)
        |> List.map snd

    List.distinct (first :: meanwhile)

/// Whether two may have had nothing to do with each other.
let private parts (bondings: Bonding list) (one: PersonId) (other: PersonId) (during: Window) : bool list =
    List.allPairs (blocks bondings one other during) (blocks bondings other one during)
    |> List.map (fun (mine, theirs) -> mine || theirs)
    |> List.distinct

/// Whom a block may have veiled for somebody: one of these.
let veils (played: Played) (who: PersonId) (during: Window) : PersonId list list =
    played.Bondings
    |> List.collect (fun bonding -> [ bonding.Ask.Person; otherOf bonding ])
    |> List.distinct
    |> List.except [ who ]
    |> List.fold
        (fun sofar other ->
            List.allPairs sofar (parts played.Bondings who other during)
            |> List.map (fun (veiled, isVeiled) -> if isVeiled then other :: veiled else veiled))
        [ [] ]

/// Whether one of these people may have had nothing to do with somebody.
let refusals (played: Played) (who: PersonId) (people: PersonId seq) (during: Window) : bool list =
    let others =
        people
        |> Seq.distinct
        |> Seq.filter ((<>) who)
        |> Seq.map (fun other -> parts played.Bondings who other during)
        |> List.ofSeq

    [
        if others |> List.exists (List.contains true) then
            true
        if others |> List.forall (List.contains false) then
            false
    ]

/// What a block, and its end, does to the conversation of the two: whom it is of, and what it would do in their name.
type Closing = { Other: PersonId; Sending: Sending }

/// In the order in which it was asked for.
let closings (played: Played) : Closing list =
    played.Bondings
    |> List.map (fun bonding -> bonding.Ask.Person, otherOf bonding)
    |> List.distinct
    |> List.collect (fun (who, other) -> changes played.Bondings who other)
    |> List.sortBy (fun (bonding, _) -> bonding.During.Sent)
    |> List.map (fun (bonding, isClosed) ->
        let command: Command = if isClosed then Command.Close() else Command.Reopen()
        let stream = StreamKey.Of(TenantId.Main, played.Conversation)

        {
            Other = otherOf bonding
            Sending =
                {
                    Ask =
                        { bonding.Ask with
                            Client = ClientId.Of $"{bonding.Ask.Client}-{bonding.During.Sent}"
                            Command = command
                        }
                    Malformed = None
                    During = bonding.During
                    Reply = Ok(Receipt(stream, 0L, Instant 0L, Nullable(), false))
                }
        })
