/// What somebody could see after a version, as far as whoever asks may see it, too: both are looked through the past,
/// the one as it was then, the other as it is now.
module Chat.Spec.Oracle.Hindsight

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Access
open Chat.Spec.Oracle.Views

/// Who asks, and whom a block veils for them.
type Asker =
    { Who: PersonId; Veiled: PersonId list }

/// The past until a version.
let until (at: int64) (past: Past) : Past = List.truncate (int at) past

/// What somebody could see: how they stood to it, its messages, and of those what whoever asks may not see and what
/// was unread.
type Told =
    {
        Standing: Standing option
        History: Message list
        /// The numbers of messages that they could see, and whoever asks may not, who is another.
        Hidden: int64 list
        /// Of others, after their marker, after they came in, and not taken back to this day.
        Unread: Message list
        Mentions: Message list
    }

/// In, asked in, or neither.
let private standing (who: PersonId) (past: Past) : Standing option =
    if isMember who past then Some Standing.Member
    elif isInvited who past then Some Standing.Invited
    else None

/// What is told of somebody with these marks; nothing where whoever asks may not see that version.
let told (asker: Asker) (who: PersonId) (marks: Marks) (at: int64) (past: Past) : Told option =
    let then' = until at past

    // What is stored now of what they saw then.
    let could =
        asStored past
        |> until at
        |> List.filter (fun recorded -> seesEvent who then' recorded.Version (event recorded))

    let history =
        could
        |> List.filter (fun recorded -> seesEventBehind asker.Veiled asker.Who past recorded.Version (event recorded))
        |> List.map (fun recorded ->
            let asTold = asShown [] who then' (event recorded)
            recorded.Version, asShown asker.Veiled asker.Who past asTold)
        |> messagesOf

    let messages =
        could
        |> List.choose (fun recorded ->
            match event recorded with
            | :? Event.MessageSent as sent -> Some sent.Seq
            | _ -> None)

    let unread =
        history
        |> List.filter (fun message ->
            isMember who then'
            && message.Version > (arrival who then').Version
            && message.By <> who
            && message.Seq > marks.Read
            && not (isRedacted message.Seq past))

    if at > version past || not (maySee asker.Who at past) then
        None
    else
        Some
            {
                Standing = standing who then'
                History = history
                Hidden =
                    if asker.Who = who then
                        []
                    else
                        messages |> List.except (history |> List.map _.Seq)
                Unread = unread
                Mentions = unread |> List.filter (fun message -> message.Calls who)
            }
