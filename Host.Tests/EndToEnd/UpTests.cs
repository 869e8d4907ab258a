using System.Net;
using System.Net.Sockets;
using Chat.Host.Operate;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary><c>up</c>, from its start to its end.</summary>
public sealed class UpTests : IDisposable
{
    private readonly string folder = ChatUp.NewFolder();
    private readonly int[] ports = Servers.FreePorts(4);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Stopped_or_killed_and_started_again_everything_is_still_there()
    {
        string[] data = ["--data", folder];
        for (var start = 1; start <= 3; start++)
        {
            await using var up = await ChatProcess.UpAsync(ChatUp.Arguments(folder, ports));
            var (said, words) = await ChatProcess.RunAsync(["say", "mia", "diary", $"day {start}", .. data]);
            Assert.Equal((0, true), (said, words.Contains($"message {start}, kept.", StringComparison.Ordinal)));
            var (read, shown) = await ChatProcess.RunAsync(["read", "tomas", "diary", .. data]);
            Assert.Equal((0, start), (read, shown.Split("mia  day").Length - 1));
            var (status, ready) = await ChatProcess.RunAsync(["status", .. data]);
            Assert.Equal((0, true), (status, ready.Contains("ready", StringComparison.Ordinal)));
            var children = Children(up.Id);
            Assert.Equal(2, children.Count);
            if (start == 2)
                await up.KillAsync();
            else
            {
                up.Send(15);
                Assert.Equal(0, await up.EndsAsync());
                Assert.DoesNotContain(children, Signals.IsAlive);
                Assert.Equal(1, (await ChatProcess.RunAsync(["status", .. data])).Code);
            }
            await Eventually.HoldsAsync(() => !children.Any(Signals.IsAlive), "its servers end with it");
        }
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_and_nothing_is_left_running()
    {
        await using var up = await ChatProcess.UpAsync(ChatUp.Arguments(folder, ports));
        await IsRefusedAsync(
            $"Another chat is already using the data folder {folder}.",
            ChatUp.Arguments(folder, Servers.FreePorts(3))
        );
        var other = ChatUp.NewFolder();
        await IsRefusedAsync(
            $"Port {ports[0]} for nats-server is in use by another program.",
            ChatUp.Arguments(other, ports)
        );
        var free = Servers.FreePorts(2);
        await IsRefusedAsync(
            $"Port {ports[2]} for PostgreSQL is in use",
            ChatUp.Arguments(other, [free[0], free[1], ports[2]])
        );
        using var listener = new TcpListener(IPAddress.Loopback, ports[3]);
        listener.Start();
        string[] http = ["--data", other, "--http-port", $"{ports[3]}"];
        await IsRefusedAsync($"Port {ports[3]} for health and metrics is in use by another program.", http);
        Assert.DoesNotContain(Processes(), process => CommandOf(process).Contains(other, StringComparison.Ordinal));
        Directory.Delete(other, recursive: true);
        Assert.False(up.HasExited);
        Assert.Equal(0, (await ChatProcess.RunAsync(["say", "mia", "diary", "still here", "--data", folder])).Code);
    }

    [Theory]
    [InlineData("postgres://chat:secret@127.0.0.1:1/chat", "PostgreSQL at 127.0.0.1:1/chat cannot be used")]
    [InlineData("somewhere", "“somewhere” is no address of a database.")]
    public async Task A_database_that_is_not_there_is_said(string postgres, string words) =>
        await IsRefusedAsync(
            words,
            ["--data", folder, "--http-port", "0", "--nats", "nats://127.0.0.1:1", "--postgres", postgres]
        );

    [Fact]
    public async Task A_verb_or_an_option_that_does_not_exist_is_said()
    {
        var (code, words) = await ChatProcess.RunAsync("upp");
        Assert.Equal((2, true), (code, words.Contains("--help", StringComparison.Ordinal)));
        (code, words) = await ChatProcess.RunAsync("up", "--nats-port", "many");
        Assert.Equal((2, true), (code, words.Contains("many", StringComparison.Ordinal)));
    }

    private static async Task IsRefusedAsync(string words, string[] arguments)
    {
        await using var refused = await ChatProcess.StartAsync(["up", .. arguments]);
        Assert.Equal(1, await refused.EndsAsync());
        // A terminal of 80 columns breaks lines where it likes.
        Assert.Contains(
            words.Replace(" ", ""),
            refused.Output.ReplaceLineEndings("").Replace(" ", ""),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    private static List<int> Children(int parent) => [.. Processes().Where(process => ParentOf(process) == parent)];

    private static IEnumerable<int> Processes() =>
        Directory
            .GetDirectories("/proc")
            .Select(one => int.TryParse(Path.GetFileName(one), out var id) ? id : 0)
            .Where(id => id > 0);

    private static int ParentOf(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat.Length == 0
            ? 0
            : int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static string CommandOf(int process) => Read($"/proc/{process}/cmdline");

    // It may have ended since it was listed.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
