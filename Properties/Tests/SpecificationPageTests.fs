/// The pages about the specification and the simulator say what the code holds, and nothing else.
module Chat.Spec.Tests.SpecificationPageTests

open System
open System.IO
open Xunit
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Outside

let private pageOf (name: string) =
    let rec above (folder: DirectoryInfo) =
        if File.Exists(Path.Combine(folder.FullName, "Chat.sln")) then
            folder.FullName
        else
            above (nonNull folder.Parent)

    Path.Combine(above (DirectoryInfo AppContext.BaseDirectory), "docs", name)

/// The rows of the table under a heading of these columns.
let private rowsOf (page: string) (head: string) =
    File.ReadAllLines(pageOf page)
    |> List.ofArray
    |> List.skipWhile ((<>) head)
    |> List.skip 2
    |> List.takeWhile _.StartsWith("|")

let private rowsUnder = rowsOf "specification.md"

/// The laws that a table names in its first column.
let private lawsUnder (head: string) =
    rowsUnder head |> List.map (fun row -> (row.Split '|')[1]) |> List.map _.Trim()

[<Fact>]
let ``its laws are those of a host`` () =
    let expected = HostLaws.all |> List.map (fun law -> $"| {law.Name} | {law.Says} |")

    Assert.Equal<string list>(expected, rowsUnder "| law | says |")

[<Fact>]
let ``its promises are those that a run covers`` () =
    let expected =
        Promises.all
        |> List.map (fun promise ->
            let laws = promise.Laws |> List.map _.Name |> String.concat ", "
            $"| {promise.Name} | {promise.Says} | {laws} |")

    Assert.Equal<string list>(expected, rowsUnder "| promise | says | laws |")

[<Fact>]
let ``its laws of games are those that are held`` () =
    let expected =
        [
            GameLaws.total.Name
            GameLaws.hostile.Name
            GameLaws.ending.Name
            GameLaws.scores.Name
            GameLaws.moves.Name
            GameLaws.events.Name
            GameLaws.leaving.Name
            SealingLaws.sealing.Name
            SealingLaws.secrets.Name
            SealingLaws.forms.Name
            VerifyingLaws.sound.Name
            VerifyingLaws.tampered.Name
            VerifyingLaws.madeUp.Name
            HidingLaws.hidden.Name
            HidingLaws.refusals.Name
            ChanceLaws.permutations.Name
            ChanceLaws.even.Name
            ChanceLaws.guesses.Name
            ChanceLaws.texts.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of games | says |")

[<Fact>]
let ``its laws of rooms are those that are held`` () =
    let expected =
        [
            RoomLaws.answers.Name
            RoomLaws.shown.Name
            RoomLaws.capacity.Name
            RoomLaws.oneRoom.Name
            RoomLaws.reasons.Name
            RoomLaws.locks.Name
            RoomLaws.dark.Name
            RoomLaws.keepers.Name
            RoomLaws.rates.Name
            RoomRaces.batching.Name
            RoomRaces.races.Name
            RoomRaces.total.Name
            RoomBounds.bounds.Name
            RoomVeilLaws.blocks.Name
            RoomVeilLaws.closed.Name
            RoomVeilLaws.ghosts.Name
            RoomVeilLaws.unseen.Name
            RoomVeilLaws.vias.Name
            RoomVeilLaws.mutes.Name
            RoomVeilLaws.notes.Name
            RoomVeilLaws.before.Name
            KeepsakeLaws.agreed.Name
            KeepsakeLaws.exact.Name
            KeepsakeLaws.goes.Name
            KeepsakeLaws.secret.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of rooms | says |")

[<Fact>]
let ``its laws of presence are those that are held`` () =
    let expected =
        [
            PresenceLaws.ending.Name
            PresenceLaws.attendance.Name
            PresenceLaws.openings.Name
            PresenceLaws.sneaking.Name
            PresenceLaws.changes.Name
            PresenceLaws.swept.Name
            PresenceLaws.joining.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of presence | says |")

[<Fact>]
let ``its laws of notices are those that are held`` () =
    let expected =
        [
            NoticeLaws.oracle.Name
            NoticeLaws.once.Name
            NoticeLaws.takenOver.Name
            NoticeLaws.never.Name
            SilenceLaws.traceless.Name
            SilenceLaws.silent.Name
            NoticeLaws.quiet.Name
            NoticeLaws.complete.Name
            NoticeLaws.many.Name
            NoticeLaws.bounded.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of notices | says |")

[<Fact>]
let ``its laws of privacy are those that are held`` () =
    let expected =
        [
            PrivacyLaws.said.Name
            PrivacyLaws.finding.Name
            PrivacyLaws.unfound.Name
            PrivacyLaws.seeing.Name
            PrivacyLaws.absent.Name
            PrivacyLaws.telling.Name
            PrivacyLaws.unread.Name
            PrivacyLaws.mutual.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of privacy | says |")

[<Fact>]
let ``its laws of meeting are those that are held`` () =
    let expected =
        [
            MeetingLaws.oracle.Name
            MeetingLaws.unknown.Name
            MeetingLaws.never.Name
            MeetingLaws.bounded.Name
            MeetingLaws.ordered.Name
            MeetingLaws.encounters.Name
            MeetingLaws.counted.Name
            ClosenessLaws.oracle.Name
            ClosenessLaws.total.Name
            ClosenessLaws.recent.Name
            ClosenessLaws.mutual.Name
            ClosenessLaws.never.Name
            ClosenessLaws.rooms.Name
        ]

    Assert.Equal<string list>(expected, lawsUnder "| law of meeting | says |")

[<Fact>]
let ``what may befall a cluster is on the page about the simulator`` () =
    let told =
        rowsOf "simulator.md" "| fault | what it does |"
        |> List.map (fun row -> row.Split('`')[1])

    Assert.Equal<string list>(Cluster.Plan.faults |> List.map Cluster.Plan.nameOf, told)
