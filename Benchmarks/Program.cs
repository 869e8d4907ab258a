using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Chat.Benchmarks.Cold;
using Chat.Benchmarks.Limits;
using Chat.Benchmarks.Meeting;
using Chat.Benchmarks.Party;
using Chat.Benchmarks.Scale;
using Spectre.Console.Cli;

namespace Chat.Benchmarks;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["--core", .. var rest]:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, Core());
                return 0;
            case [Responder.Verb, var folder]:
                await Responder.RunAsync(folder);
                return 0;
            default:
                var app = new CommandApp<BenchCommand>();
                app.Configure(settings =>
                {
                    settings.SetApplicationName("./chat bench");
                    settings
                        .AddCommand<PartyCommand>("party")
                        .WithDescription("Many people wander through a house: how long what they do takes");
                    settings.AddCommand<PictureCommand>("picture").WithDescription("What --json wrote, as a drawing");
                    settings
                        .AddCommand<ColdCommand>("cold")
                        .WithDescription("Conversations that nobody holds, and those that nobody uses");
                    settings
                        .AddCommand<ScaleCommand>("scale")
                        .WithDescription("What many millions of people would take, from what was measured");
                    settings.AddCommand<WeighCommand>("weigh").WithDescription("What a connection and a message weigh");
                    settings
                        .AddCommand<MeetingCommand>("meet")
                        .WithDescription("A town of friends: how long it takes to say whom one might meet");
                });
                return await app.RunAsync(args);
        }
    }

    // In this process: the projects' restore is not the one that a generated project would have.
    private static IConfig Core() =>
        DefaultConfig
            .Instance.AddJob(
                Job.ShortRun.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: true))
            )
            .AddDiagnoser(MemoryDiagnoser.Default);
}
