/// What people keep to themselves: against the oracle, and in worlds that differ only in what is kept.
module Chat.Spec.Laws.PrivacyLaws

open System
open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Domain.People
open Chat.Domain.Presences
open Chat.Spec.Generators.PrivacyScenes
open Chat.Spec.Oracle
open Chat.Spec.Oracle.Privacy
open Chat.Spec.Laws.Law
open Chat.Spec.Laws.PrivacyRunning

let private pairs =
    [
        for one in people do
            for other in people do
                if one <> other then
                    one, other
    ]

let said: Law<Keeping, Deed list> =
    law
        "what somebody keeps to themselves is what they said last, and what means nothing is refused"
        (fun keeping scene ->
            worlds keeping scene
            |> List.collect (fun (past, world) ->
                people
                |> List.collect (fun who ->
                    let privacy = privacyOf world who

                    let expected =
                        Privacy.find who past, Privacy.presence who past, Privacy.receipts who past

                    differ
                        $"{who} after {List.tryLast past}"
                        expected
                        (privacy.Find, privacy.Presence, privacy.Receipts))))

let finding: Law<Keeping, Deed list> =
    law "who is found is the oracle's" (fun keeping scene ->
        let world = last keeping scene

        [
            for seeker in people do
                for words in "cid" :: seekings do
                    for limit in [ 1; 2; Finding.Most ] do
                        let expected = Privacy.found words seeker limit people scene
                        let actual = found keeping world seeker words limit people
                        yield! differ $"{seeker} seeks '{words}'" expected actual
        ])

/// With what somebody said of it last, whatever they said before.
let private keepingAll (who: PersonId) (said: Command.SetPrivacy) (scene: Deed list) = scene @ [ Keeps(who, said) ]

let unfound: Law<Keeping, Deed list * PersonId> =
    law "who hides from being found is found by nobody it hides from, nor counted" (fun keeping (scene, hider) ->
        let nobody =
            Command.SetPrivacy(Nullable(), Nullable(), Find = Nullable Openness.Nobody)

        let friends =
            Command.SetPrivacy(Nullable(), Nullable(), Find = Nullable Openness.Friends)

        let others = List.except [ hider ] people

        let isTheSame world seeker what =
            seekings @ [ hider.Value ]
            |> List.collect (fun words ->
                [ 1; 2; Finding.Most ]
                |> List.collect (fun limit ->
                    differ
                        $"{seeker} seeks '{words}', of whom {hider} hides {what}"
                        (found keeping world seeker words limit others)
                        (found keeping world seeker words limit people)))

        let closed, half =
            last keeping (keepingAll hider nobody scene), last keeping (keepingAll hider friends scene)

        others
        |> List.collect (fun seeker ->
            isTheSame closed seeker "as from everybody"
            @ (if (termsOf half hider seeker).AreFriends then
                   []
               else
                   isTheSame half seeker "as from who is no friend")))

let seeing: Law<Keeping, Deed list> =
    law "who sees whom in the hall is the oracle's" (fun keeping scene ->
        worlds keeping scene
        |> List.collect (fun (past, world) ->
            people
            |> List.collect (fun viewer ->
                let expected =
                    people
                    |> List.filter (fun who -> who <> viewer && Privacy.isInHall who viewer past)

                differ $"{viewer} after {List.tryLast past}" expected (hall keeping world viewer))))

let absent: Law<Keeping, Deed list * PersonId> =
    law "presence that is hidden equals absence" (fun keeping (scene, hider) ->
        let hides =
            Command.SetPrivacy(Nullable(), Nullable(), Presence = Nullable Openness.Nobody)

        let hidden = last keeping (keepingAll hider hides scene)

        let away = last keeping (scene @ [ Attends(hider, Attendance.Away) ])

        let isTold = keeping.Bars(privacyOf hidden hider) = Bars.None

        let seen =
            List.except [ hider ] people
            |> List.collect (fun viewer ->
                differ
                    $"what {viewer} sees, of whom {hider} hides"
                    (hall keeping away viewer)
                    (hall keeping hidden viewer))

        seen @ wrongIf isTold $"friends are told that {hider} came")

let telling: Law<Keeping, Deed list> =
    law "who is told how far somebody is, is the oracle's" (fun keeping scene ->
        [
            for past, world in worlds keeping scene do
                for reader in people do
                    let told = keeping.ToldTo place reader (privacyOf world) (termsOf world reader)

                    let expected =
                        people
                        |> List.filter (fun viewer -> viewer = reader || Privacy.areTold reader viewer past)

                    yield! differ $"who hears of {reader} after {List.tryLast past}" expected (List.sortBy string told)
        ])

/// Without what somebody says of receipts.
let private unsaid (who: PersonId) (scene: Deed list) =
    scene
    |> List.map (fun step ->
        match step with
        | Keeps(by, said) when by = who ->
            Keeps(by, Command.SetPrivacy(said.Messages, said.Invites, Find = said.Find, Presence = said.Presence))
        | other -> other)

let unread: Law<Keeping, Deed list * PersonId> =
    law "who may not see receipts cannot tell read from unread on any channel" (fun keeping (scene, hider) ->
        let hides =
            Command.SetPrivacy(Nullable(), Nullable(), Receipts = Nullable Openness.Nobody)

        let hidden = Keeps(hider, hides) :: unsaid hider scene

        let without (isOf: PersonId -> bool) =
            hidden
            |> List.map (fun step ->
                match step with
                | Reads(who, _) when isOf who -> Ghosts(who, who)
                | other -> other)

        let others =
            List.except [ hider ] people
            |> List.collect (fun viewer ->
                differ
                    $"what {viewer} hears, of whom {hider} hides"
                    (heard keeping (without ((=) hider)) viewer)
                    (heard keeping hidden viewer))

        others
        @ differ
            $"what {hider} hears, who hides"
            (heard keeping (without ((<>) hider)) hider)
            (heard keeping hidden hider))

let mutual: Law<Keeping, Deed list> =
    law "of two people both are told how far the other is, or neither" (fun keeping scene ->
        let world = last keeping scene

        let isTold reader viewer =
            keeping.ToldTo place reader (privacyOf world) (termsOf world reader)
            |> List.contains viewer

        pairs
        |> List.collect (fun (one, other) -> differ $"{one} and {other}" (isTold one other) (isTold other one)))
