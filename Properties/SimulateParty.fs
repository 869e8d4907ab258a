/// What ./chat simulate party does.
module Chat.Spec.SimulateParty

open System
open System.ComponentModel
open System.Diagnostics
open System.Threading
open Spectre.Console
open Spectre.Console.Cli
open Chat.Spec.Party
open Chat.Spec.Party.World

type PartySettings() =
    inherit CommandSettings()

    [<CommandOption("--people <COUNT>")>]
    [<Description("How many there are, with some 30 friends each (default: 2,000)")>]
    member val People = 2_000 with get, set

    [<CommandOption("--minutes <NUMBER>")>]
    [<Description("How long it lasts, in simulated minutes (default: 10)")>]
    member val Minutes = 10 with get, set

    [<CommandOption("--seed <NUMBER>")>]
    [<Description("What it is drawn from (default: 1)")>]
    member val Seed = 1UL with get, set

    override settings.Validate() =
        if settings.People < 2 || settings.Minutes < 1 then
            ValidationResult.Error "--people: at least 2; --minutes: at least 1."
        else
            ValidationResult.Success()

let private sum (party: Party) (beginning: string) =
    party.Seen
    |> Seq.filter (fun pair -> pair.Key.StartsWith beginning)
    |> Seq.sumBy _.Value

let private lineOf (party: Party) (watch: Stopwatch) =
    let at = TimeSpan.FromMilliseconds(float party.Clock.Now)

    let inside =
        party.Guests
        |> Seq.filter (fun guest -> (party.PlaceOf guest.Id).Room.HasValue)
        |> Seq.length

    let moves, games = sum party "asked ", sum party "games "

    sprintf
        "%5.0f s  %s  %5d in rooms  %9d moves  %6d games"
        watch.Elapsed.TotalSeconds
        (at.ToString @"mm\:ss")
        inside
        moves
        games

let private run (settings: PartySettings) =
    let plan = planOf settings.Seed settings.People (settings.Minutes * 60)
    AnsiConsole.WriteLine(plan.Text)
    let watch = Stopwatch.StartNew()

    let party =
        Partying.play domain plan (fun party ->
            if party.Clock.Now % 30_000L = 0L then
                Console.Out.WriteLine(lineOf party watch))

    for pair in party.Seen |> Seq.sortBy _.Key do
        Console.Out.WriteLine $"%12d{pair.Value}  {pair.Key}"

    Console.Out.WriteLine(
        sprintf
            "%d moves, %d entries, %d refusals, %d games, %d calls, %d notices in %d simulated s; %.1f s of ours"
            (sum party "asked ")
            (sum party "came in by ")
            (sum party "refused ")
            (sum party "games ")
            (sum party "calls rung")
            (sum party "notices")
            (party.Clock.Now / 1_000L)
            watch.Elapsed.TotalSeconds
    )

    if party.Wrongs.Count = 0 then
        Console.Out.WriteLine "All laws hold."
        0
    else
        for wrong in party.Wrongs |> Seq.truncate 5 do
            Console.Out.WriteLine wrong

        1

type PartyCommand() =
    inherit Command<PartySettings>()

    override _.Execute(_: CommandContext, settings: PartySettings, _: CancellationToken) = run settings
