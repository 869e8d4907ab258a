using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Host.Nats;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using Xunit;
using About = Chat.Domain.Values.About;
using Update = Chat.Domain.People.Command.UpdateProfile;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Who people say they are, to whom that is told, and what becomes of a device that is revoked.</summary>
[Collection(ChatUp.Collection)]
public sealed class PeopleTests(ChatUp chat)
{
    [Xunit.Fact]
    public async Task A_profile_is_for_those_who_share_a_conversation_and_for_nobody_else()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var sven = await chat.Door.GuestAsync("sven");
        Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mia", "cooks")));
        Assert.Empty(await SeenAsync(tomas, mia.Person));
        await mia.CreateAsync(ConversationKind.Direct, null, tomas.Person);

        var seen = Assert.Single(await SeenAsync(tomas, mia.Person, tomas.Person, sven.Person));
        Assert.Equal((mia.Person, "Mia", "cooks"), (seen.Person, seen.Profile.Name?.Value, seen.Profile.About?.Value));
        Assert.Single(await SeenAsync(mia, mia.Person));
        Assert.Empty(await SeenAsync(sven, mia.Person));
    }

    [Xunit.Fact]
    public async Task Who_has_left_is_still_called_something_in_what_they_said()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mia", null)));
        var group = await tomas.CreateAsync(ConversationKind.Group, "supper", mia.Person);
        await mia.DoAsync(group, new Command.Leave());
        Assert.Single(await SeenAsync(tomas, mia.Person));
        Must.Accept(await tomas.Client.ChangeSelfAsync(Called("Tomás", null)));
        Assert.Empty(await SeenAsync(mia, tomas.Person));
    }

    [Xunit.Fact]
    public async Task An_update_takes_effect_once()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var id = ClientId.Of("update-1");
        var first = Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mia", null), id));
        Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mimi", null)));
        var again = Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mia", null), id));
        Assert.Equal(first with { Replayed = true }, again);
        Assert.Equal("conflict", Must.Refuse(await mia.Client.ChangeSelfAsync(Called("Nobody", null), id)).Code);
        Assert.Equal("Mimi", Assert.Single(await SeenAsync(mia, mia.Person)).Profile.Name?.Value);
    }

    [Xunit.Fact]
    public async Task Whoever_is_here_hears_of_a_new_name()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var wire = await chat.Door.WireAsync(tomas.Person, "listener");
        await mia.CreateAsync(ConversationKind.Direct, null, tomas.Person);
        await using var told = await wire.SubscribeCoreAsync<byte[]>(
            $"chat.v1.eph.{tomas.Person}.person.{mia.Person}",
            opts: new NatsSubOpts { Timeout = TimeSpan.FromSeconds(10) }
        );
        await wire.PingAsync();
        Must.Accept(await mia.Client.ChangeSelfAsync(Called("Mia", null)));
        var fields = Must.Accept(Fields.Read((await told.Msgs.ReadAsync()).Data));
        Assert.Equal(("profile", "Mia"), (fields["type"], fields["name"]));
    }

    [Xunit.Fact]
    public async Task A_revoked_device_is_out_within_a_second_and_stays_out()
    {
        var person = Door.NewPerson("mia");
        await using var phone = await chat.Door.ClientAsync(person);
        var token = chat.Door.TokenOf(person, "stolen");
        await using var stolen = await RawClient.ConnectAsync(chat.Door.Url, token);
        // When a device came in is noted beside everything else.
        var devices = await DevicesAsync(phone, all => all.Count == 2);
        Assert.Contains(
            devices,
            one => one.Device == DeviceId.Of("stolen") && one is { IsLive: true, RevokedAt: null }
        );

        var since = Stopwatch.GetTimestamp();
        Must.Accept(await phone.ChangeSelfAsync(new Domain.People.Command.RevokeDevice(DeviceId.Of("stolen"))));
        Assert.True(await stolen.IsClosedAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));

        devices = await DevicesAsync(phone, _ => true);
        var listed = Assert.Single(devices, one => one.Device == DeviceId.Of("stolen"));
        Assert.True(listed is { IsLive: false, RevokedAt: not null });
        Assert.True(devices.Single(one => one.Device == DeviceId.Of("phone")).IsLive);
        // Times in a token have whole seconds: one of the next is a new one.
        await Task.Delay(1_100);
        await using var found = await RawClient.ConnectAsync(chat.Door.Url, chat.Door.TokenOf(person, "stolen"));
    }

    private static async Task<Listing<DeviceEntry>> DevicesAsync(ChatClient by, Func<Listing<DeviceEntry>, bool> until)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(20))
            if (Must.Accept(await by.DevicesAsync()) is var all && (until(all) || IsLate(since)))
                return all;
    }

    private static bool IsLate(long since) => Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(10);

    private static async Task<Listing<PersonEntry>> SeenAsync(Guest by, params PersonId[] people) =>
        Must.Accept(await by.Client.PeopleAsync([.. people]));

    private static Update Called(string name, string? about) =>
        new(
            DisplayName.Create(name).Match(made => made, _ => null!),
            about is null ? null : About.Create(about).Match(made => made, _ => null!)
        );
}
