using Chat.Host.Files;
using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// Lets go of files: a few seconds after their last message was taken back, and a day after they came where none
/// carried them. What cannot be let go of now is tried again.
/// </summary>
internal sealed class Sweeping : IAsyncDisposable
{
    private const int AtOnce = 100;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task sweeping;

    public Sweeping(FilesOfHost files, TimeProvider clock, ILogger log) =>
        sweeping = Task.Run(() => SweepAsync(files, clock, log));

    private async Task SweepAsync(FilesOfHost files, TimeProvider clock, ILogger log)
    {
        using var ticks = new PeriodicTimer(Every, clock);
        try
        {
            do try
            {
                while (await RoundAsync(files, files.Now.Plus(-DayMs)) == AtOnce) { }
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                log.LogWarning("Files that nobody needs are still there: {Fault}", fault.Message);
            }
            while (await ticks.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException) { }
    }

    private async Task<int> RoundAsync(FilesOfHost files, Instant since)
    {
        var idle = await FileRows.IdleAsync(files.Database, since, AtOnce);
        foreach (var file in idle)
        {
            await files.Store.DeleteAsync(file.Value, stopping.Token);
            await files.Store.DeleteAsync(FilesOfHost.SmallOf(file), stopping.Token);
            await FileRows.ForgetAsync(files.Database, file);
        }
        return idle.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sweeping;
        stopping.Dispose();
    }
}
