using Chat.Domain.Presences;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Presences;

/// <summary>An evening in the house, on one host and on two.</summary>
public sealed class PresenceTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly DeviceId Phone = DeviceId.Of("phone");
    private static readonly DeviceId Desk = DeviceId.Of("desk");

    [Fact]
    public void SomebodyComesAndGoes()
    {
        var (house, isOpening) = Presence.Nobody.Renew(Mia, Phone, At(0), isSneaking: false);
        Assert.True(isOpening);
        (house, var changes) = house.Changed(At(0));
        Assert.Equal([new Change(Mia, Attendance.Away, Attendance.Visible)], changes);

        (house, isOpening) = house.Renew(Mia, Phone, At(15), isSneaking: false);
        Assert.False(isOpening);
        Assert.Equal([], house.Changed(At(59)).Changes);

        // The phone is out of reach: its lease runs out.
        Assert.False(house.IsIn(Mia, At(60)));
        Assert.Equal(Some(At(60)), house.LastSeen(Mia, At(75)));
        (house, changes) = house.Changed(At(75));
        Assert.Equal([new Change(Mia, Attendance.Visible, Attendance.Away)], changes);

        // Within the grace that is a blip, and later she has come anew.
        Assert.False(house.Renew(Mia, Phone, At(80), isSneaking: false).IsOpening);
        Assert.True(house.Renew(Mia, Phone, At(81), isSneaking: false).IsOpening);
    }

    [Fact]
    public void SomebodySneaksIn()
    {
        var (house, isOpening) = Presence.Nobody.Renew(Mia, Phone, At(0), isSneaking: true);
        Assert.False(isOpening);
        Assert.True(house.IsIn(Mia, At(1)));
        Assert.False(house.IsVisible(Mia, At(1)));
        Assert.Equal(None, house.LastSeen(Mia, At(1)));

        // The desk does not sneak, so she is to be seen, until it is closed.
        (house, isOpening) = house.Renew(Mia, Desk, At(5), isSneaking: false);
        Assert.True(isOpening);
        Assert.True(house.IsVisible(Mia, At(6)));
        house = house.End(Mia, Desk, At(10));
        Assert.Equal(Attendance.Sneaking, house.AttendanceOf(Mia, At(10)));
        Assert.Equal(Some(At(10)), house.LastSeen(Mia, At(20)));
    }

    [Fact]
    public void TwoHostsTellEachOther()
    {
        var (here, _) = Presence.Nobody.Renew(Mia, Phone, At(0), isSneaking: false);
        var there = Presence.Nobody.Join(here.Part([Mia, PersonId.Of("tom")]));
        Assert.True(there.IsVisible(Mia, At(1)));

        // Her phone goes by the other host: this one says so when it has heard of it.
        there = there.End(Mia, Phone, At(2));
        (here, _) = here.Join(there.Part([Mia])).Changed(At(3));
        Assert.Equal(Attendance.Away, here.AttendanceOf(Mia, At(3)));
        Assert.Equal(here.Held, there.Held);
    }

    [Fact]
    public void OfManyDevicesThoseCountThatWereHeardOfLast()
    {
        var leases = Range(0, 30).Map(number => (DeviceId.Of($"d{number}"), new Lease(At(number), false, false)));
        var told = HashMap((Mia, new Leases(toMap(leases), null)));
        var held = Presence.Nobody.Join(told).Held[Mia].ByDevice;
        Assert.Equal(Presence.MaxDevices, held.Count);
        Assert.Equal(At(10), held.Values.Min(lease => lease.At));
    }

    private static Instant At(int seconds) => new Instant(1_000_000).Plus(seconds * 1_000L);
}
