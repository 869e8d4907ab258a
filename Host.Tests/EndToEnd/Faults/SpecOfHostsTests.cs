using Chat.Host.Nats;
using Chat.Spec.Outside;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>The specification, put to two hosts that are killed while they are asked.</summary>
[Collection(KillableChat.Collection)]
public sealed class SpecOfHostsTests(KillableChat chat, ITestOutputHelper output)
{
    private const int Scenarios = 28;
    private const int AtOnce = 4;

    [Fact]
    public async Task Two_hosts_of_which_each_is_killed_hold_every_law()
    {
        await using var second = await ChatProcess.UpAsync([.. chat.Arguments, "--name", "host-2", "--no-demo"]);
        await chat.AreOwningAsync(2);
        var options = new Running.Options(seed: 1, from: 0, Scenarios, AtOnce, shrinking: TimeSpan.Zero);
        var played = 0;
        var running = Running.runAsync(PlaceOf(), options, number => played = number);

        await PlayedAsync(2 * AtOnce);
        await chat.KillHostAsync();
        await PlayedAsync(3 * AtOnce);
        await chat.StartHostAsync(isSole: false);
        await chat.AreOwningAsync(2);
        await second.KillAsync();

        var outcome = await running;
        Assert.True(outcome.Broken is null, $"{outcome.Broken?.Value.What}\n{outcome.Broken?.Value.Scenario}");
        output.WriteLine($"{outcome.Scenarios} scenarios, {outcome.Requests} requests");

        Task PlayedAsync(int scenarios) =>
            Eventually.HoldsAsync(
                () => Volatile.Read(ref played) >= scenarios || running.IsCompleted,
                $"{scenarios} scenarios were played",
                60
            );
    }

    // Whoever stands in for a host that dies waits until its lease has run out.
    private Place PlaceOf()
    {
        var secrets = chat.Servers.Secrets;
        var (issuer, audience) = (TokenIssuer.DevelopmentIssuer, TokenIssuer.DevelopmentAudience);
        var place = Place.Of(chat.Servers.NatsUrl, issuer, audience, secrets.TokenKeyPem);
        var outage = TimeSpan.FromSeconds(30);
        return new Place(place.Url, place.Token, place.Patience, place.Http, hosts: 2, outage);
    }
}
