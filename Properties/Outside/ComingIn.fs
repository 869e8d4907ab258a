/// Somebody comes into the house, goes, and comes again: of their friends who are in each is told once within half an
/// hour, and nobody is who is not to be.
module Chat.Spec.Outside.ComingIn

open System
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.People
open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Errands
open Chat.Spec.Outside.Visit

type private Bond = Chat.Domain.Pairs.Command
type private Placing = Chat.Domain.Places.Command
type private Keep = Chat.Domain.People.Command

let private ann = person "ann"
let private watchers = [ "bob"; "cid"; "dee"; "eve" ] |> List.map person

/// Who was not seen for so long opens when they come, and is told of.
let private awayFor = TimeSpan.FromSeconds 21.

/// How long it is waited for what nobody is to be told.
let private silence = TimeSpan.FromSeconds 1.

/// Who may be told of whom by now, and who was.
type private Known =
    {
        Friends: Set<string>
        Ghosted: Set<string>
        Muting: Set<string>
        Blocking: Set<string>
        IsHidden: bool
        IsIn: bool
        Told: Set<string>
    }

let private nothing =
    {
        Friends = Set.empty
        Ghosted = Set.empty
        Muting = Set.empty
        Blocking = Set.empty
        IsHidden = false
        IsIn = false
        Told = Set.empty
    }

let private mayBeTold (known: Known) (who: PersonId) =
    known.Friends.Contains who.Value
    && not (known.Ghosted.Contains who.Value)
    && not (known.Muting.Contains who.Value)
    && not (known.Blocking.Contains who.Value)
    && not known.IsHidden

let private noticesOf (device: Device) : string list =
    device.Heard()
    |> List.choose (fun heard ->
        match heard.Sort, heard.Area, Codecs.ours.Read heard.Said with
        | "eph", "house", Ok fields when string fields["type"] = "notice" ->
            Some(
                unbox<objnull[]>(nonNull fields["people"])
                |> Array.map string
                |> String.concat " "
            )
        | _ -> None)

let private expectedOf (known: Known) (who: PersonId) =
    if known.Told.Contains who.Value then [ ann.Value ] else []

let private judge (visit: Visit) (known: Known) =
    for who in watchers do
        visit.Hold $"whom {who} was told of" (expectedOf known who) (noticesOf (visit.Of who))

let private here isAway = Ask.Here(false, isAway)

let private renewAsync (visit: Visit) (known: Known) : Task =
    task {
        for who in watchers do
            do! visit.MustAsync who (here false)

        if known.IsIn then
            do! visit.MustAsync ann (here false)
    }

let private comeAsync (visit: Visit) (known: Known) : Task<Known> =
    task {
        if known.IsIn then
            return known
        else
            let told = watchers |> List.filter (mayBeTold known) |> List.map _.Value |> set

            for who in watchers do
                if Set.contains who.Value told && not (known.Told.Contains who.Value) then
                    visit.Findings.Count "notice.told"
                elif known.Told.Contains who.Value then
                    visit.Findings.Count "notice.lately"
                else
                    visit.Findings.Count "notice.untold"

            let known =
                { known with
                    IsIn = true
                    Told = known.Told + told
                }

            do! visit.MustAsync ann (here false)

            let isTold () =
                watchers
                |> List.forall (fun who -> (noticesOf (visit.Of who)).Length >= (expectedOf known who).Length)

            let! _ = visit.UntilAsync isTold
            do! Task.Delay silence
            judge visit known
            return known
    }

let private goAsync (visit: Visit) (known: Known) : Task<Known> =
    task {
        do! visit.MustAsync ann (here true)
        do! Task.Delay awayFor
        return { known with IsIn = false }
    }

let private among isSo (who: PersonId) (some: Set<string>) =
    if isSo then some.Add who.Value else some.Remove who.Value

let private doAsync (visit: Visit) (known: Known) (deed: NoticeDeed) : Task<Known> =
    task {
        let place who command =
            visit.MustAsync who (Ask.ChangePlace(Nullable(), visit.ClientId(), command))

        match deed with
        | Befriends who ->
            if known.Friends.Contains who.Value || known.Blocking.Contains who.Value then
                return known
            else
                do! visit.BefriendAsync ann who

                return
                    { known with
                        Friends = known.Friends.Add who.Value
                    }
        | Ghosts(who, isSo) ->
            let command: Placing = if isSo then Placing.Ghost who else Placing.Unghost who
            do! place ann command

            return
                { known with
                    Ghosted = among isSo who known.Ghosted
                }
        | Mutes(who, isSo) ->
            let command: Placing = if isSo then Placing.Mute ann else Placing.Unmute ann
            do! place who command

            return
                { known with
                    Muting = among isSo who known.Muting
                }
        | Blocks(who, isSo) ->
            let command: Bond = if isSo then Bond.Block ann else Bond.Unblock ann
            do! visit.MustAsync who (Ask.ChangePair(visit.ClientId(), command))

            return
                { known with
                    Blocking = among isSo who known.Blocking
                    Friends =
                        if isSo then
                            known.Friends.Remove who.Value
                        else
                            known.Friends
                }
        | Hides isHidden ->
            let openness = if isHidden then Openness.Nobody else Openness.Friends
            let said = Keep.SetPrivacy(Nullable(), Nullable(), Presence = Nullable openness)
            do! visit.MustAsync ann (Ask.ChangeSelf(visit.ClientId(), said))
            return { known with IsHidden = isHidden }
        | Comes -> return! comeAsync visit known
        | Goes -> return! goAsync visit known
    }

/// What it came to, and how many requests it took.
let judgedAsync (place: Place) (deeds: NoticeDeed list) =
    visitAsync place HostLaws.notices (ann :: watchers) (fun visit ->
        task {
            let mutable known = nothing

            for deed in deeds do
                if visit.IsRight then
                    do! renewAsync visit known
                    let! next = doAsync visit known deed
                    known <- next

            if visit.IsRight then
                judge visit known
        })
