/// What people keep to themselves, from all that ever happened, oldest first. There is no state.
module Chat.Spec.Oracle.Privacy

open System
open Chat.Domain.Values
open Chat.Domain.People
open Chat.Domain.Presences
open Chat.Spec

type private Bond = Chat.Domain.Pairs.Event

type Deed =
    | Bonds of Bond
    | Keeps of PersonId * Command.SetPrivacy
    /// They call themselves so.
    | Named of PersonId * string
    | Attends of PersonId * Attendance
    /// The first does not want the second told of them.
    | Ghosts of PersonId * PersonId
    /// They say something, where all of them are.
    | Speaks of PersonId
    /// They have read up to there.
    | Reads of PersonId * int64

type Past = Deed list

let whoOf (deed: Deed) =
    match deed with
    | Bonds bond -> bond.By
    | Keeps(who, _)
    | Named(who, _)
    | Attends(who, _)
    | Ghosts(who, _)
    | Speaks who
    | Reads(who, _) -> who

let private isOpenness (said: Nullable<Openness>) =
    not said.HasValue
    || List.contains said.Value [ Openness.Everyone; Openness.Friends; Openness.Nobody ]

/// What is understood of all that one may say: everything that has a meaning.
let isUnderstood (said: Command.SetPrivacy) =
    List.forall isOpenness [ said.Messages; said.Invites; said.Find; said.Receipts; said.Presence ]
    && said.Presence <> Nullable Openness.Everyone

let private lastSaid (of': Command.SetPrivacy -> Nullable<Openness>) otherwise (who: PersonId) (past: Past) =
    past
    |> List.rev
    |> List.tryPick (fun step ->
        match step with
        | Keeps(by, said) when by = who && isUnderstood said -> Option.ofNullable (of' said)
        | _ -> None)
    |> Option.defaultValue otherwise

let messages = lastSaid _.Messages Openness.Everyone
let invites = lastSaid _.Invites Openness.Everyone
let find = lastSaid _.Find Openness.Friends
let presence = lastSaid _.Presence Openness.Friends
let receipts = lastSaid _.Receipts Openness.Everyone

let private between (one: PersonId) (other: PersonId) (past: Past) : Pairs.Past =
    past
    |> List.choose (fun step ->
        match step with
        | Bonds bond when (bond.By = one && bond.Other = other) || (bond.By = other && bond.Other = one) -> Some bond
        | _ -> None)

let areFriends one other past =
    Pairs.areFriends (between one other past)

let isClosed one other past = Pairs.isClosed (between one other past)

/// Whether the first takes something of the second, who are so open.
let isOpen openness one other past =
    Pairs.takes openness (between one other past)

let name (who: PersonId) (past: Past) =
    past
    |> List.rev
    |> List.tryPick (fun step ->
        match step with
        | Named(by, name) when by = who -> Some name
        | _ -> None)

let private wordsOf (text: string) =
    text.ToLowerInvariant().Split([| ' '; '-'; '.' |], StringSplitOptions.RemoveEmptyEntries)

/// Whether one is meant by some words: letters and blanks only.
let isMeant (words: string) (who: PersonId) past =
    let asked = wordsOf words

    let isBegun (word: string) =
        name who past
        |> Option.exists (wordsOf >> Array.exists (_.StartsWith(word, StringComparison.Ordinal)))

    words = who.Value || (asked.Length > 0 && Array.forall isBegun asked)

let mayBeFound (who: PersonId) (by: PersonId) past = isOpen (find who past) who by past

/// Whom somebody finds: friends first.
let found (words: string) (by: PersonId) (limit: int) (people: PersonId list) (past: Past) =
    people
    |> List.filter (fun who -> who <> by && isMeant words who past && mayBeFound who by past)
    |> List.sortBy (fun who -> not (areFriends who by past), who.Value)
    |> List.truncate limit

let attendance (who: PersonId) (past: Past) =
    past
    |> List.rev
    |> List.tryPick (fun step ->
        match step with
        | Attends(by, attendance) when by = who -> Some attendance
        | _ -> None)
    |> Option.defaultValue Attendance.Away

/// Whether one sees another in the hall.
let isInHall (who: PersonId) (by: PersonId) (past: Past) =
    attendance who past = Attendance.Visible
    && areFriends who by past
    && not (isClosed who by past)
    && presence who past <> Openness.Nobody
    && not (List.contains (Ghosts(who, by)) past)

/// Whether two are told how far the other is.
let areTold (one: PersonId) (other: PersonId) (past: Past) =
    isOpen (receipts one past) one other past
    && isOpen (receipts other past) other one past
