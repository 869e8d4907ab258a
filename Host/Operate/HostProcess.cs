namespace Chat.Host.Operate;

/// <summary>One more host of the same chat, on the servers of the first.</summary>
/// <param name="name">Its name.</param>
/// <param name="folder">The data folder: the secrets are shared, its log is its own.</param>
/// <param name="arguments">What <c>up</c> is given besides.</param>
/// <param name="database">The primary, and where there are some its standbys.</param>
internal sealed class HostProcess(
    string name,
    string folder,
    IReadOnlyList<string> arguments,
    (string Primary, string? Replica) database
) : IServer
{
    /// <summary>Where <c>up</c> finds its database if it is not told.</summary>
    public const string PostgresVariable = "CHAT_POSTGRES";

    /// <summary>The same of standbys that it may read.</summary>
    public const string ReplicaVariable = "CHAT_POSTGRES_REPLICA";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly int port = Ports.OrFree(0);

    public string Name => name;

    public string LogFile => Path.Combine(folder, $"{name}.log");

    public Signal StopSignal => Signal.Terminate;

    public TimeSpan StopPatience => TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> Command =>
        [
            System.Environment.ProcessPath!,
            typeof(HostProcess).Assembly.Location,
            "up",
            "--name",
            name,
            "--sole",
            "--data",
            folder,
            "--http-port",
            $"{port}",
            "--no-demo",
            .. arguments,
        ];

    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            [PostgresVariable] = database.Primary,
            [ReplicaVariable] = database.Replica ?? "",
        };

    public Task PrepareAsync(CancellationToken cancel) => Task.CompletedTask;

    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var ready = await Http.GetAsync($"http://127.0.0.1:{port}/health/ready", cancel);
            return ready.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public StartFailure? Explain(string lastWords) => null;

    public bool IsPassing(string lastWords) => false;
}
