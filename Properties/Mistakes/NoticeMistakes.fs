/// Noticing with one mistake each.
module Chat.Spec.Mistakes.NoticeMistakes

open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.NoticeRunning

let private right = NoticeRunning.domain

let private given (edit: NoticeState -> NoticeFacts -> Instant -> NoticeFacts) : Telling =
    { right with
        Decide = fun before facts now -> right.Decide before (edit before facts now) now
    }

let private knowing (edit: NoticeState -> NoticeFacts -> Instant -> NoticeState) : Telling =
    { right with
        Decide = fun before facts now -> right.Decide (edit before facts now) facts now
    }

let private answering edit : Telling =
    { right with
        Decide = fun before facts now -> edit before (right.Decide before facts now)
    }

/// With other bars for these people.
let private barring (people: PersonId seq) (edit: Bars option -> Bars) (facts: NoticeFacts) =
    let change (friends: LanguageExt.HashMap<PersonId, Bars>) who =
        friends.AddOrUpdate(who, edit (ofOption (friends.Find who)))

    NoticeFacts(facts.Openings, Seq.fold change facts.Friends people, facts.Quiet, facts.IsIn)

let private waiting (state: NoticeState) = state.Waiting |> Seq.map _.Opening.Who

let private comers (facts: NoticeFacts) = facts.Openings |> Seq.map _.Who

let private without (bar: Bars) (held: Bars option) =
    match held with
    | Some bars -> bars &&& ~~~bar
    | None -> Bars.Blocked

let private ignores bar =
    given (fun before facts _ -> barring (Seq.append (waiting before) (comers facts)) (without bar) facts)

let private keepsWhatIsQuiet: Telling =
    { right with
        Decide =
            fun before facts now ->
                if facts.Quiet |> Option.ofObj |> Option.exists _.Covers(now) then
                    before, None, None
                else
                    right.Decide before facts now
    }

let private ofUtc (facts: NoticeFacts) =
    match facts.Quiet with
    | null -> facts
    | quiet ->
        let other = valid (QuietHours.Create(quiet.From, quiet.To, 0))
        NoticeFacts(facts.Openings, facts.Friends, other, facts.IsIn)

let private keepsAll (before: NoticeState) (after: NoticeState, notice, due) =
    let told = before.Told.AddOrUpdateRange after.Told
    NoticeState(told, after.Waiting, after.Recent, after.DigestAt), notice, due

let private sorted _ (after, notice: Notice option, due) =
    let people (notice: Notice) =
        Notice(notice.People |> Seq.sortBy _.Value |> listing, notice.IsDigest)

    after, Option.map people notice, due

let private countsWhoeverComes (before: NoticeState) (facts: NoticeFacts) (now: Instant) =
    let recent =
        Seq.append before.Recent (facts.Openings |> Seq.map (fun _ -> now))
        |> Seq.rev
        |> Seq.truncate Noticing.Many
        |> Seq.rev

    NoticeState(before.Told, before.Waiting, listing recent, before.DigestAt)

let private bothWays (friend: PersonId) world whom =
    right.Between friend world whom
    ||| (right.Between whom world friend &&& (Bars.Muted ||| Bars.Ghosted))

let all: Mistake list =
    let stories = lazy (Seeds.fixedSample 600 60 Comings.story)
    let barred = lazy (Seeds.fixedSample 300 60 Comings.barring)
    let worlds = lazy (Seeds.fixedSample 300 60 Comings.world)
    let on name law mistaken = mistake name law stories right mistaken

    let noTold (state: NoticeState) _ _ =
        NoticeState(LanguageExt.Map<PersonId, Instant>.Empty, state.Waiting, state.Recent, state.DigestAt)

    let atOnce (facts: NoticeFacts) =
        NoticeFacts(facts.Openings, facts.Friends, facts.Quiet, true)

    let onlyTheFirst (facts: NoticeFacts) =
        NoticeFacts(facts.Openings |> Seq.truncate 1 |> listing, facts.Friends, facts.Quiet, facts.IsIn)

    let neverQuiet (facts: NoticeFacts) =
        NoticeFacts(facts.Openings, facts.Friends, null, facts.IsIn)

    [
        on "people are named in another order" NoticeLaws.oracle (answering sorted)
        on "quiet hours are those of UTC" NoticeLaws.oracle (given (fun _ facts _ -> ofUtc facts))
        on "it is forgotten who was told of" NoticeLaws.once (knowing noTold)
        on
            "what another host told is not heard"
            NoticeLaws.takenOver
            { right with
                Hear = fun state _ -> state
            }
        on "who ghosts is told of" NoticeLaws.never (ignores Bars.Ghosted)
        on "who is muted is told of" NoticeLaws.never (ignores Bars.Muted)
        on "who is blocked is told of" NoticeLaws.never (ignores Bars.Blocked)
        on "who lets nobody see it is told of" NoticeLaws.never (ignores Bars.Hidden)
        on
            "who waits is told of in any case"
            NoticeLaws.never
            (given (fun before facts _ -> barring (waiting before) (fun _ -> Bars.None) facts))
        on
            "strangers are told of"
            NoticeLaws.never
            (given (fun _ facts _ -> barring (comers facts) (Option.defaultValue Bars.None) facts))
        on "it is never quiet" NoticeLaws.quiet (given (fun _ facts _ -> neverQuiet facts))
        on "what is quiet is kept" NoticeLaws.quiet keepsWhatIsQuiet
        on "nobody waits for others" NoticeLaws.complete (given (fun _ facts _ -> atOnce facts))
        on "only the first is told of" NoticeLaws.complete (given (fun _ facts _ -> onlyTheFirst facts))
        on
            "many come one by one"
            NoticeLaws.many
            (knowing (fun before _ _ -> NoticeState(before.Told, before.Waiting, listing [], before.DigestAt)))
        on
            "a digest follows another"
            NoticeLaws.many
            (knowing (fun before _ _ -> NoticeState(before.Told, before.Waiting, before.Recent, System.Nullable())))
        on "all is kept" NoticeLaws.bounded (answering keepsAll)
        on
            "what was told is forgotten"
            NoticeLaws.bounded
            { right with
                IsBlank = fun state _ -> state.Waiting.Count = 0
            }
        mistake "whoever comes counts" SilenceLaws.traceless barred right (knowing countsWhoeverComes)
        mistake "what holds one way holds the other" SilenceLaws.silent worlds right { right with Between = bothWays }
    ]
