namespace Chat.Host.Operate;

/// <summary>The database of <c>up</c>, of one server or of two.</summary>
internal interface IPostgres : IAsyncDisposable
{
    /// <summary>The host's role.</summary>
    string ConnectionString { get; }

    /// <summary>The superuser.</summary>
    string AdminConnectionString { get; }

    /// <summary>Whoever writes; 0 while nobody does.</summary>
    int Pid { get; }

    IReadOnlyList<ServerState> States { get; }

    /// <summary>Returns when it serves.</summary>
    Task StartAsync(CancellationToken cancel);
}

/// <summary>A server as <c>./chat status</c> shows it.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Address">Where.</param>
/// <param name="Process">0 while it does not serve.</param>
/// <param name="State">What it is doing, in words.</param>
public sealed record ServerState(string Name, string Address, int Process, string State);
