using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Store;
using NATS.Client.Core;
using Npgsql;

namespace Chat.Host;

/// <summary>Opens what a host stands on, and says in words what is wrong with it if it cannot.</summary>
internal static class Opening
{
    public static async Task<Database> DatabaseAsync(ChatHostOptions options, CancellationToken stop)
    {
        try
        {
            var where = new DatabaseOptions(options.ConnectionString, options.Name, options.Replica);
            return await Database.OpenAsync(where, stop: stop);
        }
        catch (ForeignSchemaException foreign)
        {
            throw new StartFailure(
                $"The database is of a later version: its schema is {foreign.Found}, this host knows {foreign.Known}.",
                "Start the later version, or give this one a database of its own.",
                foreign
            );
        }
        catch (NpgsqlException fault)
        {
            var where = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            throw new StartFailure(
                $"PostgreSQL at {AddressOf(where)}/{where.Database} cannot be used: {fault.Message}",
                fault.SqlState == PostgresErrorCodes.DiskFull
                    ? "Its disk is full: make room there (df -h)."
                    : "Is it running, and may this user make tables there?",
                fault
            );
        }
    }

    // Of several each has its own port.
    private static string AddressOf(NpgsqlConnectionStringBuilder where) =>
        where.Host?.Contains(',') is true ? where.Host : $"{where.Host}:{where.Port}";

    public static async Task<NatsConnection> NatsAsync(NatsOpts opts, CancellationToken stop)
    {
        var connection = new NatsConnection(opts);
        try
        {
            await connection.ConnectAsync();
            await connection.PingAsync(stop);
            return connection;
        }
        catch (NatsException fault)
        {
            await connection.DisposeAsync();
            throw new StartFailure(
                $"nats-server at {opts.Url} does not let the host in: {fault.Message}",
                "A server of your own needs what ./chat nats-config prints.",
                fault
            );
        }
    }

    public static TokenVerifier Verifier(Secrets secrets) =>
        new(
            new TokenOptions
            {
                Issuer = TokenIssuer.DevelopmentIssuer,
                Audience = TokenIssuer.DevelopmentAudience,
                Keys = TokenOptions.FromPem(secrets.TokenKeyPem),
            }
        );
}
