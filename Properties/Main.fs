/// What ./chat spec and ./chat simulate do.
module Chat.Spec.Main

open System
open System.ComponentModel
open System.IO
open System.Threading
open System.Threading.Tasks
open Spectre.Console
open Spectre.Console.Cli
open NATS.Client.Core
open Chat.Spec.Outside
open Chat.Spec.Outside.Findings
open Chat.Spec.Outside.Running

type SpecSettings() =
    inherit CommandSettings()

    [<CommandOption("--nats <URL>")>]
    [<Description("The host under test: where its clients connect. Without it a host of its own is started")>]
    member val Nats = "" with get, set

    [<CommandOption("--http <URL>")>]
    [<Description("Where it is reached over HTTP, for files; without it nothing is asked of them")>]
    member val Http = "" with get, set

    [<CommandOption("--hosts <COUNT>")>]
    [<Description("How many hosts there are: each counts by itself how often somebody asks (default: 1)")>]
    member val Hosts = 1 with get, set

    [<CommandOption("--issuer <FILE>")>]
    [<Description("The private key (PEM, ES256) with which tokens of people are signed")>]
    member val Issuer = "" with get, set

    [<CommandOption("--issuer-name <NAME>")>]
    [<Description("What the tokens name as their issuer (default: chat-development)")>]
    member val IssuerName = "chat-development" with get, set

    [<CommandOption("--audience <NAME>")>]
    [<Description("What they name as their audience (default: chat)")>]
    member val Audience = "chat" with get, set

    [<CommandOption("--scenarios <COUNT>")>]
    [<Description("How many scenarios are played (default: 300)")>]
    member val Scenarios = 300 with get, set

    [<CommandOption("--from <NUMBER>")>]
    [<Description("The number of the first of them (default: 0); from 50 on each fifth is in a house")>]
    member val From = 0 with get, set

    [<CommandOption("--at-once <COUNT>")>]
    [<Description("How many of them at the same time (default: 8)")>]
    member val AtOnce = 8 with get, set

    [<CommandOption("--seed <NUMBER>")>]
    [<Description("Where they are drawn from (default: 1)")>]
    member val Seed = 1UL with get, set

    [<CommandOption("--replay <FILE>")>]
    [<Description("Play only what an earlier run has found")>]
    member val Replay = "" with get, set

    [<CommandOption("--found <FILE>")>]
    [<Description("Where what is found is kept (default: artifacts/spec.json)")>]
    member val Found = "artifacts/spec.json" with get, set

    override settings.Validate() =
        if settings.Nats = "" || settings.Issuer = "" then
            ValidationResult.Error "Name a host with --nats URL and the key of its issuer with --issuer FILE."
        elif not (File.Exists settings.Issuer) then
            ValidationResult.Error $"There is no key in {settings.Issuer}."
        elif settings.Replay <> "" && not (File.Exists settings.Replay) then
            ValidationResult.Error $"There is nothing in {settings.Replay}."
        elif settings.Scenarios < 1 || settings.AtOnce < 1 then
            ValidationResult.Error "--scenarios and --at-once: at least 1."
        else
            ValidationResult.Success()

let private column (name: string) = TableColumn(Markup.Escape name)

let private table (columns: string list) (rows: string list list) =
    let table = Table().Border(TableBorder.Simple)
    columns |> List.iter (column >> table.AddColumn >> ignore)

    for row in rows do
        table.AddRow(row |> List.map Markup.Escape |> Array.ofList) |> ignore

    AnsiConsole.Write table

/// What the run covered; whether that is all that is promised.
let private coverage (place: Place) (findings: Findings) : bool =
    let promises = Covering.promisedBy place

    table
        [ "law"; "says"; "put to the test" ]
        [
            for law in HostLaws.all -> [ law.Name; law.Says; $"{findings.Exercised law:N0}" ]
        ]

    table
        [ "promise"; "held by"; "happened"; "refused"; "not shown" ]
        [
            for promise in promises ->
                let happened, refused = Covering.counts findings promise

                [
                    promise.Name
                    promise.Laws |> List.map _.Name |> String.concat ", "
                    $"{happened:N0}"
                    (if promise.Rules.IsEmpty then "" else $"{refused:N0}")
                    Covering.missing findings promise |> String.concat ", "
                ]
        ]

    Covering.areShown findings promises

let private tell (law: HostLaw) (what: string) (scenario: Scenario.Scenario) =
    AnsiConsole.MarkupLine $"[red]broken: {Markup.Escape law.Name}[/]: {Markup.Escape law.Says}"
    AnsiConsole.WriteLine what
    AnsiConsole.WriteLine $"{scenario}"

let private replayAsync place (settings: SpecSettings) =
    task {
        let scenario = Story.read settings.Replay
        let! findings, _ = judgedAsync place scenario

        match findings.Wrongs with
        | (law, what) :: _ ->
            tell law what scenario
            return 1
        | [] ->
            AnsiConsole.WriteLine "It holds now."
            return 0
    }

let private runAsync place (settings: SpecSettings) =
    task {
        let options =
            { usual with
                Seed = settings.Seed
                From = settings.From
                Scenarios = settings.Scenarios
                AtOnce = settings.AtOnce
            }

        let! outcome =
            AnsiConsole
                .Progress()
                .StartAsync(fun shown ->
                    let bar = shown.AddTask("scenarios", maxValue = float options.Scenarios)
                    Running.runAsync place options (Action<int>(fun number -> bar.Value <- float number)))

        let isCovered = coverage place outcome.Findings
        AnsiConsole.WriteLine $"{outcome.Scenarios:N0} scenarios, {outcome.Requests:N0} requests, seed {options.Seed}"

        match outcome.Broken with
        | Some broken ->
            tell broken.Law broken.What broken.Scenario
            Story.write settings.Found (Story.kept options.Seed broken)
            AnsiConsole.WriteLine $"kept in {settings.Found}: play it again with --replay {settings.Found}"
            return 1
        | None when not isCovered ->
            AnsiConsole.MarkupLine "[yellow]not all that is promised was shown: play more scenarios[/]"
            return 1
        | None -> return 0
    }

type SpecCommand() =
    inherit AsyncCommand<SpecSettings>()

    override _.ExecuteAsync(_: CommandContext, settings: SpecSettings, _: CancellationToken) : Task<int> =
        let place =
            { Place.Of(settings.Nats, settings.IssuerName, settings.Audience, File.ReadAllText settings.Issuer) with
                Http = settings.Http
                Hosts = settings.Hosts
            }

        task {
            try
                if settings.Replay <> "" then
                    return! replayAsync place settings
                else
                    return! runAsync place settings
            with :? NatsException as fault ->
                AnsiConsole.WriteLine
                    $"{settings.Nats} cannot be reached, or does not let in whom this key speaks for: {fault.Message}"

                return 2
        }

[<EntryPoint>]
let main arguments =
    let app = CommandApp<SpecCommand>()

    let name =
        if Array.tryHead arguments = Some "simulate" then
            "./chat"
        else
            "./chat spec"

    app.Configure(fun it ->
        it.SetApplicationName name |> ignore

        it
            .AddCommand<Simulate.SimulateCommand>("simulate")
            .WithDescription("Play whole clusters from seeds: hosts, devices, network and database in one process")
        |> ignore

        it
            .AddCommand<SimulateParty.PartyCommand>("simulate-party")
            .WithDescription("Play a party of many people: see ./chat simulate party --help")
        |> ignore)

    match List.ofArray arguments with
    | "simulate" :: "party" :: rest -> app.Run("simulate-party" :: rest)
    | _ -> app.Run arguments
