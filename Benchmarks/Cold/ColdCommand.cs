using System.ComponentModel;
using System.Diagnostics;
using Chat.Benchmarks.Core;
using Chat.Domain.Conversations;
using Chat.Host.Store;
using Chat.Protocol.Stored;
using HdrHistogram;
using Npgsql;
using Spectre.Console;
using Spectre.Console.Cli;

namespace Chat.Benchmarks.Cold;

/// <summary>
/// <c>./chat bench cold</c>: how long it takes to load a conversation that nobody holds, with very many messages or
/// members, and what memory those take that are held and that nobody uses.
/// </summary>
internal sealed class ColdCommand : AsyncCommand<ColdCommand.Settings>
{
    public sealed class Settings : CommandSettings
    {
        [CommandOption("--messages <COUNT>")]
        [Description("Messages of the long one (default: 1,000,000)")]
        public int Messages { get; init; } = 1_000_000;

        [CommandOption("--members <COUNT>")]
        [Description("Members of the crowded one (default: 100,000)")]
        public int Members { get; init; } = Chat.Domain.Conversations.Limits.ChannelMembers;

        [CommandOption("--idle <COUNT>")]
        [Description("Conversations that are held and idle (default: 100,000)")]
        public int Idle { get; init; } = 100_000;

        [CommandOption("--loads <COUNT>")]
        [Description("How often each is loaded (default: 200)")]
        public int Loads { get; init; } = 200;
    }

    private const string Name = "cold";
    private const int InBatch = 500;
    private readonly Table table = new Table().RoundedBorder();

    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        foreach (var column in (string[])["", "p50 ms", "p99 ms", "most ms"])
            table.AddColumn(column, one => one.RightAligned());
        WriteIdle(settings.Idle);
        await using (var host = await RunningHost.StartAsync(null, 2))
        {
            await using (var admin = NpgsqlDataSource.Create(host.AdminConnectionString))
            await using (var create = admin.CreateCommand($"create database {Name} owner chat"))
                await create.ExecuteNonQueryAsync(stop);
            await using var database = await Database.OpenAsync(
                new DatabaseOptions(host.ConnectionStringOf(Name), Name),
                stop: stop
            );
            var written = await Writer.OpenAsync(database);
            await LoadAsync(
                database,
                $"{settings.Messages:N0} messages, {new LaneOptions().SnapshotEvery - 1} of them behind the snapshot",
                await written.LongAsync(settings.Messages),
                settings.Loads
            );
            await LoadAsync(
                database,
                $"{settings.Members:N0} members",
                await written.CrowdedAsync(settings.Members),
                settings.Loads
            );
        }
        AnsiConsole.Write(table);
        return 0;
    }

    // Each as it is read from the database, and no two sharing anything.
    private static void WriteIdle(int count)
    {
        foreach (var members in (int[])[2, 10])
        {
            var bytes = StoredSnapshots.Encode(Materials.Group(members)).IfNone([]);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var options = new LaneOptions(MaxStreams: count + 1);
            var lane = Materials.LaneWith(count, options, _ => StoredSnapshots.Decode(bytes).IfLeft(Conversation.New));
            var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            var held = new LaneOptions().MaxStreams;
            var words = $"{grown / 1e6:N0} MB, {grown / count:N0} bytes each; a lane holds {held:N0} at most";
            AnsiConsole.MarkupLineInterpolated($"{lane.Streams:N0} idle groups of {members}: {words}");
        }
    }

    private async Task LoadAsync(Database database, string what, StreamKey stream, int times)
    {
        var (histogram, reads) = (new LongHistogram(1, 60_000_000, 3), new StreamReads(database));
        for (var next = -times / 10; next < times; next++)
        {
            var began = Stopwatch.GetTimestamp();
            await reads.LoadAsync(stream);
            if (next >= 0)
                histogram.RecordValue((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }
        double Ms(double percentile) => histogram.GetValueAtPercentile(percentile) / 1e3;
        table.AddRow(Markup.Escape(what), $"{Ms(50):N2}", $"{Ms(99):N2}", $"{Ms(100):N2}");
    }

    /// <summary>Writes conversations over the host's own store, with the snapshots that a host leaves.</summary>
    private sealed class Writer(Database database, long epoch)
    {
        private static readonly Origin Origin = new(Materials.Device, ClientId.Of("m000000001"), new Digest(1));
        private readonly CommitStore store = new(database);
        private long batches;

        public static async Task<Writer> OpenAsync(Database database) =>
            new(database, (await new LeaseRows(database).TakeAsync(isSole: true, CancellationToken.None))!.Value.Epoch);

        public async Task<StreamKey> LongAsync(int messages)
        {
            var (stream, stamp) = (Materials.Stream(1), new Stamp(Materials.Person(0), Materials.Now));
            var content = new Content.Present(Materials.Text);
            var events = Enumerable
                .Range(1, messages)
                .Select(AnyEvent (seq) => new Event.MessageSent(stamp, seq, content, null, Listing<PersonId>.Empty));
            await WriteAsync(stream, events.Prepend(Created(ConversationKind.Group)), messages);
            return stream;
        }

        public async Task<StreamKey> CrowdedAsync(int members)
        {
            var stream = Materials.Stream(2);
            var events = Enumerable
                .Range(2, members - 1)
                .Select(
                    AnyEvent (version) =>
                        new Event.Joined(
                            new Stamp(Materials.Person(version), Materials.Now),
                            [Interval.OpenFrom(version)]
                        )
                );
            await WriteAsync(stream, events.Prepend(Created(ConversationKind.Channel)), members);
            return stream;
        }

        private static Event.Created Created(ConversationKind kind) =>
            new(
                new Stamp(Materials.Person(0), Materials.Now),
                kind,
                [Materials.Person(0)],
                ConversationName.Create("cold").ToOption().Case as ConversationName
            );

        private async Task WriteAsync(StreamKey key, IEnumerable<AnyEvent> events, int last)
        {
            var (current, behind) = (Conversation.New, new LaneOptions().SnapshotEvery - 1);
            foreach (var some in events.Chunk(InBatch))
            {
                var recorded = some.Select(
                    (happened, next) =>
                        new Recorded(
                            key,
                            current.Version + next + 1,
                            Guid.NewGuid(),
                            happened,
                            Origin,
                            Listing<Guard>.Empty
                        )
                );
                var after = current.Fold(some);
                var addition = new Addition(
                    key,
                    current.Version,
                    LanguageExt.Prelude.toSeq(recorded).Strict(),
                    LanguageExt.Prelude.Empty,
                    LanguageExt.Prelude.Empty,
                    after
                );
                var batch = new Batch(++batches, 0, epoch, [addition], LanguageExt.Prelude.Empty);
                if (await store.AppendAsync(batch) is not Outcome.Committed { Aside.IsEmpty: true })
                    throw new InvalidOperationException("It was not committed.");
                // The last one lies as far back as it ever does.
                if (current.Version <= last - behind && after.Version > last - behind)
                    await store.SaveSnapshotAsync(key, current.Fold(some.Take((int)(last - behind - current.Version))));
                current = after;
            }
        }
    }
}
