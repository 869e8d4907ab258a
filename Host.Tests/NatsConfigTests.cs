using Chat.Host.Operate;
using Chat.Host.Tests.EndToEnd;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>What a nats-server of one's own is told to be, it can be.</summary>
public sealed class NatsConfigTests : IDisposable
{
    private readonly string folder = Servers.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("host: \"127.0.0.1\"")]
    [InlineData(
        "host: \"0.0.0.0\"",
        "--listen",
        "0.0.0.0",
        "--name",
        "one",
        "--route",
        "one:4725",
        "--route",
        "two:4725",
        "--origin",
        "https://chat.example.com"
    )]
    public async Task A_server_takes_it(string listens, params string[] options)
    {
        var (code, config) = await ChatProcess.RunAsync(["nats-config", "--data", folder, .. options]);
        Assert.Equal(0, code);
        Assert.Contains(listens, config, StringComparison.Ordinal);
        var isElsewhere = options.Length > 0;
        Assert.Equal(isElsewhere, config.Contains("two:4725", StringComparison.Ordinal));
        Assert.NotEqual(isElsewhere, config.Contains("pid_file", StringComparison.Ordinal));
        var file = Path.Combine(folder, "nats.conf");
        await File.WriteAllTextAsync(file, config);
        var server = await Binaries.NatsServerAsync(Servers.NatsServer());
        var (verdict, words) = await Launcher.RunAsync([server, "-t", "-c", file]);
        Assert.True(verdict == 0, words);
    }
}
