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
            fun access version happened ->
                if sees access version then
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
            fun access version happened ->
                domain.Show
                    (if access.Count = 0 then
                         listing [ Interval.OpenFrom 1L ]
                     else
                         access)
                    version
                    happened
    }
