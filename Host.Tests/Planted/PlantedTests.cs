using System.Globalization;
using Chat.Host.Tests.EndToEnd;
using Chat.Spec.Outside;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.Planted;

/// <summary>A host with a place for a fault between its parts, and the specification as any host gets it.</summary>
public sealed class FaultyHost : IAsyncLifetime
{
    private readonly Servers servers = new();
    private readonly SortedDictionary<string, string> table = new(StringComparer.Ordinal);
    private ChatHost? host;

    internal FaultyParts Parts { get; } = new();

    // What a fault keeps back is not waited for as long as what a right host may yet tell.
    private Place PlaceOf(Fault? fault)
    {
        var place = Place.Of(
            servers.NatsUrl,
            Nats.TokenIssuer.DevelopmentIssuer,
            Nats.TokenIssuer.DevelopmentAudience,
            servers.Secrets.TokenKeyPem
        );
        return new Place(
            place.Url,
            place.Token,
            fault is null ? place.Patience : TimeSpan.FromSeconds(1),
            host!.HttpUrl,
            place.Hosts,
            place.Outage
        );
    }

    public async Task InitializeAsync()
    {
        await servers.InitializeAsync();
        var options = new ChatHostOptions
        {
            NatsUrl = servers.NatsUrl,
            ConnectionString = await servers.NewDatabaseAsync(),
            Secrets = servers.Secrets,
        };
        host = await ChatHost.StartAsync(options, Parts.Seams, NullLoggerFactory.Instance);
        Parts.Connection = new NatsConnection(Nats.Connections.App(servers.NatsUrl, servers.Secrets));
    }

    internal async Task<Running.Outcome> JudgeAsync(Fault? fault, int from, int scenarios, int atOnce)
    {
        Parts.Fault = fault;
        var options = new Running.Options(seed: 1, from, scenarios, atOnce, shrinking: TimeSpan.Zero);
        return await Running.runAsync(PlaceOf(fault), options, _ => { });
    }

    internal void Note(Fault fault, Running.Broken broken) =>
        table[fault.Name] = string.Create(
            CultureInfo.InvariantCulture,
            $"| {fault.Name} | {broken.Law.Name} | {broken.Number + 1} | {broken.Found.TotalSeconds:0.0} s |"
        );

    /// <summary>What found what goes beside the other things that are built.</summary>
    public async Task DisposeAsync()
    {
        string[] head = ["| the host … | found by the law | in scenario | after |", "|---|---|---|---|"];
        var folder = Path.Combine(AppContext.BaseDirectory, "../../../../artifacts");
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "planted.md"), [.. head, .. table.Values]);
        await (Parts.Connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        await host!.DisposeAsync();
        await servers.DisposeAsync();
    }
}

/// <summary>The specification can say no: each fault that is planted in a host is found from outside.</summary>
public sealed class PlantedTests(FaultyHost faulty, ITestOutputHelper output) : IClassFixture<FaultyHost>
{
    private const int Enough = 400;
    private static bool IsLong => Environment.GetEnvironmentVariable("CHAT_LONG") is not null;

    private static IEnumerable<Fault> Faults =>
        [
            .. KeptFaults.All,
            .. ToldFaults.All,
            .. ReadFaults.All,
            .. PairFaults.All,
            .. KeepingFaults.All,
            .. HouseFaults.All,
            .. PrivacyFaults.All,
            .. CallFaults.All,
            .. IsLong ? CallFaults.OfWhatIsMissed : [],
            .. ErrandFaults.All,
        ];

    public static TheoryData<string> Names => [.. Faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_planted_is_found(string name)
    {
        var fault = Faults.Single(fault => fault.Name == name);
        var outcome = await faulty.JudgeAsync(fault, IsLong ? 0 : fault.From, Enough, 1);
        Assert.True(outcome.Broken is not null, $"not found in {outcome.Scenarios} scenarios: {name}");
        output.WriteLine($"{outcome.Broken.Value.Law.Name} in scenario {outcome.Broken.Value.Number}");
        output.WriteLine(outcome.Broken.Value.What);
        faulty.Note(fault, outcome.Broken.Value);
    }

    [Fact]
    public async Task A_right_host_holds_every_law()
    {
        var outcome = await faulty.JudgeAsync(null, 0, 48, 8);
        Assert.True(outcome.Broken is null, $"{outcome.Broken?.Value.What}\n{outcome.Broken?.Value.Scenario}");
        Assert.Equal(48, outcome.Scenarios);
    }

    [Fact]
    public async Task A_right_host_holds_the_laws_of_what_else_there_is()
    {
        foreach (var number in Enumerable.Range(0, 7))
        {
            var outcome = await faulty.JudgeAsync(null, 59 + (10 * number), 1, 1);
            Assert.True(outcome.Broken is null, $"{outcome.Broken?.Value.What}\n{outcome.Broken?.Value.Scenario}");
        }
    }

    [Fact]
    public async Task A_right_host_holds_the_laws_of_the_house()
    {
        var outcome = await faulty.JudgeAsync(null, 49, 31, 6);
        Assert.True(outcome.Broken is null, $"{outcome.Broken?.Value.What}\n{outcome.Broken?.Value.Scenario}");
        Assert.True(outcome.Findings.Exercised(HostLaws.house) > 0);
        Assert.True(outcome.Findings.Exercised(HostLaws.calls) > 0);
        Assert.True(outcome.Findings.Times("call.Missed") > 0);
    }
}
