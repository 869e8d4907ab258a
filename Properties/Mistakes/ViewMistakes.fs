/// Views with one mistake each.
module Chat.Spec.Mistakes.ViewMistakes

open System
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Views
open Chat.Spec
open Chat.Spec.Laws.ViewLaws

let private sees (access: Listing<Interval>) version =
    access |> Seq.exists (fun stretch -> stretch.Contains version)

let countsOnesOwn =
    { domain with
        Unread =
            fun unread seen ->
                match seen with
                | :? Seen.Shown as shown ->
                    match shown.Event with
                    | :? Event.MessageSent as sent when sent.By = unread.Viewer && sent.Seq > unread.Marks.Read ->
                        let messages = unread.Messages.AddOrUpdate(sent.Seq, false)
                        Unread(unread.Viewer, unread.Marks, messages, unread.Earlier)
                    | _ -> unread.Evolve seen
                | _ -> unread.Evolve seen
    }

let private ignoring (isIgnored: Event -> bool) (evolve: 'view -> Seen -> 'view) (view: 'view) (seen: Seen) =
    match seen with
    | :? Seen.Shown as shown when isIgnored shown.Event -> view
    | _ -> evolve view seen

let countsWhatWasTakenBack =
    { domain with
        Unread = domain.Unread |> ignoring (fun happened -> happened :? Event.MessageRedacted)
    }

let missesMentionsOfEdits =
    { domain with
        Unread = domain.Unread |> ignoring (fun happened -> happened :? Event.MessageEdited)
    }

let missesComingIn =
    { domain with
        Unread = domain.Unread |> ignoring (fun happened -> happened :? Event.Joined)
    }

let readsTheFirstVersion =
    { domain with
        History = domain.History |> ignoring (fun happened -> happened :? Event.MessageEdited)
    }

let keepsWhatWasTakenBack =
    { domain with
        History = domain.History |> ignoring (fun happened -> happened :? Event.MessageRedacted)
    }

let showsWhatIsAboutTheUnseen =
    { domain with
        Show =
            fun sight version happened ->
                if sees sight.Access version then
                    Seen.Shown(version, happened)
                else
                    Seen.Hidden(version, version)
    }

let formerMembersHear =
    { domain with
        Hears =
            fun after who version happened ->
                if after.Members.ContainsKey who || not after.Exists then
                    domain.Hears after who version happened
                else
                    listing [ Interval.OpenFrom 1L ]
    }

let outsidersRead =
    { domain with
        Show =
            fun sight version happened ->
                domain.Show
                    (if sight.Access.Count = 0 then
                         Sight.Of(listing [ Interval.OpenFrom 1L ])
                     else
                         sight)
                    version
                    happened
    }

let private shownIf (isShown: Sight -> Event -> bool) =
    { domain with
        Show =
            fun sight version happened ->
                let unveiled = Sight.Of sight.Access

                if isShown sight happened then
                    domain.Show unveiled version happened
                else
                    domain.Show sight version happened
    }

let forgetsVeils = shownIf (fun _ _ -> true)

let veilsNoReactions = shownIf (fun _ happened -> happened :? Event.Reacted)

let veilsNoQuotes =
    shownIf (fun sight happened ->
        match happened with
        | :? Event.MessageSent as sent -> not (sight.Veils sent.By)
        | _ -> false)

let veilsNotWhatIsAboutThem =
    shownIf (fun sight happened -> happened.About.HasValue && not (sight.Veils happened.By))
