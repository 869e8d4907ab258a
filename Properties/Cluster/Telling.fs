/// What happened in a conversation, in words.
module Chat.Spec.Cluster.Telling

open Chat.Domain.Values
open Chat.Domain.Conversations

let private names (people: PersonId seq) =
    match people |> Seq.map _.Value |> List.ofSeq with
    | [] -> "nobody"
    | some -> String.concat ", " some

let private shortened (text: string) =
    let line = text.ReplaceLineEndings " "
    if line.Length > 28 then line[..27] + "…" else line

let private quoted (content: Content) =
    match content with
    | :? Content.Present as present when present.Body.Value = "" -> "a file"
    | :? Content.Present as present -> $"“{shortened present.Body.Value}”"
    | _ -> "what is gone"

let private until (time: System.Nullable<Instant>) =
    if time.HasValue then " for a time" else ""

let private ofMessages (happened: Event) =
    match happened with
    | :? Event.MessageSent as sent -> Some $"says {quoted sent.Content} (message {sent.Seq})"
    | :? Event.MessageEdited as edited -> Some $"makes message {edited.Message.Seq} {quoted edited.Content}"
    | :? Event.MessageRedacted as redacted -> Some $"takes message {redacted.Message.Seq} back"
    | :? Event.Reacted as reacted -> Some $"puts {reacted.Emoji} under message {reacted.Message.Seq}"
    | :? Event.Unreacted as unreacted -> Some $"takes {unreacted.Emoji} from message {unreacted.Message.Seq}"
    | :? Event.Pinned as pinned -> Some $"pins message {pinned.Message.Seq}"
    | :? Event.Unpinned as unpinned -> Some $"takes the pin off message {unpinned.Message.Seq}"
    | _ -> None

let private ofPeople (happened: Event) =
    match happened with
    | :? Event.Nicknamed as nicknamed -> Some $"is called {shortened (string nicknamed.Nickname)}"
    | :? Event.Invited as invited -> Some $"asks {names invited.People} in"
    | :? Event.Uninvited as uninvited when uninvited.Person = uninvited.By -> Some "does not want to come in"
    | :? Event.Uninvited as uninvited -> Some $"turns {uninvited.Person} away"
    | :? Event.Knocked -> Some "knocks"
    | :? Event.Joined -> Some "comes in"
    | :? Event.Left -> Some "goes out"
    | :? Event.Kicked as kicked -> Some $"puts {kicked.Person} out"
    | :? Event.Banned as banned -> Some $"bans {banned.Person}{until banned.Until}"
    | :? Event.Unbanned as unbanned -> Some $"lets {unbanned.Person} come again"
    | :? Event.TimedOut as timedOut when timedOut.Until.HasValue -> Some $"takes the word from {timedOut.Person}"
    | :? Event.TimedOut as timedOut -> Some $"gives {timedOut.Person} the word back"
    | _ -> None

let private ofRules (happened: Event) =
    match happened with
    | :? Event.Created as created ->
        Some $"makes a {(string created.Kind).ToLowerInvariant()} of {names created.Members}"
    | :? Event.Renamed as renamed -> Some $"names it {shortened (string renamed.Name)}"
    | :? Event.TopicSet as topic -> Some $"says what it is about: {shortened (string topic.Topic)}"
    | :? Event.LinkMade -> Some "makes a link"
    | :? Event.LinkDropped -> Some "drops a link"
    | :? Event.SettingsChanged -> Some "changes the settings"
    | :? Event.WordsSet as words -> Some $"sets {words.Rules.Count} rules about words"
    | :? Event.RoleSet as role -> Some $"says what the role {role.Role} is"
    | :? Event.RoleDropped as role -> Some $"drops the role {role.Role}"
    | :? Event.RolesAssigned as assigned -> Some $"gives {assigned.Person} other roles"
    | :? Event.OwnershipTransferred as handed -> Some $"hands it on to {handed.Person}"
    | :? Event.Called as called -> Some $"called: {called.How}"
    | :? Event.Partied as partied -> Some $"were {partied.Party.People.Count} in {partied.Party.Name}"
    | :? Event.Closed -> Some "closes it"
    | :? Event.Reopened -> Some "opens it again"
    | _ -> None

/// Who did what; a case that has no words yet is called by its name.
let say (happened: Event) : string =
    let did =
        [ ofMessages; ofPeople; ofRules ]
        |> List.tryPick (fun tell -> tell happened)
        |> Option.defaultValue (happened.GetType().Name)

    $"{happened.By} {did}"
