using System.ComponentModel;
using System.Diagnostics;
using Chat.Client;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks.Party;

/// <summary>
/// <c>./chat bench party</c>: so many people, each with a connection of their own, wander through a house: how long
/// each thing that they do takes until it is answered.
/// </summary>
internal sealed class PartyCommand : AsyncCommand<PartyCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandOption("--people <COUNT>")]
        [Description("How many are connected (default: 500)")]
        public int People { get; init; } = 500;

        [CommandOption("--circle <COUNT>")]
        [Description("How many of them are friends of each other (default: 10)")]
        public int Circle { get; init; } = 10;

        [CommandOption("--every <SECONDS>")]
        [Description("How often each of them does something, on average (default: 4)")]
        public double Every { get; init; } = 4;

        [CommandOption("--seconds <SECONDS>")]
        [Description("How long it is measured (default: 60)")]
        public double Seconds { get; init; } = 60;

        [CommandOption("--warmup <SECONDS>")]
        [Description("How long it goes on before that (default: 15)")]
        public double WarmUp { get; init; } = 15;
    }

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        await using var host = await RunningHost.StartAsync(null, 2);
        var times = new Times();
        var people = new List<Visitor>();
        AnsiConsole.MarkupLineInterpolated($"[grey]{settings.People} people come in, friends by {settings.Circle}[/]");
        foreach (var circle in Enumerable.Range(0, settings.People).Chunk(settings.Circle))
        {
            var room = new Circle();
            var friends = await Task.WhenAll(circle.Select(n => Visitor.ComeAsync(host, n, room, times)));
            for (var n = 0; n < friends.Length; n++)
                await Task.WhenAll(friends.Skip(n + 1).Select(friends[n].BefriendAsync));
            people.AddRange(friends);
        }
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var wandering = people.Select(one => one.WanderAsync(settings.Every, ending.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(settings.WarmUp), stop);
        times.Begin();
        var (before, began) = (Usage.Read(host.Pid), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(settings.Seconds), stop);
        times.End();
        var (used, took) = (Usage.Read(host.Pid).Since(before), Stopwatch.GetElapsedTime(began).TotalSeconds);
        await ending.CancelAsync();
        await Task.WhenAll(wandering);
        times.Write(took, used, settings.People);
        foreach (var one in people)
            await one.DisposeAsync();
        return 0;
    }
}
