using Chat.Client;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Driving;
using Chat.Protocol.Wire;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>What follows on a commit is told although the database does not answer just then.</summary>
[Collection(Servers.Collection)]
public sealed class DatabaseGoneTests(Servers servers)
{
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Whom_a_block_parts_are_told_to_begin_anew_once_the_database_answers()
    {
        var database = await servers.NewDatabaseAsync();
        var options = new ChatHostOptions
        {
            NatsUrl = servers.NatsUrl,
            ConnectionString = database,
            Secrets = servers.Secrets,
        };
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        var closing = new Closing(servers.Supervisor.AdminConnectionString, name);
        var seams = new Seams { Publisher = right => new WithoutDatabase(right, closing) };
        await using var host = await ChatHost.StartAsync(options, seams, NullLoggerFactory.Instance);
        using var door = new Door(servers.NatsUrl, servers.Secrets);
        await using var mia = await door.GuestAsync("mia");
        await using var tomas = await door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(tomas.Person)));
        await Eventually.HoldsAsync(() => closing.WasClosed, "the block is published");
        foreach (var guest in new[] { mia, tomas })
            await Eventually.HoldsAsync(
                () =>
                    guest
                        .Told()
                        .OfType<Ephemeral.Heads>()
                        .Any(heads => heads.IsReset && heads.Versions.Any(head => head.Conversation == group)),
                $"{guest.Person} is told",
                30
            );
    }

    /// <summary>A database that lets nobody in for a while, who was in already neither.</summary>
    private sealed class Closing(string admin, string name)
    {
        private volatile bool wasClosed;

        public bool WasClosed => wasClosed;

        public void ForAWhile()
        {
            wasClosed = true;
            Do($"alter database {name} with allow_connections false");
            Do($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            _ = Task.Delay(Gone).ContinueWith(_ => Do($"alter database {name} with allow_connections true"));
        }

        private void Do(string sql)
        {
            using var connection = new NpgsqlConnection(admin);
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    private sealed class WithoutDatabase(IPublisher right, Closing closing) : IPublisher
    {
        public void Publish(Output.Publish committed)
        {
            if (committed.Events.Exists(recorded => recorded.Event is Domain.Pairs.Event.Blocked))
                closing.ForAWhile();
            right.Publish(committed);
        }

        public Task? Withdraw(StreamKey stream, Seq<Recorded> events) => right.Withdraw(stream, events);

        public void PublishMarks(AnyStream stream, MarkSet marks) => right.PublishMarks(stream, marks);
    }
}
