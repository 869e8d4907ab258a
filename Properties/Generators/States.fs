/// States as snapshots hold them, of any size and in any combination.
module Chat.Spec.Generators.States

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec.Generators.Wires

/// States as snapshots hold them, with a conversation that was not made yet among them.
let states: Gen<State> =
    let entries key value =
        Gen.zip key value |> Gen.listOf |> Gen.resize 8 |> Gen.map (List.distinctBy fst)

    let mapOf (pairs: ('key * 'value) list) =
        pairs
        |> List.fold
            (fun (map: LanguageExt.Map<'key, 'value>) (key, value) -> map.Add(key, value))
            (LanguageExt.Map<'key, 'value>())

    let invitation = Gen.map2 (fun by version -> Invitation(by, version)) people numbers

    gen {
        let! state = anyWith<State> "Map`2" (Gen.constant null)
        let! members = entries people any<Member>
        let! invited = entries people invitation
        let! roles = entries roleIds any<RoleDefinition>
        let! banned = entries people any<Ban>
        let! knocking = Gen.listOf people |> Gen.resize 8
        let! closers = Gen.listOf people |> Gen.resize 2

        return
            State(
                state.Version,
                state.LastSeq,
                state.Kind,
                state.Name,
                state.Topic,
                mapOf members,
                mapOf invited,
                Settings = state.Settings,
                Roles = mapOf roles,
                Banned = mapOf banned,
                Knocking = LanguageExt.Prelude.toSet<PersonId>(List.distinct knocking),
                Pins = state.Pins,
                ClosedBy = LanguageExt.Prelude.toSet<PersonId>(List.distinct closers)
            )
    }
