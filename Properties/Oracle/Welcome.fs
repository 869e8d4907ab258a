/// What is to be answered where it also counts whether people take something from whoever asks: nobody is put into a
/// conversation, or asked into one, in spite of what is between the two.
module Chat.Spec.Oracle.Welcome

open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Oracle.Reasons

/// Whether one of these people does not take it that somebody begins a conversation of this kind with them, or asks
/// them into one.
type Refusing = ConversationKind -> PersonId seq -> bool

/// Why people are not put into a conversation or asked in, if it is one of them who does not take it.
let private unwelcome (isRefused: Refusing) who (now: Instant) (command: Command) (past: Past.Past) : Verdict option =
    match command with
    | :? Command.Create as create when not (Past.exists past) && isRefused create.Kind create.Members ->
        Some(
            if create.Kind = ConversationKind.Direct then
                directIsClosed
            else
                notAccepting
        )
    | :? Command.Invite as invite when
        Option.isNone (Permitted.refusal who now invite past)
        && isRefused ConversationKind.Group invite.People
        ->
        Some notAccepting
    | _ -> None

/// Why somebody may not do what they want; nothing if they may.
let refusal isRefused who now command past : Verdict option =
    unwelcome isRefused who now command past
    |> Option.orElseWith (fun () -> Permitted.refusal who now command past)

/// What a command comes to.
let decide isRefused (asking: Context) (command: Command) (past: Past.Past) : Verdict =
    unwelcome isRefused asking.Person asking.Now command past
    |> Option.defaultWith (fun () -> Verdicts.decide asking command past)
