/// A planted mistake, and whether a law sees it.
[<AutoOpen>]
module Chat.Spec.Mistakes.Catching

open System
open Chat.Domain.Deciding
open Chat.Spec.Laws.Law

/// What a law says of the first case that shows a mistake: of the mistaken one, and of the right one.
type Verdict =
    {
        Mistaken: string list
        Right: string list
    }

type Mistake =
    {
        Name: string
        Law: string
        /// None if no case shows it; the cases are always the same.
        Judge: unit -> Verdict option
    }

let mistake name (law: Law<'subject, 'case>) (cases: Lazy<'case list>) right mistaken =
    let judge () =
        cases.Value
        |> Seq.map (fun case -> case, wrongsOf law mistaken case)
        |> Seq.tryFind (fun (_, wrongs) -> not (List.isEmpty wrongs))
        |> Option.map (fun (case, wrongs) ->
            {
                Mistaken = wrongs
                Right = wrongsOf law right case
            })

    {
        Name = name
        Law = law.Name
        Judge = judge
    }

/// A decider that decides otherwise.
let decidingBy (right: Decider<'state, 'command, 'event>) decide : Decider<'state, 'command, 'event> =
    Decider<'state, 'command, 'event>(
        right.Initial,
        right.Needs,
        Func<_, _, _, _, _>(decide),
        right.Evolve,
        right.EvolveFacts,
        right.Due,
        right.Mark,
        right.React,
        Behind = right.Behind
    )

/// A decider that takes events otherwise.
let evolvingBy (right: Decider<'state, 'command, 'event>) evolve : Decider<'state, 'command, 'event> =
    Decider<'state, 'command, 'event>(
        right.Initial,
        right.Needs,
        right.Decide,
        Func<_, _, _>(evolve),
        right.EvolveFacts,
        right.Due,
        right.Mark,
        right.React,
        Behind = right.Behind
    )
