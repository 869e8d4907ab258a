/// Whom somebody might want to meet, read off a whole town: person by person, friendship by friendship.
module Chat.Spec.Oracle.Meetings

open System
open Chat.Domain.Values
open Chat.Domain.Meeting

/// A town, and one of its people who asks. A number stands for each.
type Town =
    {
        People: int list
        /// Who has opened themselves.
        Open: Set<int>
        /// Who is friends with whom: the lower number first.
        Friends: Set<int * int>
        Asker: int
        /// With whom whoever asks was in rooms.
        Met: Map<int, Company>
        /// Whom whoever asks dismissed, asked, is asked by; who is suspended, or kept apart from them by a block.
        Barred: Set<int>
        Now: Instant
    }

type Suggested =
    {
        Who: int
        Points: int64
        Mutual: int
        Through: int list
        MetAt: int64 option
    }

let areFriends one other (town: Town) =
    town.Friends.Contains((min one other, max one other))

let friendsOf who (town: Town) =
    town.People |> List.filter (fun other -> areFriends who other town)

/// Half is left after each half-life, and along a straight line between.
let rec left (amount: bigint) (age: bigint) (halfLife: bigint) : bigint =
    if age <= 0I then
        amount
    elif age >= halfLife then
        left (amount / 2I) (age - halfLife) halfLife
    else
        amount - amount * age / (2I * halfLife)

let private day = 86_400_000L

/// What is left of something that was at a time.
let faded (amount: int64) (at: Instant) (now: Instant) (days: int64) =
    // Of less than one nothing is left, however long ago.
    let age = bigint (now.Milliseconds - at.Milliseconds)
    int64 (left (bigint amount) (min age (bigint (64L * days * day))) (bigint (days * day)))

/// How often one is doubled until it is more than these and one.
let private doublings (count: int) =
    Seq.initInfinite (fun times -> 1I <<< (times + 1))
    |> Seq.takeWhile (fun most -> most <= bigint count + 1I)
    |> Seq.length

let private weight who (town: Town) =
    let count = friendsOf who town |> List.filter town.Open.Contains |> List.length
    1_000L / int64 (1 + doublings count)

let private ofRooms (company: Company) (now: Instant) =
    20L * min 60L (faded company.Ms company.Until now 28L / 60_000L)

/// What is said of one of the town.
let private judged (town: Town) who =
    let mutual =
        friendsOf town.Asker town
        |> List.filter (fun friend -> town.Open.Contains friend && areFriends friend who town)

    let met = town.Met.TryFind who

    let points =
        List.sumBy (fun friend -> weight friend town) mutual
        + (met
           |> Option.map (fun company -> ofRooms company town.Now)
           |> Option.defaultValue 0L)

    {
        Who = who
        Points = points
        Mutual = mutual.Length
        Through = mutual |> List.sort |> List.truncate 3
        MetAt = met |> Option.map _.Until.Milliseconds
    }

let isSuggestible who (town: Town) =
    who <> town.Asker
    && town.Open.Contains who
    && not (areFriends who town.Asker town)
    && not (town.Barred.Contains who)

let suggested most (town: Town) : Suggested list =
    town.People
    |> List.filter (fun who -> isSuggestible who town)
    |> List.map (judged town)
    |> List.filter (fun one -> one.Points > 0L)
    |> List.sortBy (fun one -> -one.Points, one.Who)
    |> List.truncate most
