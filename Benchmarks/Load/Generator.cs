using System.Diagnostics;
using Chat.Domain.Conversations;

namespace Chat.Benchmarks.Load;

/// <summary>
/// Runs workloads against a host: real connections, one for each person, each with a token of its own.
/// </summary>
internal sealed class Generator(RunningHost host, Tally tally)
{
    private const int ConnectAtOnce = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private int runs;

    public async Task<LoadFigures> RunAsync(Workload workload, TimeSpan warmUp, TimeSpan measured)
    {
        var people = await ConnectAsync(workload);
        try
        {
            return await RunAsync(workload, people, warmUp, measured);
        }
        finally
        {
            foreach (var speaker in people)
                speaker.Dispose();
        }
    }

    // New people for each run, so that every run begins with conversations that have no past.
    private async Task<Speaker[]> ConnectAsync(Workload workload)
    {
        var run = ++runs;
        var people = Enumerable
            .Range(0, workload.People)
            .Select(index => new Speaker(PersonId.Of($"bench-{run}-{index:D4}"), index, tally))
            .ToArray();
        foreach (var some in people.Chunk(ConnectAtOnce))
            await Task.WhenAll(some.Select(speaker => speaker.ConnectAsync(host.NatsUrl, host.TokenOf)));
        return people;
    }

    private async Task<LoadFigures> RunAsync(Workload workload, Speaker[] people, TimeSpan warmUp, TimeSpan measured)
    {
        var from = tally.Last + 1;
        tally.Reset();
        tally.IsSending = true;
        // Who reads is there before, so that what they have is not made meanwhile.
        await using var reader = workload.Rate is null ? null : await Reader.StartAsync(host, runs);
        var senders = new List<Speaker>();
        foreach (var group in people.Chunk(workload.Members))
        {
            var others = group.Skip(1).Select(speaker => speaker.Person);
            var conversation = await group[0].CreateAsync(workload.Kind, others);
            foreach (var speaker in group.Take(workload.Senders))
                await speaker.StartAsync(conversation, workload.Outstanding, workload.Rate is not null);
            senders.AddRange(group.Take(workload.Senders));
        }
        var clock = workload.Rate is { } rate ? PaceAsync(senders, rate) : Task.CompletedTask;
        reader?.Begin();
        await Task.Delay(warmUp);
        reader?.IsMeasuring = true;
        var (before, used) = (Counted.Of(people), Usage.Read(host.Pid));
        tally.IsMeasuring = true;
        var minutes = await MinutesAsync(people, measured);
        tally.IsMeasuring = false;
        var (after, usage) = (Counted.Of(people), Usage.Read(host.Pid).Since(used));
        var unindexed = await Stored.UnindexedAsync(host.ConnectionString);
        var reads = reader is null ? new Dictionary<string, Times>() : await reader.EndAsync();
        tally.IsSending = false;
        await clock;
        var unanswered = await DrainAsync(people);
        return new LoadFigures
        {
            Of = workload,
            Seconds = Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds,
            Sends = after.Acknowledged - before.Acknowledged,
            Deliveries = after.Delivered - before.Delivered,
            Echoes = after.Echoes - before.Echoes,
            Answer = Times.Of(tally.Answers),
            Delivery = Times.Of(tally.Deliveries),
            Usage = usage,
            Refusals = tally.Refusals,
            Unanswered = unanswered,
            Unindexed = unindexed,
            Reads = reads,
            Minutes = minutes,
            LostConnections = people.Count(speaker => !speaker.IsConnected),
            Numbers = (from, tally.Last),
        };
    }

    // What each minute of a long run reached: bursts deceive.
    private async Task<List<Minute>> MinutesAsync(Speaker[] people, TimeSpan measured)
    {
        var (minutes, started) = (new List<Minute>(), Stopwatch.GetTimestamp());
        while (measured - Stopwatch.GetElapsedTime(started) is var rest && rest >= Minute.Length)
        {
            var before = Counted.Of(people);
            await Task.Delay(Minute.Length);
            var after = Counted.Of(people);
            var rate =
                (after.Acknowledged - before.Acknowledged) / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds;
            minutes.Add(new Minute(rate, await Stored.UnindexedAsync(host.ConnectionString), tally.Last));
            var words = $"{rate:N0} sends/s, search {minutes[^1].Unindexed:N0} behind, {tally.Last:N0} sent";
            Console.Error.WriteLine($"  minute {minutes.Count}: {words}");
        }
        if (measured - Stopwatch.GetElapsedTime(started) is var last && last > TimeSpan.Zero)
            await Task.Delay(last);
        return minutes;
    }

    // Message n is due n / rate after the beginning, and its times count from then: a system that stalls delays what is
    // due meanwhile, and does not escape being measured by it.
    private async Task PaceAsync(List<Speaker> senders, double rate)
    {
        var (started, due) = (Stopwatch.GetTimestamp(), 0L);
        while (tally.IsSending)
        {
            for (var now = Stopwatch.GetElapsedTime(started).TotalSeconds * rate; due < now; due++)
                senders[(int)(due % senders.Count)].Owe(started + (long)(due / rate * Stopwatch.Frequency));
            foreach (var sender in senders)
                await sender.PayAsync();
            await Task.Delay(1);
        }
    }

    // What is under way is answered, and a moment later delivered; what has no answer by then gets none.
    private static async Task<int> DrainAsync(Speaker[] people)
    {
        var since = Stopwatch.GetTimestamp();
        while (people.Sum(speaker => speaker.UnderWay) > 0 && Stopwatch.GetElapsedTime(since) < Patience)
            await Task.Delay(20);
        await Task.Delay(200);
        return people.Sum(speaker => speaker.UnderWay);
    }

    private readonly record struct Counted(long At, long Acknowledged, long Delivered, long Echoes)
    {
        public static Counted Of(Speaker[] people) =>
            new(
                Stopwatch.GetTimestamp(),
                people.Sum(speaker => speaker.Acknowledged),
                people.Sum(speaker => speaker.Delivered),
                people.Sum(speaker => speaker.Echoes)
            );
    }
}
