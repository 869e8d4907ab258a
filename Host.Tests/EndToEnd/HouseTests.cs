using Chat.Client;
using Chat.Domain.Notices;
using Chat.Domain.Rooms;
using Chat.Domain.Values;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Placing = Chat.Domain.Places.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Who is in the house, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class HouseTests(ChatUp chat)
{
    [Fact]
    public async Task Friends_are_told_once_who_came_and_where_they_are()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var stranger = await chat.Door.GuestAsync("stranger");
        await BefriendAsync(mia, noor);
        Must.Accept(await noor.Client.HereAsync());
        Must.Accept(await mia.Client.HereAsync());
        Must.Accept(await mia.Client.HereAsync());
        await IsToldAsync(noor, mia, "hall");
        await Eventually.HoldsAsync(() => Notices(noor) == 1, "Noor has a notice");
        Assert.Equal([new FriendHere(mia.Person, Whereabouts.Hall, null)], (await noor.HouseAsync()).Friends);
        Assert.Empty((await stranger.HouseAsync()).Friends);
        var room = await mia.LightAsync("Kitchen");
        await IsToldAsync(noor, mia, "room");
        Assert.Equal([new FriendHere(mia.Person, Whereabouts.Room, room)], (await noor.HouseAsync()).Friends);
        // Loading a page anew says as much, and is back: nobody is put out.
        Must.Accept(await mia.Client.HereAsync(isAway: true));
        Must.Accept(await mia.Client.HereAsync());
        await Task.Delay(11_000);
        Assert.Equal([new FriendHere(mia.Person, Whereabouts.Room, room)], (await noor.HouseAsync()).Friends);
        // On no device any more: the room goes dark behind her.
        Must.Accept(await mia.Client.HereAsync(isAway: true));
        await IsToldAsync(noor, mia, "away");
        await Eventually.HoldsAsync(async () => (await noor.HouseAsync()).Rooms.Count == 0, "the room is dark", 30);
        Assert.Equal(1, Notices(noor));
        Assert.DoesNotContain(stranger.House(), one => one["type"] is "friend" or "card" or "notice");
    }

    [Fact]
    public async Task Who_sneaks_in_is_told_to_nobody()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await BefriendAsync(mia, noor);
        Must.Accept(await noor.Client.HereAsync());
        Must.Accept(await mia.Client.HereAsync(isSneaking: true));
        Assert.True((await mia.HouseAsync()).Me.IsSneaking);
        await Task.Delay(1_500);
        Assert.Empty((await noor.HouseAsync()).Friends);
        Assert.Equal(0, Notices(noor));
        Assert.DoesNotContain(noor.House(), one => one["person"] as string == mia.Person.Value);
        // Ceasing to is an opening.
        Must.Accept(await mia.Client.HereAsync());
        await IsToldAsync(noor, mia, "hall");
        await Eventually.HoldsAsync(() => Notices(noor) == 1, "Noor has a notice");
    }

    [Fact]
    public async Task Ghosts_are_not_told_of_and_the_muted_are_not_heard_of()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var ghosted = await chat.Door.GuestAsync("ghosted");
        await using var mutes = await chat.Door.GuestAsync("mutes");
        await BefriendAsync(mia, ghosted, mutes);
        await mia.PlaceAsync(new Placing.Ghost(ghosted.Person));
        await mutes.PlaceAsync(new Placing.Mute(mia.Person));
        foreach (var one in new[] { ghosted, mutes })
            Must.Accept(await one.Client.HereAsync());
        var room = await mia.LightAsync("Kitchen");
        Assert.Null(await ghosted.CardAsync(room));
        Assert.Empty((await ghosted.HouseAsync()).Friends);
        Assert.NotNull(await mutes.CardAsync(room));
        await mia.PlaceAsync(new Placing.Wave(null, false), mutes.Person);
        Assert.Empty((await mutes.HouseAsync()).Waves);
        await Task.Delay(1_500);
        Assert.Equal(0, Notices(ghosted));
        Assert.Equal(0, Notices(mutes));
        Assert.DoesNotContain(ghosted.House(), one => one["type"] is "friend" or "card" && one["where"] is not "away");
        Assert.DoesNotContain(mutes.House(), one => one["type"] is "wave");
    }

    /// <summary>Also where their row is of before quiet hours stood in it.</summary>
    [Fact]
    public async Task In_quiet_hours_one_is_told_nothing()
    {
        await using var ann = await chat.Door.GuestAsync("ann");
        await using var early = await chat.Door.GuestAsync("early");
        await using var earlier = await chat.Door.GuestAsync("earlier");
        await using var late = await chat.Door.GuestAsync("late");
        await BefriendAsync(ann, early, earlier, late);
        Must.Accept(await ann.Client.HereAsync());
        await ann.PlaceAsync(new Placing.SetQuiet(Around(DateTime.UtcNow)));
        Must.Accept(await early.Client.HereAsync());
        await IsToldAsync(ann, early, "hall");
        await Task.Delay(1_000);
        await using (var source = chat.Database())
        await using (var before = source.CreateCommand("update chat.chat_places set quiet = null where person = $1"))
        {
            before.Parameters.AddWithValue(ann.Person.Value);
            Assert.Equal(1, await before.ExecuteNonQueryAsync());
        }
        Must.Accept(await earlier.Client.HereAsync());
        await IsToldAsync(ann, earlier, "hall");
        await Task.Delay(1_000);
        await ann.PlaceAsync(new Placing.SetQuiet(null));
        Must.Accept(await late.Client.HereAsync());
        await Eventually.HoldsAsync(() => Notices(ann) > 0, "Ann is told of who came last");
        Assert.Equal([late.Person.Value], ann.House().Where(one => one["type"] is "notice").SelectMany(PeopleOf));
    }

    // Two hours.
    private static QuietHours Around(DateTime now)
    {
        var minute = (int)now.TimeOfDay.TotalMinutes;
        return QuietHours
            .Create((minute + 1_380) % 1_440, (minute + 60) % 1_440, 0)
            .Match(Succ: one => one, Fail: _ => throw new InvalidOperationException());
    }

    private static IEnumerable<string> PeopleOf(Fields notice) =>
        ((IEnumerable<object?>)notice["people"]!).Cast<string>();

    [Fact]
    public async Task A_wave_is_told_and_waits_until_it_is_seen()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var stranger = await chat.Door.GuestAsync("stranger");
        await BefriendAsync(mia, noor);
        await mia.PlaceAsync(new Placing.Wave(null, false), noor.Person);
        await Eventually.HoldsAsync(() => noor.House().Any(one => one["type"] is "wave"), "Noor is waved at");
        Assert.Equal("wave.rate", await WavesAgainAsync(mia, noor));
        Assert.Equal(
            "friend.unknown",
            Must.Refuse(await stranger.Client.PlaceAsync(new Placing.Wave(null, true), noor.Person)).Because.Last()
        );
        Assert.Equal([mia.Person], (await noor.HouseAsync()).Waves.Select(wave => wave.By));
        await noor.PlaceAsync(new Placing.SeeWaves());
        Assert.Empty((await noor.HouseAsync()).Waves);
    }

    // As a device that does not try again by itself.
    private static async Task<string> WavesAgainAsync(Guest guest, Guest at)
    {
        var answer = await guest.Wire.RequestAsync<byte[], byte[]>(
            Subjects.Request(guest.Person, DeviceId.Of(Door.Device), "house", at.Person.Value, "wave"),
            HouseRequests.Of(new Placing.Wave(null, false), ClientId.Of("again"))
        );
        return Must.Refuse(Decoding.Answer(answer.Data!, PairAnswers.Receipt)).Because.Last();
    }

    private static int Notices(Guest guest) => guest.House().Count(one => one["type"] is "notice");

    private static Task IsToldAsync(Guest guest, Guest of, string where) =>
        Eventually.HoldsAsync(
            () =>
                guest.House().LastOrDefault(one => one["person"] as string == of.Person.Value)?["where"] as string
                == where,
            $"{guest.Person} is told that {of.Person} is {where}",
            seconds: 30
        );
}
