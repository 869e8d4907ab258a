/// Privacy with one mistake each.
module Chat.Spec.Mistakes.PrivacyMistakes

open System
open Chat.Domain.Values
open Chat.Domain.Notices
open Chat.Domain.People
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.PrivacyRunning

let private right = PrivacyRunning.domain
let private scenes = lazy (Seeds.fixedSample 300 60 PrivacyScenes.scene)
let private ofOne = lazy (Seeds.fixedSample 300 60 PrivacyScenes.ofOne)

let private onScenes name law mistaken = mistake name law scenes right mistaken
let private onOne name law mistaken = mistake name law ofOne right mistaken

let private withAll (edit: Findable -> Findable) =
    { right with
        Found = fun words seeker people limit -> right.Found words seeker (List.map edit people) limit
    }

let private openTo find (one: Findable) =
    let privacy =
        Privacy(one.Privacy.Messages, one.Privacy.Invites, Find = find one.Privacy.Find)

    Findable(one.Person, one.Name, privacy, one.Terms)

/// Who is meant and not shown takes a place.
let private countsWhoHides words seeker (people: Findable list) limit =
    let all = people |> List.map (openTo (fun _ -> Openness.Everyone))
    let first = right.Found words seeker all limit

    right.Found words seeker people Int32.MaxValue
    |> List.filter (fun who -> List.contains who first)

/// A word that stands in the middle of another is found, too.
let private findsWithin (words: SearchWords) seeker (people: Findable list) limit =
    right.Found words seeker people limit
    @ (people
       |> List.filter (fun one ->
           one.Person <> seeker
           && Reach.Finds(one.Privacy, one.Terms)
           && words.Value <> ""
           && (match one.Name with
               | null -> false
               | name -> name.Value.Contains(words.Value, StringComparison.OrdinalIgnoreCase)))
       |> List.map _.Person)
    |> List.distinct
    |> List.truncate limit

let private ofFinding: Mistake list =
    [
        onScenes
            "what is not said again is as it was in the beginning"
            PrivacyLaws.said
            { right with
                Keep = fun _ said -> right.Keep Self.Initial said
            }
        onScenes
            "what means nothing is taken"
            PrivacyLaws.said
            { right with
                Keep =
                    fun self said ->
                        let kept = right.Keep self said
                        let privacy = kept.Privacy

                        if said.Find.HasValue then
                            let privacy =
                                Privacy(
                                    privacy.Messages,
                                    privacy.Invites,
                                    Find = said.Find.Value,
                                    Presence = privacy.Presence,
                                    Receipts = privacy.Receipts
                                )

                            Self(kept.Profile, kept.Revoked, privacy)
                        else
                            kept
            }
        onOne
            "friends find whoever hides from all"
            PrivacyLaws.unfound
            (withAll (openTo (fun find -> if find = Openness.Nobody then Openness.Friends else find)))
        onOne
            "everybody finds whom friends may find"
            PrivacyLaws.unfound
            (withAll (openTo (fun find -> if find = Openness.Friends then Openness.Everyone else find)))
        onOne "who hides is counted" PrivacyLaws.unfound { right with Found = countsWhoHides }
        onScenes "a word is found within another" PrivacyLaws.finding { right with Found = findsWithin }
    ]

let private ofPresence: Mistake list =
    [
        onScenes
            "strangers see who is in"
            PrivacyLaws.seeing
            { right with
                IsInHall =
                    fun attendance privacy tie ->
                        right.IsInHall attendance privacy (Tie(true, tie.IsClosed, tie.IsGhost))
            }
        onOne
            "whoever hides is in the hall"
            PrivacyLaws.absent
            { right with
                IsInHall = fun attendance _ tie -> right.IsInHall attendance Privacy.Open tie
            }
        onOne "friends hear that whoever hides has come" PrivacyLaws.absent { right with Bars = fun _ -> Bars.None }
    ]

let private ofReceipts: Mistake list =
    let toldBy privacy terms =
        { right with
            ToldTo = fun place reader of' between -> right.ToldTo place reader (privacy reader of') (terms between)
        }

    let onlyOf (reader: PersonId) (of': PersonId -> Privacy) who =
        if who = reader then of' who else Privacy.Open

    let onlyTo (reader: PersonId) (of': PersonId -> Privacy) who =
        if who = reader then Privacy.Open else of' who

    [
        onOne "who hides is told of others" PrivacyLaws.unread (toldBy onlyOf id)
        onOne "others are told of who hides" PrivacyLaws.unread (toldBy onlyTo id)
        onScenes "one is told and the other is not" PrivacyLaws.mutual (toldBy onlyOf id)
        onScenes
            "a block does not matter"
            PrivacyLaws.telling
            (toldBy (fun _ of' -> of') (fun between who -> Terms((between who).AreFriends, false)))
        onScenes
            "friends are strangers"
            PrivacyLaws.telling
            (toldBy (fun _ of' -> of') (fun between who -> Terms(false, (between who).IsClosed)))
    ]

let all: Mistake list = ofFinding @ ofPresence @ ofReceipts
