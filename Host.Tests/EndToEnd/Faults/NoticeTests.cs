using Chat.Client;
using Chat.Domain.Presences;
using Chat.Domain.Values;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>What people were told of who came, when a host dies that told it.</summary>
[Collection(KillableChat.Collection)]
public sealed class NoticeTests(KillableChat chat)
{
    private const int Watchers = 8;

    // Who was not seen for so long comes anew.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(Presence.GraceMs + 1_000);

    [Fact]
    public async Task Whoever_takes_over_tells_nobody_again_of_whom_they_were_told()
    {
        await using var second = await ChatProcess.UpAsync([.. chat.Arguments, "--no-demo", "--name", "notices"]);
        await chat.AreOwningAsync(2);
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var watchers = await WatchersAsync(mia, tomas);
        Must.Accept(await mia.Client.HereAsync());
        await AreToldAsync(watchers, mia, 1);
        await second.KillAsync();
        Must.Accept(await mia.Client.HereAsync(isAway: true));
        await chat.AreOwningAsync(1);
        await Task.Delay(Grace);
        await ComeAsync(watchers);
        Must.Accept(await mia.Client.HereAsync());
        Must.Accept(await tomas.Client.HereAsync());
        await AreToldAsync(watchers, tomas, 1);
        await AreToldAsync(watchers, mia, 1);
        await GoAsync(watchers);
    }

    [Fact]
    public async Task Whoever_was_in_does_not_come_because_the_host_did()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        Must.Accept(await mia.Client.HereAsync());
        var watchers = await WatchersAsync(mia, tomas);
        await chat.KillHostAsync();
        await chat.StartHostAsync();
        // As devices do that go on renewing.
        await ComeAsync([mia, .. watchers]);
        await Task.Delay(Grace);
        await ComeAsync([mia, .. watchers]);
        Must.Accept(await tomas.Client.HereAsync());
        await AreToldAsync(watchers, tomas, 1);
        await AreToldAsync(watchers, mia, 0);
        await GoAsync(watchers);
    }

    private async Task<List<Guest>> WatchersAsync(params Guest[] friends)
    {
        var watchers = new List<Guest>();
        for (var n = 0; n < Watchers; n++)
        {
            watchers.Add(await chat.Door.GuestAsync("watcher"));
            await BefriendAsync(watchers[n], friends);
        }
        await ComeAsync(watchers);
        return watchers;
    }

    private static async Task ComeAsync(IEnumerable<Guest> guests)
    {
        foreach (var guest in guests)
            Must.Accept(await guest.Client.HereAsync());
    }

    private static async Task GoAsync(IEnumerable<Guest> guests)
    {
        foreach (var guest in guests)
            await guest.DisposeAsync();
    }

    private static async Task AreToldAsync(IEnumerable<Guest> watchers, Guest of, int times)
    {
        foreach (var watcher in watchers)
        {
            await Eventually.HoldsAsync(() => Told(watcher, of) >= times, $"{watcher.Person} is told of {of.Person}");
            Assert.Equal(times, Told(watcher, of));
        }
    }

    private static int Told(Guest watcher, Guest of) =>
        watcher
            .House()
            .Count(one => one["type"] is "notice" && ((IEnumerable<object?>)one["people"]!).Contains(of.Person.Value));
}
