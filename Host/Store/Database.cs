using Marten;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>Where the database is and who uses it.</summary>
/// <param name="ConnectionString">To PostgreSQL 15 or later.</param>
/// <param name="Host">This host's name, ASCII: its lease, and part of its connections' application name.</param>
/// <param name="Replica">To standbys that may be read; null for none.</param>
public sealed record DatabaseOptions(string ConnectionString, string Host, string? Replica = null);

/// <summary>
/// PostgreSQL as this host uses it: one pool for appends, whose statements are never given up, one for reads, and
/// Marten.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private Database(
        DatabaseOptions options,
        NpgsqlDataSource appends,
        NpgsqlDataSource reads,
        Replica replica,
        DocumentStore events
    )
    {
        (Host, Instance) = (options.Host, InstanceOf(appends));
        (Appends, Reads, Replica, Events) = (appends, reads, replica, events);
    }

    /// <summary>This host's name.</summary>
    public string Host { get; }

    /// <summary>Marten, for projections and documents.</summary>
    public IDocumentStore Events { get; }

    /// <summary>Tells this process's connections from those of one that had the same name before it.</summary>
    internal string Instance { get; }

    internal NpgsqlDataSource Appends { get; }
    internal NpgsqlDataSource Reads { get; }
    internal Replica Replica { get; }

    /// <summary>Opens the database and makes what is missing of its tables.</summary>
    /// <exception cref="ForeignSchemaException">Its tables are a later host's.</exception>
    /// <exception cref="NpgsqlException">It cannot be reached.</exception>
    public static async Task<Database> OpenAsync(
        DatabaseOptions options,
        Action<StoreOptions>? marten = null,
        CancellationToken stop = default
    )
    {
        var database = Unchecked(options, marten);
        try
        {
            await Schema.ApplyAsync(database.Reads, database.Events, stop);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same without a look at the database: it is reached when it is first needed.</summary>
    internal static Database Unchecked(DatabaseOptions options, Action<StoreOptions>? marten = null)
    {
        var name = NameOf(Guid.NewGuid().ToString("N")[..InstanceLength], options.Host);
        var reads = SourceOf(Common(options, name));
        var appends = SourceOf(ForAppends(options, name));
        var replica = options.Replica is { } where ? Common(options with { ConnectionString = where }, name) : null;
        return new Database(options, appends, reads, Replica.At(replica), MartenSetup.Open(reads, marten));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Of several servers it is the source behind them that has the connections.
        Appends.Clear();
        Reads.Clear();
        await Appends.DisposeAsync();
        await Reads.DisposeAsync();
        await Replica.DisposeAsync();
        Events.Dispose();
    }

    private const int InstanceLength = 8;

    // As PostgreSQL cuts it: at 63 bytes.
    private static string NameOf(string instance, string host) => $"{instance}#{host}"[..Math.Min(63, 9 + host.Length)];

    private static string InstanceOf(NpgsqlDataSource source) =>
        new NpgsqlConnectionStringBuilder(source.ConnectionString).ApplicationName![..InstanceLength];

    /// <summary>Of several servers whichever is the primary, looked for again after a second.</summary>
    internal static NpgsqlDataSource SourceOf(NpgsqlConnectionStringBuilder where)
    {
        if (where.Host?.Contains(',') is not true)
            return NpgsqlDataSource.Create(where);
        where.HostRecheckSeconds = 1;
        var all = new NpgsqlDataSourceBuilder(where.ConnectionString).BuildMultiHost();
        return all.WithTargetSession(TargetSessionAttributes.Primary);
    }

    // Three hosts fit into what PostgreSQL gives where nobody configures it: 97. A crowd that comes at once waits here,
    // and is not turned away there.
    private const int MostConnections = 24;

    private static NpgsqlConnectionStringBuilder Common(DatabaseOptions options, string name)
    {
        var where = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = name,
            // Every statement of ours is prepared on its second use, without a round trip of its own.
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            // A partition is noticed by the network, never by giving up on a statement.
            TcpKeepAlive = true,
            TcpKeepAliveTime = 5,
            TcpKeepAliveInterval = 2,
        };
        if (!where.Keys.Contains("Maximum Pool Size"))
            where.MaxPoolSize = MostConnections;
        return where;
    }

    // A COMMIT is never cancelled. The plans are made once: a stream is found by its key, however the tables have grown
    // since.
    private static NpgsqlConnectionStringBuilder ForAppends(DatabaseOptions options, string name)
    {
        var appends = Common(options, name);
        appends.CommandTimeout = 0;
        appends.Options =
            "-c plan_cache_mode=force_generic_plan "
            + "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off";
        return appends;
    }
}
