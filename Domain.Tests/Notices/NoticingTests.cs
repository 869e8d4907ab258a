using Chat.Domain.Notices;
using Chat.Domain.People;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Notices;

/// <summary>What Ana is told of her friends.</summary>
public sealed class NoticingTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tom = PersonId.Of("tom");
    private static readonly PersonId Zoe = PersonId.Of("zoe");

    [Fact]
    public void WhoComesShortlyAfterIsInTheSameNotice()
    {
        var (state, notice, due) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0)), At(0));
        Assert.Equal((None, Some(At(20))), (notice, due));
        (state, notice, due) = Noticing.Decide(state, Facts(Came(Tom, 12)), At(12));
        Assert.Equal((None, Some(At(20))), (notice, due));
        (state, notice, due) = Noticing.Decide(state, Facts(), At(20));
        Assert.Equal((Some(new Notice([Mia, Tom], false)), None), (notice, due));

        // Of both there is nothing new for half an hour.
        (state, notice, _) = Noticing.Decide(state, Facts(Came(Mia, 1_819)) with { IsIn = true }, At(1_819));
        Assert.Equal(None, notice);
        (_, notice, _) = Noticing.Decide(state, Facts(Came(Mia, 1_820)) with { IsIn = true }, At(1_820));
        Assert.Equal(Some(new Notice([Mia], false)), notice);
    }

    [Fact]
    public void WhoIsInIsToldAtOnce()
    {
        var (_, notice, due) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0)) with { IsIn = true }, At(0));
        Assert.Equal((Some(new Notice([Mia], false)), None), (notice, due));
    }

    [Fact]
    public void WhoGhostsMeanwhileIsNotToldOf()
    {
        var (state, _, _) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0), Came(Tom, 1)), At(1));
        var ana = PersonId.Of("ana");
        var ghosts = Noticing.Between(Mia, Privacy.Open, Set(ana), ana, Empty, isClosed: false);
        var facts = Facts() with { Friends = HashMap((Mia, ghosts), (Tom, Bars.None)) };
        var (_, notice, due) = Noticing.Decide(state, facts, At(20));
        Assert.Equal((None, Some(At(21))), (notice, due));
    }

    [Fact]
    public void ManyComeInADigest()
    {
        var facts = Facts([.. Range(0, 5).Map(number => Came(PersonId.Of($"p{number}"), number))]);
        facts = facts with { Friends = toHashMap(facts.Openings.Select(one => (one.Who, Bars.None))), IsIn = true };
        var (state, notice, _) = Noticing.Decide(NoticeState.Blank, facts, At(5));
        Assert.Equal((5, true), (notice.Map(one => one.People.Count).IfNone(0), notice.Exists(one => one.IsDigest)));

        // The next who comes meanwhile waits for the next digest.
        (_, notice, var due) = Noticing.Decide(state, Facts(Came(Zoe, 60)) with { IsIn = true }, At(60));
        Assert.Equal((None, Some(At(605))), (notice, due));
    }

    [Fact]
    public void WhatNoLongerMattersNeedNotBeKept()
    {
        var (state, _, _) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0)), At(0));
        Assert.False(state.IsBlank(At(600)));

        // She ghosts meanwhile, so that nothing is told; but somebody was to be told of.
        var (dropped, _, _) = Noticing.Decide(state, Facts() with { Friends = HashMap((Mia, Bars.Ghosted)) }, At(10));
        Assert.False(dropped.IsBlank(At(299)));
        Assert.True(dropped.IsBlank(At(300)));

        var (told, _, _) = Noticing.Decide(state, Facts(), At(20));
        Assert.False(told.IsBlank(At(1_819)));
        Assert.True(told.IsBlank(At(1_820)));
    }

    [Fact]
    public void WhatAnotherHostToldIsToldHereToo()
    {
        var (waits, _, _) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0), Came(Tom, 1), Came(Zoe, 2)), At(2));
        // Of Mia it told before she came the last time, of Tom since.
        var joined = waits.Join(Map((Mia, At(-1_800)), (Tom, At(-1_798))), At(5));
        Assert.Equal([Mia, Zoe], joined.Waiting.Select(one => one.Opening.Who));
        Assert.Equal((At(-1_800), At(-1_798)), (joined.Told[Mia], joined.Told[Tom]));
        Assert.Equal(At(5), joined.DigestAt);
        // The later of two counts, and what is not said takes nothing away.
        var again = joined.Join(Map((Mia, At(-1_900)), (Tom, At(7))), At(4)).Join(Empty, null);
        Assert.Equal((At(-1_800), At(7), At(5)), (again.Told[Mia], again.Told[Tom], again.DigestAt));
    }

    [Fact]
    public void WhomOneWasToldOfIsBounded()
    {
        var told = toMap(Range(1, Noticing.MaxKept + 2).Map(number => (PersonId.Of($"p{number}"), At(number))));
        var (waits, _, _) = Noticing.Decide(NoticeState.Blank, Facts(Came(Mia, 0)), At(0));
        var all = waits.Join(told, null);
        Assert.Equal(Noticing.MaxKept, all.Told.Count);
        Assert.False(all.Told.ContainsKey(PersonId.Of("p2")));
        Assert.True(all.Told.ContainsKey(PersonId.Of("p3")));
        Assert.Empty(all.Waiting);
        Assert.Equal(
            Noticing.MaxKept,
            NoticeState.Blank.Join(told.Remove(PersonId.Of("p1")).Remove(PersonId.Of("p2")), null).Told.Count
        );
    }

    [Theory]
    [InlineData("22:00", "07:00", 120, "19:59", false)]
    [InlineData("22:00", "07:00", 120, "20:00", true)]
    [InlineData("22:00", "07:00", 120, "04:59", true)]
    [InlineData("22:00", "07:00", 120, "05:00", false)]
    [InlineData("08:00", "09:00", -600, "18:30", true)]
    [InlineData("09:00", "09:00", 0, "09:00", false)]
    [InlineData("09:00", "10:00", 0, "09:00", true)]
    [InlineData("09:00", "10:00", 0, "10:00", false)]
    public void QuietHoursAreOnesOwn(string from, string to, int offset, string utc, bool isQuiet)
    {
        var hours = QuietHours
            .Create(Minute(from), Minute(to), offset)
            .IfFail(_ => throw new InvalidOperationException());
        Assert.Equal(isQuiet, hours.Covers(new Instant(Minute(utc) * 60_000L)));
        // As it is every day, also long ago.
        Assert.Equal(isQuiet, hours.Covers(new Instant((Minute(utc) * 60_000L) + (20_000 * 86_400_000L))));
        Assert.Equal(isQuiet, hours.Covers(new Instant((Minute(utc) * 60_000L) - (20_000 * 86_400_000L) + 59_999)));
    }

    [Theory]
    [InlineData(0, 1_439, -840, "")]
    [InlineData(1_439, 0, 840, "")]
    [InlineData(-1, 1_440, -841, "from: 0 to 1439, to: 0 to 1439, offset: -840 to 840")]
    [InlineData(1_440, -1, 841, "from: 0 to 1439, to: 0 to 1439, offset: -840 to 840")]
    public void EachFaultOfQuietHoursIsNamed(int from, int to, int offset, string faults) =>
        Assert.Equal(
            faults,
            string.Join(
                ", ",
                QuietHours
                    .Create(from, to, offset)
                    .Match(Succ: _ => [], Fail: found => found.Map(one => $"{one.Field}: {one.Rule}"))
            )
        );

    private static int Minute(string time) => (int)TimeSpan.Parse(time).TotalMinutes;

    private static Instant At(int seconds) => new Instant(1_000_000).Plus(seconds * 1_000L);

    private static Opening Came(PersonId who, int at) => new(who, At(at));

    private static NoticeFacts Facts(params Opening[] openings) =>
        new(Listing.From(openings), HashMap((Mia, Bars.None), (Tom, Bars.None), (Zoe, Bars.None)), null, false);
}
