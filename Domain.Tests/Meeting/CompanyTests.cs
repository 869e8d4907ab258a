using Chat.Domain.Meeting;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Meeting;

/// <summary>How long two people were together, by an example.</summary>
public sealed class CompanyTests
{
    [Fact]
    public void WhatWasCountedIsNotCountedAgain()
    {
        var minute = Company.None.With(At(10), At(70));
        Assert.Equal(new Company(60_000, At(70)), minute);
        Assert.Equal(minute, minute.With(At(10), At(70)));
        Assert.Equal(minute, minute.With(At(20), At(50)));

        // Half of it is counted already; and what is a few seconds old has hardly faded.
        var longer = minute.With(At(40), At(100));
        Assert.Equal(At(100), longer.Until);
        Assert.InRange(longer.Ms, 89_900, 90_000);
        Assert.InRange(minute.With(At(90), At(100)).Ms, 69_900, 70_000);
    }

    private static Instant At(int seconds) => new(seconds * 1_000L);
}
