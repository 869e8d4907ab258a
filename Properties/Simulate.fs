/// What ./chat simulate does.
module Chat.Spec.Simulate

open System
open System.ComponentModel
open System.Runtime.InteropServices
open System.Threading
open Spectre.Console
open Spectre.Console.Cli
open Chat.Spec.Cluster

type SimulateSettings() =
    inherit CommandSettings()

    [<CommandOption("--seed <NUMBER>")>]
    [<Description("The first seed (default: 1)")>]
    member val Seed = 1UL with get, set

    [<CommandOption("--seeds <COUNT>")>]
    [<Description("How many of them (default: 1,000); one is told as a story")>]
    member val Seeds = 1_000 with get, set

    [<CommandOption("--at-once <COUNT>")>]
    [<Description("How many at the same time (default: one for each core)")>]
    member val AtOnce = Environment.ProcessorCount with get, set

    [<CommandOption("--watch")>]
    [<Description("Serve a page on which one sees the cluster of the seed, and lets things befall it")>]
    member val Watch = false with get, set

    [<CommandOption("--port <PORT>")>]
    [<Description("Where that page is, on this machine only (default: 4790)")>]
    member val Port = 4790 with get, set

    override settings.Validate() =
        if settings.Seeds < 1 || settings.AtOnce < 1 then
            ValidationResult.Error "--seeds and --at-once: at least 1."
        elif settings.Port < 1 || settings.Port > 65_535 then
            ValidationResult.Error "--port: from 1 to 65535."
        else
            ValidationResult.Success()

let private tellStory (plan: Plan.Plan) (wrongs: string list) =
    AnsiConsole.WriteLine(Simulator.story plan)

    for wrong in List.truncate 5 wrongs do
        AnsiConsole.MarkupLine $"[red]{Markup.Escape wrong}[/]"

/// Serves the page until the process is told to end.
let private watch (settings: SimulateSettings) =
    use page = new Page.Page(Cluster.domain, settings.Port)

    match page.Start() with
    | Error what ->
        Console.Error.WriteLine what
        2
    | Ok() ->
        use ended = new ManualResetEventSlim()

        let onEnd (context: PosixSignalContext) =
            context.Cancel <- true
            ended.Set()

        use _ = PosixSignalRegistration.Create(PosixSignal.SIGINT, onEnd)
        use _ = PosixSignalRegistration.Create(PosixSignal.SIGTERM, onEnd)
        Console.Out.WriteLine $"{page.Address}?seed={settings.Seed}&speed=5 (Ctrl-C ends it)"
        ended.Wait()
        0

let private run (settings: SimulateSettings) =
    let outcome =
        AnsiConsole
            .Progress()
            .Start(fun shown ->
                let bar = shown.AddTask("clusters", maxValue = float settings.Seeds)

                Many.play Cluster.domain settings.Seed settings.Seeds settings.AtOnce (fun done' ->
                    bar.Value <- float done'))

    for what, times in outcome.Seen do
        AnsiConsole.WriteLine $"%12d{times}  {what}"

    match outcome.Broken with
    | [] when settings.Seeds = 1 ->
        tellStory (Plan.ofSeed settings.Seed) []
        AnsiConsole.WriteLine "It holds."
        0
    | [] ->
        AnsiConsole.WriteLine $"{settings.Seeds:N0} clusters from seed {settings.Seed}: all laws hold."
        0
    | (seed, _) :: _ as all ->
        let seeds = all |> List.map (fst >> string) |> String.concat ", "
        AnsiConsole.MarkupLine $"[red]broken: seeds {seeds}[/]; the first of them, as small as it was found:"
        let least = Simulator.shrink Cluster.domain 1500 (Plan.ofSeed seed)
        tellStory least (List.ofSeq (Simulator.play Cluster.domain least).Wrongs)
        1

type SimulateCommand() =
    inherit Command<SimulateSettings>()

    override _.Execute(_: CommandContext, settings: SimulateSettings, _: CancellationToken) =
        if settings.Watch then watch settings else run settings
