using Chat.Host.Operate;
using Chat.Host.Verbs;
using Spectre.Console;
using Spectre.Console.Cli;

var app = new CommandApp();
app.Configure(config =>
{
    config.SetApplicationName("./chat");
    config.PropagateExceptions();
    config
        .AddCommand<UpCommand>("up")
        .WithDescription("Run it: nats-server, PostgreSQL and the host, all in one folder")
        .WithExample("up", "--data", "/srv/chat");
    config.AddCommand<SayCommand>("say").WithDescription("Say something").WithExample("say", "mia", "lobby", "hello");
    config
        .AddCommand<ReadCommand>("read")
        .WithDescription("Read a conversation")
        .WithExample("read", "tomas", "lobby", "--follow");
    config
        .AddCommand<SearchCommand>("search")
        .WithDescription("Find what was said, wherever you are a member")
        .WithExample("search", "mia", "tea", "--by", "tomas");
    config
        .AddCommand<TokenCommand>("token")
        .WithDescription("Print a token of the development issuer")
        .WithExample("token", "mia", "phone");
    config
        .AddCommand<ImportCommand>("import")
        .WithDescription("Import IRC logs into channels; started again it goes on where it was")
        .WithExample("import", "2009-03-03_10.raw.txt");
    config
        .AddCommand<ShadowCommand>("shadow")
        .WithDescription("Decide again what was recorded, and list each verdict that would be another")
        .WithExample("shadow", "monday.recording");
    config.AddCommand<StatusCommand>("status").WithDescription("Say whether it runs, and where");
    config
        .AddCommand<NatsConfigCommand>("nats-config")
        .WithDescription("Print the configuration that a nats-server of your own needs");
});

using var stopping = new CancellationTokenSource();
using var interrupt = Stopping.On(stopping);
try
{
    return await app.RunAsync(args.Length == 0 || args is ["help"] ? ["--help"] : args, stopping.Token);
}
catch (StartFailure failure)
{
    return Failing.Say(failure, 1);
}
catch (CommandAppException wrong)
{
    AnsiConsole.MarkupLineInterpolated($"[red]{wrong.Message}[/]");
    AnsiConsole.MarkupLine("  ./chat --help lists the verbs, ./chat VERB --help what each takes.");
    return 2;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 130;
}
