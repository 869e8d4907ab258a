using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Operate;
using Chat.Host.Shadow;
using Chat.Host.Tests.EndToEnd;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Chat.Host.Tests.Shadow;

/// <summary>A recording that was cut off, spoilt or not written is told as that, and the rest of it is read.</summary>
public sealed class RecordingTests : IDisposable
{
    private const long Room = long.MaxValue;
    private readonly string folder = Servers.NewFolder();

    private string File => Path.Combine(folder, "recording");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Xunit.Fact]
    public async Task Wherever_its_end_is_cut_off_the_rest_is_read()
    {
        var whole = await RecordAsync(3);
        var ends = Frames.Read(new MemoryStream(whole)).Select(frame => frame.At + frame.Length).ToList();
        Assert.Equal(whole.Length, ends[^1]);
        for (var length = (int)ends[0]; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            using var recording = Recording.Open(File);
            var frames = ends.Count(end => end <= length);
            Assert.Equal((frames - 1, !ends.Contains(length)), (recording.Requests, recording.IsTorn));
            Assert.Equal((0, 0L), recording.Damage);
        }
    }

    [Xunit.Fact]
    public async Task A_spoilt_byte_costs_one_frame()
    {
        var whole = await RecordAsync(3);
        var second = Frames.Read(new MemoryStream(whole)).ElementAt(2);
        for (var at = second.At; at < second.At + second.Length; at++)
        {
            var spoilt = whole.ToArray();
            spoilt[at] ^= 0x55;
            System.IO.File.WriteAllBytes(File, spoilt);
            using var recording = Recording.Open(File);
            Assert.Equal((2, (1, second.Length), false), (recording.Requests, recording.Damage, recording.IsTorn));
        }
    }

    [Xunit.Fact]
    public async Task After_a_killed_host_the_next_goes_on_in_the_same_file()
    {
        var whole = await RecordAsync(3);
        System.IO.File.WriteAllBytes(File, whole[..^5]);
        await using (var next = Recorder.Open(File, "host", NullLogger.Instance))
            next.Take(Judged(9));
        using var recording = Recording.Open(File);
        Assert.Equal((3, 1, false), (recording.Requests, recording.Damage.Count, recording.IsTorn));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("2009-03-03 10:00 <mia> hello", "is no recording")]
    public void What_is_no_recording_is_said(string text, string words)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.Contains(words, Assert.Throws<StartFailure>(() => Recording.Open(File)).Message);
        if (text.Length > 0)
            Assert.Throws<StartFailure>(() => Recorder.Open(File, "host", NullLogger.Instance));
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Xunit.Fact]
    public void One_that_is_not_there_or_of_a_later_version_is_said()
    {
        Assert.Contains("cannot be read", Assert.Throws<StartFailure>(() => Recording.Open(File)).Message);
        var later = new Entry.Begun(EntryForms.Format + 1, new Instant(0), "host");
        System.IO.File.WriteAllBytes(File, Frames.Of(EntryForms.Encode(later)));
        Assert.Contains("later version", Assert.Throws<StartFailure>(() => Recording.Open(File)).Message);
    }

    [Xunit.Fact]
    public async Task Only_its_owner_may_read_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        System.IO.File.WriteAllText(File, "");
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        await using (Recorder.Open(File, "host", NullLogger.Instance))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Xunit.Fact]
    public async Task A_disk_that_hangs_holds_nobody_up_and_what_is_lost_is_counted()
    {
        var disk = new Disk();
        var log = new Noted();
        await using (var recorder = new Recorder(disk, "host", () => Room, TimeProvider.System, log))
        {
            disk.Gate.Reset();
            var since = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var n = 0; n < 4 * Recorder.MostWaiting; n++)
                recorder.Take(Judged(n));
            Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(since).TotalSeconds, 0, 5);
            disk.Gate.Set();
        }
        System.IO.File.WriteAllBytes(File, disk.ToArray());
        using var recording = Recording.Open(File);
        Assert.InRange(recording.Lost, Recorder.MostWaiting, 4 * Recorder.MostWaiting);
        Assert.Equal(4 * Recorder.MostWaiting, recording.Requests + recording.Lost);
        Assert.Contains(log.Lines, line => line.StartsWith("The recording goes on; it lacks"));
    }

    [Xunit.Fact]
    public async Task A_full_disk_costs_what_did_not_fit_and_is_said()
    {
        var disk = new Disk();
        var log = new Noted();
        var free = Room;
        await using (var recorder = new Recorder(disk, "host", () => free, TimeProvider.System, log))
        {
            recorder.Take(Judged(1));
            await Eventually.HoldsAsync(() => disk.Length > 150, "the first is written");
            disk.IsFull = true;
            recorder.Take(Judged(2));
            await Eventually.HoldsAsync(() => log.Lines.Count == 1, "it is said that the second is lost");
            disk.IsFull = false;
            free = Recorder.LeastFree - 1;
            await Task.Delay(1_100);
            recorder.Take(Judged(3));
            await Eventually.HoldsAsync(() => log.Lines.Count == 2, "it is said that there is little room");
            free = Room;
            await Task.Delay(1_100);
            recorder.Take(Judged(4));
        }
        Assert.StartsWith("1 requests were not recorded: No space left", log.Lines[0]);
        Assert.StartsWith("2 requests were not recorded: less than 512 MB", log.Lines[1]);
        System.IO.File.WriteAllBytes(File, disk.ToArray());
        using var recording = Recording.Open(File);
        Assert.Equal((2, 2L), (recording.Requests, recording.Lost));
        Assert.Equal((0, 0L), recording.Damage);
    }

    private async Task<byte[]> RecordAsync(int requests)
    {
        await using (var recorder = Recorder.Open(File, "host", NullLogger.Instance))
            for (var n = 0; n < requests; n++)
                recorder.Take(Judged(n));
        return await System.IO.File.ReadAllBytesAsync(File);
    }

    private static Output.Judged Judged(int number)
    {
        var stream = StreamKey.Of(TenantId.Main, ConversationId.Of("tea"));
        var request = new Arrival.Request(
            1,
            stream,
            PersonId.Of("mia"),
            DeviceId.Of("phone"),
            ClientId.Of($"id-{number}"),
            default,
            new Command.SetTopic(Texts.Topic($"topic {number}"))
        );
        var seen = Prelude.Seq1(new Guard(stream, 3));
        var reply = new Reply.Refused(new Refusal.Locked());
        return new Output.Judged(request, number, new Instant(1_000), seen, 0, reply, false);
    }

    /// <summary>A disk in memory that hangs or is full.</summary>
    private sealed class Disk : MemoryStream
    {
        public ManualResetEventSlim Gate { get; } = new(true);

        public bool IsFull { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Gate.Wait();
            // Half of it still went in.
            base.Write(IsFull ? buffer[..(buffer.Length / 2)] : buffer);
            if (IsFull)
                throw new IOException("No space left on device");
        }
    }
}
