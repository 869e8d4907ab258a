using Chat.Host.Shadow;
using Chat.Host.Tests.EndToEnd;
using Xunit;

namespace Chat.Host.Tests.Shadow;

/// <summary><c>up --record</c> and <c>shadow</c>, as a user starts them.</summary>
public sealed class ShadowVerbTests : IDisposable
{
    private readonly string folder = ChatUp.NewFolder();

    private string File => Path.Combine(folder, "monday");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Xunit.Fact]
    public async Task Whether_it_runs_or_was_killed_what_it_recorded_is_judged()
    {
        var ports = Servers.FreePorts(3);
        await using (var up = await ChatProcess.UpAsync([.. ChatUp.Arguments(folder, ports), "--record", File]))
        {
            foreach (var words in (string[])["one", "two"])
                Assert.Equal(0, (await ChatProcess.RunAsync(["say", "mia", "diary", words, "--data", folder])).Code);
            await ShowsAsync(0, "all are decided the same");
            await up.KillAsync();
        }
        // Its servers are gone with it: the database is started to be read, and stopped again.
        await ShowsAsync(0, "all are decided the same");
        await ShowsAsync(0, "all are decided the same");

        Doctor(request => request with { Verdict = new Verdict(false, 0, "locked", ["settings.locked"]) });
        var shown = await ShowsAsync(1, "1 of ");
        var line = Assert.Single(shown.Split('\n'), line => line.Contains("; now ", StringComparison.Ordinal));
        Assert.Contains(": refused locked (settings.locked); now accepted as ", line);
        Assert.Contains("Z mia (", line);
        Assert.DoesNotContain("two", shown);

        await ShowsAsync(2, "cannot be read", "--data", folder, File + ".not");
        await ShowsAsync(2, "There is no chat in", "--data", folder + ".not", File);
        await ShowsAsync(0, "What ./chat up --record has written", "--help");
        await ShowsAsync(2, "cannot be used", "--postgres", "postgres://chat:x@127.0.0.1:1/chat", File);
    }

    private Task<string> ShowsAsync(int code, string words) => ShowsAsync(code, words, "--data", folder, File);

    private static async Task<string> ShowsAsync(int code, string words, params string[] arguments)
    {
        var (ended, output) = await ChatProcess.RunAsync(["shadow", .. arguments]);
        Assert.True(ended == code, $"{ended}: {output}");
        // A terminal breaks lines where it likes.
        Assert.Contains(words, output.ReplaceLineEndings(" ").Replace("  ", " "));
        return output;
    }

    // The last request that made something, as if it had been decided otherwise.
    private void Doctor(Func<Entry.Request, Entry.Request> change)
    {
        var entries = Frames
            .Read(new MemoryStream(System.IO.File.ReadAllBytes(File)))
            .Where(frame => frame.Content is not null)
            .Select(frame => EntryForms.Decode(frame.Content!)!)
            .ToList();
        var at = entries.FindLastIndex(entry => entry is Entry.Request { Verdict.Events: > 0 });
        entries[at] = change((Entry.Request)entries[at]);
        System.IO.File.WriteAllBytes(File, [.. entries.SelectMany(entry => Frames.Of(EntryForms.Encode(entry)))]);
    }
}
