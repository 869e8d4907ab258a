/// What was done to a conversation and to the people in it, by looking through what happened.
module Chat.Spec.Oracle.Doings

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle.Past

/// What one says and does of oneself, which is nobody's to look into here.
let isOnesOwn (happened: Event) =
    match happened with
    | :? Event.Created
    | :? Event.Nicknamed
    | :? Event.Left
    | :? Event.MessageSent
    | :? Event.MessageEdited
    | :? Event.Reacted
    | :? Event.Unreacted
    | :? Event.Knocked
    | :? Event.Called
    | :? Event.Partied
    | :? Event.Closed
    | :? Event.Reopened -> true
    | :? Event.Joined as joined -> not joined.Link.HasValue
    | :? Event.MessageRedacted as redacted -> redacted.By = redacted.Author
    | _ -> false

/// Something that was done, as who may know it is told.
type Done =
    {
        Version: int64
        At: Instant
        By: PersonId
        What: string
        Person: PersonId option
        Seq: int64 option
        Reason: Reason option
    }

/// What it is called, to whom it was done if to one person, and why, as whoever did it said.
let private told (happened: Event) : string * PersonId option * Reason option =
    match happened with
    | :? Event.Renamed -> "renamed", None, None
    | :? Event.TopicSet -> "topic_set", None, None
    | :? Event.Invited as invited when invited.People.Count = 1 -> "invited", Some invited.People[0], None
    | :? Event.Invited -> "invited", None, None
    | :? Event.Joined -> "joined", None, None
    | :? Event.MessageRedacted as redacted -> "redacted", Some redacted.Author, Option.ofObj redacted.Reason
    | :? Event.Pinned -> "pinned", None, None
    | :? Event.Unpinned -> "unpinned", None, None
    | :? Event.SettingsChanged -> "settings_changed", None, None
    | :? Event.WordsSet -> "words_set", None, None
    | :? Event.RoleSet -> "role_set", None, None
    | :? Event.RoleDropped -> "role_dropped", None, None
    | :? Event.RolesAssigned as assigned -> "roles_assigned", Some assigned.Person, None
    | :? Event.OwnershipTransferred as transferred -> "ownership_transferred", Some transferred.Person, None
    | :? Event.Kicked as kicked -> "kicked", Some kicked.Person, Option.ofObj kicked.Reason
    | :? Event.Banned as banned -> "banned", Some banned.Person, Option.ofObj banned.Reason
    | :? Event.Unbanned as unbanned -> "unbanned", Some unbanned.Person, None
    | :? Event.TimedOut as timed -> "timed_out", Some timed.Person, Option.ofObj timed.Reason
    | :? Event.Uninvited as uninvited -> "uninvited", Some uninvited.Person, None
    | :? Event.LinkMade -> "link_made", None, None
    | :? Event.LinkDropped -> "link_dropped", None, None
    | other -> failwithf "nobody tells of %s" (other.GetType().Name)

/// All that was done, the newest first.
let all (past: Past) : Done list =
    past
    |> List.filter (event >> isOnesOwn >> not)
    |> List.map (fun recorded ->
        let what, person, reason = told (event recorded)

        {
            Version = recorded.Version
            At = recorded.Event.At
            By = recorded.Event.By
            What = what
            Person = person
            Seq = (event recorded).About |> Option.ofNullable |> Option.map _.Seq
            Reason = reason
        })
    |> List.rev
