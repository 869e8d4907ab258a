using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Chat.Client;
using Chat.Domain.Values;
using Chat.Host.House;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What a host gives for relays is taken by coturn, and nothing else is.</summary>
[Collection(ChatUp.Collection)]
public sealed class RelayTests(ChatUp chat) : IAsyncLifetime
{
    private readonly int port = Servers.FreePorts(1)[0];
    private readonly string folder = Directory.CreateTempSubdirectory("chat-relay-").FullName;
    private Process? relay;

    public async Task InitializeAsync()
    {
        relay = Start(
            "turnserver",
            [
                "-n",
                "--use-auth-secret",
                $"--static-auth-secret={ChatUp.RelaySecret}",
                "--realm=chat",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--allow-loopback-peers",
                $"--listening-port={port}",
                "--no-tls",
                "--no-dtls",
                "--no-cli",
                "--log-file=stdout",
                $"--pidfile={folder}/pid",
                $"--userdb={folder}/users",
            ]
        );
        await Eventually.HoldsAsync(IsOpenAsync, "coturn listens");
    }

    [Fact]
    public async Task What_a_host_gives_is_taken_by_coturn()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var given = Must.Accept(await mia.Client.RelaysAsync());
        Assert.Equal(ChatUp.Relays, given.Urls);
        Assert.EndsWith($":{mia.Person}", given.Username);
        Assert.True(await RelayedAsync(given));
        // Of somebody else's name, by another secret, or after its time, it is worth nothing.
        Assert.False(await RelayedAsync(given with { Username = given.Username!.Replace("mia", "noor") }));
        var now = new Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        Assert.True(await RelayedAsync(MadeBy(ChatUp.RelaySecret, mia.Person, now)));
        Assert.False(await RelayedAsync(MadeBy("another", mia.Person, now)));
        Assert.False(await RelayedAsync(MadeBy(ChatUp.RelaySecret, mia.Person, new Instant(1_700_000_000_000))));
    }

    private async Task<bool> IsOpenAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static RelaysView MadeBy(string secret, PersonId person, Instant at) =>
        new TimedRelays(new RelayOptions(ChatUp.Relays, secret)).Of(person, at);

    // Two that reach each other through it, and lose nothing of what they send.
    private async Task<bool> RelayedAsync(RelaysView given)
    {
        using var client = Start(
            "turnutils_uclient",
            ["-y", "-n", "1", "-u", given.Username!, "-w", given.Credential!, "-p", $"{port}", "127.0.0.1"]
        );
        var said = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return client.ExitCode == 0 && said.Contains("Total lost packets 0 ", StringComparison.Ordinal);
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        ) ?? throw new InvalidOperationException(program);

    public async Task DisposeAsync()
    {
        if (relay is { } running)
        {
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }
}
