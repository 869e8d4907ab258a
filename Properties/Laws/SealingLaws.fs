/// Commit and reveal: what is sealed, what is secret, how it is written.
module Chat.Spec.Laws.SealingLaws

open Chat.Domain.Values
open Chat.Domain.Forms
open Chat.Domain.Games
open Chat.Spec
open Chat.Spec.Generators.GameTraces
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.GameSubjects
open Chat.Spec.Laws.GameRunning

/// What is dealt follows from what was sealed: nobody shows anything else, and who shows nothing is not dealt to.
let sealing: Law<House, Trace> =
    law "what is dealt was sealed by all who play" (fun (house: House) trace ->
        let subject = house.On shuffle

        run subject trace
        |> List.collect (fun step ->
            let events =
                match step.Verdict with
                | Ok events -> events
                | Error _ -> []

            events
            |> List.collect (fun happened ->
                match happened with
                | :? Event.Offered as offered ->
                    differ
                        "the commitment"
                        (Sealing.Commit(offered.Place, offered.Number, offered.Secret.Value))
                        offered.Commitment
                | :? Event.Unsealed as shown ->
                    let seal =
                        Sealing.Seal(step.Before.Place, step.Before.Number, shown.Who, shown.Contribution)

                    wrongIf
                        (step.Before.Seals.Find shown.Who <> LanguageExt.Option<Bits256>.Some seal)
                        "it was not sealed"
                | :? Event.Dealt as dealt ->
                    let shown =
                        step.Before.Shown.Keys
                        |> Seq.append (events |> Seq.choose tryUnbox<Event.Unsealed> |> Seq.map _.Who)
                        |> Seq.filter step.Before.Seats.Contains
                        |> Seq.map _.Value
                        |> Seq.distinct
                        |> Seq.sort
                        |> List.ofSeq

                    differ "dealt to" shown (dealt.Seats |> Seq.map _.Value |> List.ofSeq)
                | _ -> [])))

let rec private textsOf (datum: Datum) : string list =
    match datum with
    | :? Datum.Text as text -> [ text.Value ]
    | :? Datum.Items as items -> items.Values |> Seq.collect textsOf |> List.ofSeq
    | :? Datum.Fields as fields -> fields.Values |> Seq.collect (fun field -> textsOf field.Value) |> List.ofSeq
    | _ -> []

/// Before the end nobody is shown the host's secret, or the seed; at the end everybody is shown the secret.
let secrets: Law<House, Trace> =
    law "the secret is told at the end and not before" (fun (house: House) trace ->
        let subject = house.On shuffle

        run subject trace
        |> List.collect (fun step ->
            let events =
                match step.Verdict with
                | Ok events -> events
                | Error _ -> []

            let shown (state: State, wrongs) (happened: Event) =
                let after = subject.Evolve state (Entry(step.Asking.By, step.Asking.At, happened))

                let texts =
                    [
                        for who in None :: List.map Some people do
                            yield! textsOf (subject.Table.Views.Write(subject.View after who))

                            match subject.Show state who happened with
                            | Some shown ->
                                yield! textsOf (subject.Write(Entry(step.Asking.By, step.Asking.At, shown)))
                            | None -> ()
                    ]

                let seed = Sealing.Seed(after.Place, after.Number, after.Secret, after.Shown)

                let tells (secret: Secret) =
                    List.contains (secret.Value.ToString()) texts

                after,
                wrongs
                @ wrongIf
                    (after.IsBusy && (tells after.Secret || tells seed))
                    $"{happened.GetType().Name} tells the secret"
                @ wrongIf (after.Phase = Phase.Over && not (tells after.Secret)) "the secret is not told"

            events |> List.fold shown (step.Before, []) |> snd))

/// What is written is read again, and no two entries are written alike.
let forms: Law<House, Trace * Command * Event> =
    law "what is written is read" (fun (house: House) (trace, command, happened) ->
        let subject = house.On shuffle
        let commands = subject.Table.Commands
        let entries = Entry(people.Head, start, happened) :: entriesOf (run subject trace)

        let written =
            entries |> List.map (fun entry -> (subject.Write entry).Hash().ToString())

        differ "command" (Some command) (commands.Read(commands.Write command) |> ofOption)
        @ (entries
           |> List.collect (fun entry -> differ "entry" (Some entry) (subject.Read(subject.Write entry))))
        @ differ "written alike" (List.distinct entries |> List.length) (List.distinct written |> List.length))
