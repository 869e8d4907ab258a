using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Protocol.Wire;
using HdrHistogram;
using LanguageExt;

namespace Chat.Benchmarks.Load;

/// <summary>
/// Somebody with many conversations who reads while others talk: pages of a history, the inbox, and what is new since
/// a while ago, where nothing is and where something is.
/// </summary>
internal sealed class Reader : IAsyncDisposable
{
    /// <summary>Conversations of the reader.</summary>
    public const int Conversations = 1_500;

    /// <summary>Conversations in which something was said since the older of two cursors.</summary>
    public const int Changed = 20;

    private const int AtOnce = 32;
    private const int Messages = 2_000;
    private const int Page = 50;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly ChatClient client;
    private readonly ConversationId[] mine;
    private readonly string before;
    private readonly string after;
    private readonly Dictionary<string, LongHistogram> times = [];
    private volatile bool isReading;
    private Task reading = Task.CompletedTask;

    private Reader(ChatClient client, ConversationId[] mine, string before, string after) =>
        (this.client, this.mine, this.before, this.after) = (client, mine, before, after);

    /// <summary>Connects, and makes what there is to read.</summary>
    public static async Task<Reader> StartAsync(RunningHost host, int run)
    {
        var (person, device) = (PersonId.Of($"reader-{run}"), DeviceId.Of("bench"));
        var client = await ChatClient.ConnectAsync(
            new ChatOptions
            {
                Url = host.NatsUrl,
                Person = person,
                Device = device,
                Token = _ => ValueTask.FromResult(host.TokenOf(person.Value, device.Value)),
            }
        );
        var mine = new ConversationId[Conversations];
        await EachAsync(
            Conversations,
            async i =>
            {
                var name = ConversationName.Create($"reading {i}").ToOption().Case as ConversationName;
                var create = new Command.Create(ConversationKind.Group, [PersonId.Of($"other-{run}-{i}")], name);
                mine[i] = Right(await client.ChangeAsync(null, create)).Stream.Conversation;
            }
        );
        await EachAsync(Messages, _ => SayAsync(client, mine[0]));
        var before = await LevelAsync(client);
        await EachAsync(Changed, i => SayAsync(client, mine[1 + i]));
        return new Reader(client, mine, before, await LevelAsync(client));
    }

    /// <summary>Whether times are kept.</summary>
    public bool IsMeasuring { get; set; }

    /// <summary>Begins to read.</summary>
    public void Begin()
    {
        isReading = true;
        reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends, and tells how long each kind of reading took.</summary>
    public async Task<IReadOnlyDictionary<string, Times>> EndAsync()
    {
        isReading = false;
        await reading;
        return times.ToDictionary(one => one.Key, one => Times.Of(one.Value));
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task ReadAsync()
    {
        while (isReading)
        {
            var seq = Random.Shared.Next(Page + 1, Messages);
            await TimeAsync($"history, {Page} messages", () => client.HistoryAsync(mine[0], Anchor.Before, seq, Page));
            await TimeAsync($"inbox, {Page} of {Conversations:N0}", () => client.InboxAsync(null, Page));
            await TimeAsync("resume, nothing new", () => client.ResumeAsync(after));
            var page = await TimeAsync($"resume, {Changed} changed", () => client.ResumeAsync(before));
            if (page.Conversations.Count < Changed || page.More)
                throw new InvalidOperationException($"{page.Conversations.Count} conversations were resumed");
            await Task.Delay(Every);
        }
    }

    private async Task<T> TimeAsync<T>(string what, Func<Task<Either<Refusal, T>>> ask)
    {
        if (!times.TryGetValue(what, out var histogram))
            times[what] = histogram = new LongHistogram(1, 60_000_000, 3);
        var at = Stopwatch.GetTimestamp();
        var answer = Right(await ask());
        if (IsMeasuring)
            histogram.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(at).TotalMicroseconds));
        return answer;
    }

    private static async Task SayAsync(ChatClient client, ConversationId conversation) =>
        Right(await client.ChangeAsync(conversation, Core.Materials.Send));

    // To the present: the cursor after which nothing is new.
    private static async Task<string> LevelAsync(ChatClient client)
    {
        var page = Right(await client.ResumeAsync(null));
        while (page.More || page.Conversations.Count > 0)
            page = Right(await client.ResumeAsync(page.Cursor));
        return page.Cursor;
    }

    private static Task EachAsync(int count, Func<int, Task> act) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => await act(i)
        );

    private static T Right<T>(Either<Refusal, T> answer) =>
        answer.Match(
            Right: one => one,
            Left: refusal => throw new InvalidOperationException($"{refusal.Code} {refusal.Because}")
        );
}
