/// What is promised of the wire, with one mistake each.
module Chat.Spec.Mistakes.ContractMistakes

open Chat.Protocol
open Chat.Spec
open Chat.Spec.Laws

let all: Mistake list =
    let right = ContractLaws.ours
    let sent = lazy (Seeds.fixedSample 1_500 40 Samples.sent)
    let many = lazy [ Seeds.fixedSample 30_000 40 Samples.sent ]

    let without name =
        { right with
            Verbs = right.Verbs |> List.filter (fun verb -> verb.Name <> name)
        }

    let longer (verb: Wire.Verb) =
        let more = Wire.Field("colour", Wire.Shape.Flag(), true)
        Wire.Verb(verb.Area, verb.Name, verb.IsOfNothing, verb.Says, verb.Fields.Add more, verb.Ok)

    [
        mistake "a verb is left out" ContractLaws.written sent right (without "send")
        mistake
            "a field that nobody writes"
            ContractLaws.exhaustive
            many
            right
            { right with
                Verbs = List.map longer right.Verbs
            }
        mistake
            "an event is left out"
            ContractLaws.written
            sent
            right
            { right with
                Events = right.Events.Tail
            }
        mistake
            "a refusal is left out"
            ContractLaws.exhaustive
            many
            right
            { right with
                Refusals = right.Refusals.Tail
            }
        mistake "a bound is another" BoundLaws.bounds (lazy right.Verbs) Codecs.ours CodecMistakes.roundsNumbers
    ]
