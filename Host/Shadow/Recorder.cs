using System.Threading.Channels;
using Chat.Host.Operate;

namespace Chat.Host.Shadow;

/// <summary>
/// Writes down what the lanes decide, beside them. A lane only puts it into a bounded queue: where that is full, or the
/// disk does not take it, it is lost, and the file and the log say how much.
/// </summary>
internal sealed class Recorder : IAsyncDisposable
{
    /// <summary>What may wait for the disk.</summary>
    public const int MostWaiting = 8_192;

    /// <summary>What is left free for the database, which may share the disk.</summary>
    public const long LeastFree = 512 * 1024 * 1024;

    private const int MostAtOnce = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Channel<Output.Judged> waiting = Channel.CreateBounded<Output.Judged>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly Stream file;
    private readonly Func<long> free;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private readonly Task writing;
    private readonly MemoryStream frames = new();
    private long lost;
    private int framed;
    private long? refusedAt;

    /// <summary>Writes into a file from where it is; <paramref name="free"/> says what room its disk has.</summary>
    internal Recorder(Stream file, string host, Func<long> free, TimeProvider clock, ILogger log)
    {
        (this.file, this.free, this.clock, this.log) = (file, free, clock, log);
        var now = new Instant(clock.GetUtcNow().ToUnixTimeMilliseconds());
        file.Write(Frames.Of(EntryForms.Encode(new Entry.Begun(EntryForms.Format, now, host))));
        writing = Task.Run(WriteAsync);
    }

    /// <summary>Begins a recording, or goes on with one.</summary>
    /// <exception cref="StartFailure">The file is something else, or cannot be written.</exception>
    public static Recorder Open(string path, string host, ILogger log)
    {
        var file = StartFailure.Touching(path, () => PrivateFile.OpenToAppend(path));
        try
        {
            if (file.Length > 0 && (Frames.ReadAt(file, 0) is not { } first || EntryForms.Decode(first) is null))
                throw new StartFailure(
                    $"{path} is something else than a recording.",
                    "Name another file with --record."
                );
            file.Position = file.Length;
            var disk = new DriveInfo(Path.GetDirectoryName(path)!);
            return StartFailure.Touching(
                path,
                () => new Recorder(file, host, () => disk.AvailableFreeSpace, TimeProvider.System, log)
            );
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes what a lane decided, at once; lost where too much waits already.</summary>
    public void Take(Output.Judged judged)
    {
        if (!waiting.Writer.TryWrite(judged))
            Interlocked.Increment(ref lost);
    }

    private async Task WriteAsync()
    {
        var reader = waiting.Reader;
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var judged))
            {
                Add(judged);
                if (frames.Length >= MostAtOnce)
                    Flush();
            }
            Flush();
        }
    }

    private void Add(Output.Judged judged)
    {
        try
        {
            if (EntryOf(judged) is not { } entry)
                return;
            var content = EntryForms.Encode(entry);
            if (content.Length > Frames.MaxLength)
                throw new InvalidOperationException("it is longer than a frame");
            frames.Write(Frames.Of(content));
            framed++;
        }
        // A bug of ours; the host goes on without this entry.
        catch (Exception fault)
        {
            Lose(1, fault.Message);
        }
    }

    /// <summary>What is written of a decision; null for what nobody can ask.</summary>
    internal static Entry.Request? EntryOf(Output.Judged judged)
    {
        var request = judged.Request;
        return Written.Of(request) is { } written
            ? new Entry.Request(
                new Origin(request.Stream, request.Person, request.Device, request.Client),
                written,
                new Basis(
                    judged.Version,
                    judged.Now,
                    request.OccurredAt,
                    Listing.From(judged.Seen),
                    request.Against is { } against ? (against.Code, against.Because) : null
                ),
                Verdict.Of(judged.Reply, judged.Events, judged.IsTwin)
            )
            : null;
    }

    private void Flush()
    {
        var missing = Interlocked.Exchange(ref lost, 0);
        if (frames.Length == 0 && missing == 0)
            return;
        var kept = file.CanSeek ? file.Position : 0;
        try
        {
            if (refusedAt is { } since && clock.GetElapsedTime(since) < Pause)
                throw new IOException("the disk refused a moment ago");
            if (free() < LeastFree)
                throw new IOException($"less than {LeastFree / 1_048_576} MB are free on its disk");
            if (missing > 0)
                file.Write(Frames.Of(EntryForms.Encode(new Entry.Lost(missing))));
            file.Write(frames.GetBuffer().AsSpan(0, (int)frames.Length));
            if (missing > 0 || refusedAt is not null)
                log.LogWarning("The recording goes on; it lacks {Count} requests", missing);
            refusedAt = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref lost, missing);
            Refused(kept, fault.Message);
        }
        frames.SetLength(0);
        framed = 0;
    }

    private void Refused(long kept, string why)
    {
        if (refusedAt is not { } since || clock.GetElapsedTime(since) >= Pause)
        {
            refusedAt = clock.GetTimestamp();
            Lose(framed, why);
            Cut(kept);
        }
        else
            Interlocked.Add(ref lost, framed);
    }

    // Half a frame would be passed over all the same; this only makes room.
    private void Cut(long kept)
    {
        try
        {
            file.SetLength(kept);
            file.Position = kept;
        }
        catch (Exception fault) when (fault is IOException or NotSupportedException) { }
    }

    private void Lose(int count, string why)
    {
        var all = Interlocked.Add(ref lost, count);
        log.LogWarning("{Count} requests were not recorded: {Why}", all, why);
    }

    /// <summary>Writes what still waits, as far as the disk takes it.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writing;
        refusedAt = null;
        Flush();
        await file.DisposeAsync();
    }
}
