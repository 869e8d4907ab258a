/// What nobody is to know of: against the same without it.
module Chat.Spec.Laws.SilenceLaws

open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Spec.Generators
open Chat.Spec.Generators.Comings
open Chat.Spec.Oracle.Noticed
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.NoticeRunning

/// Whom one is not told of leaves no trace: one is told what one would be if they did not come, and when.
let traceless: Law<Telling, Story * PersonId * Bars * int> =
    law "who is not told of leaves no trace" (fun noticing (story, who, bars, length) ->
        let change edit =
            { story with
                Asks =
                    story.Asks
                    |> List.mapi (fun index asked -> if index < length then edit asked else asked)
            }

        let isOther (one: PersonId, _) = one <> who

        let barred =
            change (fun asked ->
                { asked with
                    Friends = asked.Friends.Add(who.Value, bars)
                })

        let absent =
            change (fun asked ->
                { asked with
                    Openings = List.filter isOther asked.Openings
                })

        let told story =
            run noticing story |> List.map (fun one -> one.Asked.At, one.Told, one.Due)

        differ $"with {who} {bars} for {length}" (told absent) (told barred))

/// What each is told in a world, of the others who come.
let private toldIn noticing (world: World) (whom: PersonId) =
    let openings = world.Comings |> List.filter (fun (_, who) -> who <> whom)

    let friends =
        Comings.few
        |> List.filter ((<>) whom)
        |> List.map (fun friend -> friend.Value, noticing.Between friend world whom)
        |> Map

    let asks =
        openings
        |> List.map (fun (at, who) ->
            {
                At = at
                Openings = [ who, at ]
                Friends = friends
                Quiet = None
                IsIn = false
            })

    follow noticing true NoticeState.Blank asks |> tellings

/// Ghosting, muting and blocking tell nobody anything: the other side and all others are told the same as without, or
/// as if somebody did not come.
let silent: Law<Telling, World * Relation> =
    law "ghosting, muting and blocking tell nobody anything" (fun noticing (world, relation) ->
        let after =
            { world with
                Relations = relation :: world.Relations
            }

        let without who =
            { world with
                Comings = world.Comings |> List.filter (fun (_, one) -> one <> who)
            }

        let expected whom =
            match relation.Kind with
            | Ghosts when whom = relation.Of -> without relation.By
            | Mutes when whom = relation.By -> without relation.Of
            | Blocks when whom = relation.By -> without relation.Of
            | Blocks when whom = relation.Of -> without relation.By
            | _ -> world

        Comings.few
        |> List.collect (fun whom ->
            differ
                $"{whom} when {relation.By} {relation.Kind} {relation.Of}"
                (toldIn noticing (expected whom) whom)
                (toldIn noticing after whom)))
