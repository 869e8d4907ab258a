/// A law is a function of its subject and of a case: so it can be put to the domain, and to a mistaken one, which must
/// break it.
module Chat.Spec.Laws.Law

type Law<'subject, 'case> =
    {
        Name: string
        /// What is wrong; nothing, if the law holds.
        Wrongs: 'subject -> 'case -> string list
    }

let law name wrongs = { Name = name; Wrongs = wrongs }

let wrongIf condition (what: string) = if condition then [ what ] else []

let differ what (expected: 'a) (actual: 'a) =
    if expected <> actual then
        [ $"{what}: expected {expected}, was {actual}" ]
    else
        []

/// Everything that a law throws is a break of it, too.
let wrongsOf (law: Law<'subject, 'case>) subject case =
    try
        law.Wrongs subject case
    with thrown ->
        [ $"threw {thrown.GetType().Name}: {thrown.Message} at {thrown.StackTrace}" ]

/// Holds a law, or fails with what was wrong.
let hold (law: Law<'subject, 'case>) subject case =
    match wrongsOf law subject case with
    | [] -> ()
    | wrongs ->
        let first = wrongs |> List.truncate 5 |> String.concat "\n  "
        failwith $"{law.Name} does not hold:\n  {first}"
