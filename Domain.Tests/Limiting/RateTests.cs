using Chat.Domain.Limiting;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Limiting;

/// <summary>How often something may be done, by examples; the laws have the filling.</summary>
public sealed class RateTests
{
    private static readonly Instant Now = new(1_800_000_000_000);
    private static readonly Rate Slow = new(2, 5);

    [Fact]
    public void AFullOneHoldsItsBurstAndEachTimeTakesOne()
    {
        var full = Bucket.Full(Slow, Now);
        Assert.Equal(new Bucket(5_000_000, Now), full);
        Assert.Equal(new Bucket(4_000_000, Now), full.Taken(Slow, Now));
    }

    [Fact]
    public void AfterAnAgeItIsFullAndNoMore()
    {
        var fast = new Rate(1_000_000, 1_000_000_000);
        // So many millionths as no number holds.
        var ages = Now.Plus(9_223_372_037);
        Assert.Equal(Bucket.Full(fast, ages), new Bucket(0, Now).Filled(fast, ages));
    }

    [Fact]
    public void SoManyTimesAsOftenIsBounded()
    {
        Assert.Equal(new Rate(20, 50), Slow.Times(10));
        Assert.Equal(new Rate(1_000_000, 1_000_000_000), new Rate(2_000, 2_000_000).Times(1_000));
    }

    [Fact]
    public void EachLimitIsTimesAsMuch()
    {
        var limits = new RateLimits(new(1, 2), new(3, 4), new(5, 6), new(7, 8), new(9, 10));
        Assert.Equal(
            new RateLimits(new(10, 20), new(30, 40), new(50, 60), new(70, 80), new(90, 100)),
            limits.Times(10)
        );
    }

    [Fact]
    public void WhatIsLongestInFillingIsNamed()
    {
        var once = new Rate(2, 1);
        var (used, _) = Buckets<string>.Full.Take([("a", once), ("b", new Rate(1, 1)), ("c", once)], Now);
        var (after, refused) = used.Take([("a", once), ("b", new Rate(1, 1)), ("c", once)], Now.Plus(100));
        Assert.Equal(("b", 900L), refused);
        Assert.Equal(used, after);
        Assert.Equal(400, used.WaitMs("a", once, Now.Plus(100)));
    }

    [Fact]
    public void WhatIsFullAgainIsForgotten()
    {
        var (used, _) = Buckets<string>.Full.Take([("a", new Rate(2, 1)), ("b", new Rate(1, 1))], Now);
        var swept = used.Swept(key => key == "a" ? new Rate(2, 1) : new Rate(1, 1), Now.Plus(500));
        Assert.Equal(["b"], swept.Held.Keys);
    }
}
