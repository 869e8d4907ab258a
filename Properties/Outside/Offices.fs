/// A conversation with its desk, as the specification knows it, and who is told of what happens there.
module Chat.Spec.Outside.Offices

open System
open System.Collections.Generic
open System.Threading.Tasks
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Desks
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Generators.PairTraces
open Chat.Spec.Laws
open Chat.Spec.Oracle
open Chat.Spec.Outside.Device
open Chat.Spec.Outside.Visit

/// The group whose desk it is.
let group = DeskTraces.group

/// The conversations and their desks.
type Office(visit: Visit) =
    let direct = (pairOf people[0] people[1]).Direct.Conversation

    let talks =
        Dictionary(dict [ for place in [ group; direct ] -> place, Talk(visit, place) ])

    member _.Talk(place: ConversationId) = talks[place]

    member val Past: Desks.Past = [] with get, set
    /// Whom each change had to be told, and whom it could be.
    member val Must: PersonId list = [] with get, set
    member val May: PersonId list = [] with get, set
    /// Who had to be told what came of what they told.
    member val Outcomes: (PersonId * string) list = [] with get, set

    member _.PlaceIn(place: ConversationId) : Oracle.Past.Past =
        match talks.TryGetValue place with
        | true, talk -> talk.Past
        | false, _ -> []

    member _.Real(place: ConversationId) =
        if place = direct then
            let real =
                (StreamKey.Of(TenantId.Main, visit.Names.Out people[0], visit.Names.Out people[1])).Direct

            real.Conversation
        else
            talks[place].Real

    /// A place as the oracle calls it.
    member office.Named(real: ConversationId) =
        [ group; direct ]
        |> List.tryFind (fun place -> office.Real place = real)
        |> Option.defaultValue real

let stamp who = Stamp(who, Instant 0L)

/// Something was done at the desk of the group.
let happen (visit: Visit) (office: Office) (happened: Chat.Domain.Desks.Event) =
    office.Past <- office.Past @ [ happened ]

    let number =
        match happened with
        | :? Event.Assigned as assigned -> assigned.Report
        | :? Event.Looked as looked -> looked.Report
        | :? Event.Settled as settled -> settled.Report
        | _ -> int64 (Desks.filed office.Past).Length

    let filed =
        Desks.filed office.Past |> List.find (fun (one, _) -> one = number) |> snd

    let about = Desks.aboutOf office.PlaceIn filed
    visit.Findings.Count $"report.{happened.GetType().Name}"

    match happened with
    | :? Event.Settled as settled when not filed.Rule.HasValue ->
        visit.Findings.Count "report.outcome"
        office.Outcomes <- (filed.By, settled.Outcome.ToString().ToLowerInvariant()) :: office.Outcomes
    | _ -> ()

    for who in people do
        if about = Some who then
            visit.Findings.Count "report.about"
        else
            office.May <- who :: office.May

            if Desks.isHandler who (office.PlaceIn group) then
                office.Must <- who :: office.Must

/// Of each time that somebody was told of reports, what came of one; nothing where something happened at the desk.
let private reportedTo (device: Device) : string list =
    device.Heard()
    |> List.choose (fun heard ->
        match heard.Sort, heard.Area, Codecs.ours.Read heard.Said with
        | "eph", "conversation", Ok fields when string fields["type"] = "reported" -> Some(string fields["outcome"])
        | _ -> None)

/// Each is told what they are to be told, and nothing else.
let hearAsync (visit: Visit) (office: Office) : Task =
    task {
        let timesIn all who =
            all |> List.filter ((=) who) |> List.length

        let outcomesOf who =
            office.Outcomes
            |> List.filter (fun (one, _) -> one = who)
            |> List.map snd
            |> List.sort

        let told who =
            reportedTo (visit.Of who) |> List.partition ((<>) "")

        let isTold who =
            let outcomes, others = told who

            others.Length >= timesIn office.Must who
            && outcomes.Length >= (outcomesOf who).Length

        let! _ = visit.UntilAsync(fun () -> List.forall isTold people)

        for who in people do
            let outcomes, others = told who
            let least, most = timesIn office.Must who, timesIn office.May who
            visit.Hold $"what {who} is told that came of it" (outcomesOf who) (List.sort outcomes)
            let what = $"{who} is told {others.Length} times of reports, of {least} to {most}"
            visit.Hold what true (least <= others.Length && others.Length <= most)
    }
