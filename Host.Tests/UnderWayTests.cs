using Xunit;

namespace Chat.Host.Tests;

/// <summary>What must have gone out before something that was taken away is acknowledged.</summary>
public sealed class UnderWayTests
{
    private readonly UnderWay underWay = new();

    [Fact]
    public void Where_nothing_is_under_way_there_is_nothing_to_wait_for() =>
        Assert.True(underWay.EndedAsync().IsCompleted);

    [Fact]
    public async Task What_had_begun_is_waited_for_and_what_begins_after_is_not()
    {
        var (one, two) = (underWay.Begin(), underWay.Begin());
        var ended = underWay.EndedAsync();
        underWay.End(two);
        var later = underWay.Begin();
        Assert.False(ended.IsCompleted);
        underWay.End(one);
        await ended.WaitAsync(TimeSpan.FromSeconds(10));
        underWay.End(later);
    }

    [Fact]
    public async Task Who_asks_later_waits_for_what_is_older_too()
    {
        var old = underWay.Begin();
        var first = underWay.EndedAsync();
        var second = underWay.EndedAsync();
        var between = underWay.Begin();
        var third = underWay.EndedAsync();
        underWay.End(between);
        Assert.False(first.IsCompleted || second.IsCompleted || third.IsCompleted);
        underWay.End(old);
        await Task.WhenAll(first, second, third).WaitAsync(TimeSpan.FromSeconds(10));
    }
}
