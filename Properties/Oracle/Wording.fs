/// What comes of rules about words.
module Chat.Spec.Oracle.Wording

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec.Oracle.Reasons
open Chat.Spec.Oracle.Past
open Chat.Spec.Oracle.Powers

let private saidBy (command: Command) =
    match command with
    | :? Command.SendMessage as send -> Some send.Body
    | :? Command.EditMessage as edit -> Some edit.Body
    | _ -> None

/// What happens in the place of what is refused: a rule takes the word from who would have said what it names.
let instead (asking: Context) (command: Command) (past: Past) (refused: Verdict) : Verdict =
    let broken =
        saidBy command
        |> Option.bind (fun said -> Checks.keptFromSaying asking.Person said past)

    match refused, broken with
    | Refuse("unwanted", _), Some rule when rule.Action = WordAction.Timeout ->
        let until = asking.Now.Plus rule.ForMs
        Accept(Event.TimedOut(asking.Stamp, asking.Person, Nullable until, null, Rule = Nullable rule.Id))
    | _ -> refused

/// The rule by which those who handle reports are told of what somebody says, if there is one.
let flag (who: PersonId) (command: Command) (past: Past) : WordRuleId option =
    let flags =
        wordRules who past |> List.filter (fun rule -> rule.Action = WordAction.Flag)

    saidBy command |> Option.bind (Words.broken flags) |> Option.map _.Id

let set (asking: Context) (wanted: Command.SetWords) (past: Past) : Verdict =
    let rules = List.ofSeq wanted.Rules
    let isAny broken = List.exists broken rules

    let isLengthWrong (rule: WordRule) =
        if rule.Action = WordAction.Timeout then
            rule.ForMs < 1L || rule.ForMs > Limits.LongestMs
        else
            rule.ForMs >= 1L && rule.ForMs <= Limits.LongestMs

    let held =
        past
        |> List.tryFindBack (fun recorded -> event recorded :? Event.WordsSet)
        |> Option.map (fun recorded -> List.ofSeq (event recorded :?> Event.WordsSet).Rules)

    // Of several faults the last is named.
    if isAny isLengthWrong then
        badWordsLength
    elif isAny (fun rule -> not (Enum.IsDefined rule.Action)) then
        badAction
    elif isAny (fun rule -> rule.Phrases.Count = 0 || rule.Phrases.Count > WordRule.MaxPhrases) then
        badPhrases
    elif
        rules.Length > WordRule.Most
        || rules.Length <> (rules |> List.distinctBy _.Id).Length
    then
        badRules
    elif Option.defaultValue [] held = rules then
        AlreadySo
    else
        Accept(Event.WordsSet(asking.Stamp, wanted.Rules))
