/// What somebody is told of friends who come in, from all that ever happened.
module Chat.Spec.Oracle.Noticed

open System
open Chat.Domain.Values
open Chat.Domain.Notices

/// From which minute of the day to which it is quiet, and how far their clock is ahead.
type Quiet = int * int * int

/// A moment at which it is asked what somebody is told.
type Asked =
    {
        At: int64
        /// Who came in, and when.
        Openings: (PersonId * int64) list
        /// By their names.
        Friends: Map<string, Bars>
        Quiet: Quiet option
        IsIn: bool
    }

type Told =
    {
        At: int64
        People: PersonId list
        IsDigest: bool
    }

/// Why somebody is not told of an opening, or that they will be unless something changes.
type Fate =
    | Barred
    | InQuietHours
    | ToldOfLately
    | WaitsAlready
    | TooMany
    | Taken

/// An opening that is to be told of.
type Taking =
    {
        Who: PersonId
        CameAt: int64
        TakenAt: int64
        IsOfMany: bool
    }

/// All that ever happened, the last first.
type Past =
    {
        Asks: Asked list
        Takings: Taking list
        Tellings: Told list
        /// What another host told them, as far as this one heard of it; in any order.
        Elsewhere: Told list
        Fates: Fate list
    }

let nothing =
    {
        Asks = []
        Takings = []
        Tellings = []
        Elsewhere = []
        Fates = []
    }

let private minutes count = int64 count * 60_000L

/// Minute by minute from the first to the last.
let isQuiet (now: int64) ((from, until, ahead): Quiet) : bool =
    let clock =
        DateTimeOffset.FromUnixTimeMilliseconds(now).ToOffset(TimeSpan.FromMinutes(float ahead))

    Seq.initInfinite (fun after -> (from + after) % 1_440)
    |> Seq.takeWhile ((<>) until)
    |> Seq.contains (clock.Hour * 60 + clock.Minute)

let isSilent (asked: Asked) =
    asked.Quiet |> Option.exists (isQuiet asked.At)

let isBarred (who: PersonId) (asked: Asked) =
    asked.Friends.TryFind who.Value <> Some Bars.None

let mayTell (who: PersonId) (asked: Asked) =
    not (isBarred who asked) && not (isSilent asked)

/// Whom a person waits to be told of: there was nothing against it since they came, and they were not told.
let private waiting (past: Past) : Taking list =
    let silent = past.Asks |> List.tryFind isSilent |> Option.map _.At

    past.Takings
    |> List.filter (fun taking ->
        silent |> Option.forall (fun at -> at < taking.TakenAt)
        && past.Asks
           |> List.filter (fun asked -> asked.At >= taking.TakenAt)
           |> List.forall (fun asked -> not (isBarred taking.Who asked))
        && not (
            past.Tellings
            |> List.exists (fun told -> told.At >= taking.TakenAt && List.contains taking.Who told.People)
        )
        && not (
            past.Elsewhere
            |> List.exists (fun told -> taking.CameAt - told.At < minutes 30 && List.contains taking.Who told.People)
        ))

let private toldLately now (past: Past) =
    past.Tellings @ past.Elsewhere
    |> List.filter (fun told -> now - told.At < minutes 30)
    |> List.collect _.People

let private fateOf (who: PersonId) (asked: Asked) (past: Past) : Fate =
    let waits, told = waiting past |> List.map _.Who, toldLately asked.At past

    if isBarred who asked then Barred
    elif isSilent asked then InQuietHours
    elif List.contains who told then ToldOfLately
    elif List.contains who waits then WaitsAlready
    elif told.Length + waits.Length >= 200 then TooMany
    else Taken

let private take (asked: Asked) (past: Past) (who: PersonId, cameAt: int64) : Past =
    let fate = fateOf who asked past

    let lately =
        past.Takings
        |> List.filter (fun taking -> asked.At - taking.TakenAt < minutes 5)

    let taking =
        {
            Who = who
            CameAt = cameAt
            TakenAt = asked.At
            IsOfMany = lately.Length >= 3
        }

    { past with
        Takings =
            if fate = Taken then
                taking :: past.Takings
            else
                past.Takings
        Fates = fate :: past.Fates
    }

/// When those who wait are to be told of.
let due (isIn: bool) (past: Past) : int64 option =
    match waiting past with
    | [] -> None
    | waits ->
        let first = waits |> List.map _.CameAt |> List.min
        let ready = if isIn then first else first + 20_000L

        match past.Tellings @ past.Elsewhere |> List.filter _.IsDigest |> List.map _.At with
        | digests when not digests.IsEmpty && waits |> List.exists _.IsOfMany ->
            Some(max ready (List.max digests + minutes 10))
        | _ -> Some ready

/// Another host told them something.
let hear (told: Told) (past: Past) : Past =
    { past with
        Elsewhere = told :: past.Elsewhere
    }

/// What is told when it is asked once more.
let tell (asked: Asked) (before: Past) : Past * Told option =
    let past =
        asked.Openings
        |> List.sortBy (fun (who, at) -> at, who.Value)
        |> List.fold
            (take asked)
            { before with
                Asks = asked :: before.Asks
            }

    match due asked.IsIn past with
    | Some at when at <= asked.At ->
        let waits = waiting past |> List.rev |> List.sortBy _.CameAt

        let told =
            {
                At = asked.At
                People = waits |> List.map _.Who
                IsDigest = waits |> List.exists _.IsOfMany
            }

        { past with
            Tellings = told :: past.Tellings
        },
        Some told
    | _ -> past, None
