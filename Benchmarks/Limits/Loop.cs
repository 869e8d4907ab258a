using System.Diagnostics;
using Chat.Benchmarks.Load;
using HdrHistogram;

namespace Chat.Benchmarks.Limits;

/// <summary>What a reference reached.</summary>
/// <param name="Name">For the report.</param>
/// <param name="PerSecond">Requests, events or commits a second.</param>
/// <param name="Time">Of one call, in microseconds.</param>
/// <param name="ServerMicros">CPU of the server for each of them, in microseconds; 0 where nobody asked.</param>
/// <param name="AllMicros">The same with that of both clients.</param>
internal sealed record Limit(string Name, double PerSecond, Times Time, double ServerMicros, double AllMicros);

/// <summary>Closed loops over some call: so many at once, each the next as soon as the last one is answered.</summary>
internal static class Loop
{
    /// <param name="each">How many things one call does.</param>
    /// <param name="cpu">Seconds that the server has used.</param>
    /// <param name="all">Seconds that all who take part have used.</param>
    public static async Task<Limit> RunAsync(
        string name,
        int atOnce,
        TimeSpan measured,
        Func<int, Task> call,
        int each = 1,
        Func<double>? cpu = null,
        Func<double>? all = null
    )
    {
        var (warmUp, times) = (measured / 4, new LongConcurrentHistogram(1, 60_000_000, 3));
        var (started, isMeasuring, isRunning, count) = (0L, false, true, 0L);
        var loops = Enumerable.Range(0, atOnce).Select(index => Task.Run(() => TurnAsync(index))).ToArray();
        await Task.Delay(warmUp);
        var (used, usedByAll) = (cpu?.Invoke() ?? 0, all?.Invoke() ?? 0);
        (started, isMeasuring) = (Stopwatch.GetTimestamp(), true);
        await Task.Delay(measured);
        isMeasuring = false;
        (used, usedByAll) = ((cpu?.Invoke() ?? 0) - used, (all?.Invoke() ?? 0) - usedByAll);
        var (seconds, done) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Interlocked.Read(ref count));
        isRunning = false;
        await Task.WhenAll(loops);
        double Micros(double seconds) => 1e6 * seconds / Math.Max(1, done * each);
        return new Limit(name, done * each / seconds, Times.Of(times), Micros(used), Micros(usedByAll));

        async Task TurnAsync(int index)
        {
            while (Volatile.Read(ref isRunning))
            {
                var at = Stopwatch.GetTimestamp();
                await call(index);
                if (!Volatile.Read(ref isMeasuring))
                    continue;
                Interlocked.Increment(ref count);
                times.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(at).TotalMicroseconds));
            }
        }
    }
}
