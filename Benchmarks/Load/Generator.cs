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
        foreach (var group in people.Chunk(workload.Members))
        {
            var others = group.Skip(1).Select(speaker => speaker.Person);
            var conversation = await group[0].CreateAsync(workload.Kind, others);
            foreach (var speaker in group.Take(workload.Senders))
                await speaker.StartAsync(conversation, workload.Outstanding);
        }
        await Task.Delay(warmUp);
        var (before, used) = (Counted.Of(people), Usage.Read(host.Pid));
        tally.IsMeasuring = true;
        await Task.Delay(measured);
        tally.IsMeasuring = false;
        var (after, usage) = (Counted.Of(people), Usage.Read(host.Pid).Since(used));
        var unindexed = await Stored.UnindexedAsync(host.ConnectionString);
        tally.IsSending = false;
        var unanswered = await DrainAsync(people);
        return new LoadFigures
        {
            Workload = workload.Name,
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
            LostConnections = people.Count(speaker => !speaker.IsConnected),
            Numbers = (from, tally.Last),
        };
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
