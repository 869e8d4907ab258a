using Chat.Benchmarks.Scale;
using Xunit;

namespace Chat.Host.Tests.Scale;

/// <summary>What the simulation of a cell stands on: lines, against what is known of them in closed form.</summary>
public sealed class QueueTests
{
    private const int Many = 400_000;
    private const int Seed = 5;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void OneServerAndAServiceThatIsAlwaysAsLongIsPollaczekAndKhinchines(double load)
    {
        var arrivals = Queue.Arrivals(Many, 1000 * load, Seed);
        var departures = Queue.Serve(arrivals, _ => 1, 1);
        var expected = 1 + (load / (2 * (1 - load)));
        Assert.InRange(Mean(arrivals, departures), 0.97 * expected, 1.03 * expected);
    }

    [Theory]
    [InlineData(1, 0.7)]
    [InlineData(3, 0.7)]
    [InlineData(8, 0.9)]
    public void SeveralServersWithoutAMemoryAreErlangs(int servers, double load)
    {
        var random = new Random(Seed + 1);
        var services = Enumerable.Range(0, Many).Select(_ => -Math.Log(1 - random.NextDouble())).ToArray();
        var arrivals = Queue.Arrivals(Many, 1000 * load * servers, Seed);
        var departures = Queue.Serve(arrivals, at => services[at], servers);
        var expected = 1 + (ErlangC(servers, load * servers) / (servers * (1 - load)));
        Assert.InRange(Mean(arrivals, departures), 0.95 * expected, 1.05 * expected);
    }

    // The chance to wait, by the recursion of Erlang B.
    private static double ErlangC(int servers, double offered)
    {
        var blocked = 1.0;
        for (var n = 1; n <= servers; n++)
            blocked = offered * blocked / (n + (offered * blocked));
        return servers * blocked / (servers - (offered * (1 - blocked)));
    }

    [Fact]
    public void BatchesOfOneInOneLaneAreAPlainLine()
    {
        var arrivals = Queue.Arrivals(20_000, 700, Seed);
        Assert.Equal(Queue.Serve(arrivals, _ => 1, 1), Queue.Commit(arrivals, count => count, 1, 1));
    }

    [Fact]
    public void NobodyIsLostAndNobodyLeavesBeforeTheyWereServed()
    {
        var arrivals = Queue.Arrivals(20_000, 5000, Seed);
        var (served, batches) = (0, new List<int>());
        var departures = Queue.Commit(
            arrivals,
            count =>
            {
                batches.Add(count);
                served += count;
                return 0.6 + (0.03 * count);
            },
            200,
            2
        );
        Assert.Equal(arrivals.Length, served);
        Assert.Equal(arrivals.Length, departures.Length);
        Assert.InRange(batches.Max(), 2, 200);
        Assert.All(arrivals.Zip(departures), one => Assert.True(one.Item2 >= one.Item1 + 0.63 - 1e-6));
    }

    // How many are there on average is how many come, times how long they stay.
    [Fact]
    public void LittlesLawHolds()
    {
        var arrivals = Queue.Arrivals(Many, 1600, Seed);
        var departures = Queue.Serve(arrivals, _ => 1, 2);
        var (changes, there, area, last) = (new List<(double At, int By)>(), 0, 0.0, 0.0);
        changes.AddRange(arrivals.Select(at => (at, 1)));
        changes.AddRange(departures.Select(at => (at, -1)));
        foreach (var (at, by) in changes.OrderBy(one => one.At).ThenByDescending(one => one.By))
        {
            Assert.True(there >= 0);
            area += there * (at - last);
            (there, last) = (there + by, at);
        }
        Assert.Equal(0, there);
        Assert.Equal(Many / last * Mean(arrivals, departures), area / last, 6);
    }

    [Fact]
    public void MoreWhoServeAreNeverLater()
    {
        var arrivals = Queue.Arrivals(20_000, 3500, Seed);
        var before = Queue.Serve(arrivals, _ => 1, 4);
        foreach (var servers in (int[])[5, 6, 9])
        {
            var after = Queue.Serve(arrivals, _ => 1, servers);
            Assert.All(before.Zip(after), one => Assert.True(one.Item2 <= one.Item1 + 1e-9));
            before = after;
        }
    }

    private static double Mean(double[] arrivals, double[] departures) =>
        arrivals.Zip(departures, (from, until) => until - from).Average();
}
