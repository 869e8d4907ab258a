using System.Security.Cryptography;
using Chat.Domain.Committing;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol.Stored;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Embed;

// A store in one file. A batch is one frame: it is there whole, or, where the service was killed, not at all.
public sealed class FileStore : IStore, IDisposable
{
    private readonly Dictionary<StreamKey, List<Recorded>> streams = [];
    private readonly Dictionary<Guid, Recorded> ids = [];
    private readonly Dictionary<(StreamKey, PersonId), Marks> marks = [];
    private readonly Dictionary<StreamKey, (long Version, Instant? At)> notes = [];
    private readonly FileStream file;

    public FileStore(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var whole = 0L;
        for (; FrameFiles.Read(file) is { } frame; whole = file.Position)
            Take(Frame.Read(frame));
        // What comes behind was never acknowledged.
        file.SetLength(whole);
    }

    public Seq<Recorded> Load(StreamKey stream) => toSeq(streams.GetValueOrDefault(stream, [])).Strict();

    public Seq<Recorded> LookUp(Seq<Guid> some) =>
        some.Distinct().Map(id => ids.TryGetValue(id, out var found) ? Some(found) : None).Somes().Strict();

    public Seq<Reminder> DueBy(Instant now) =>
        toSeq(notes.Where(note => note.Value.At <= now).Select(note => new Reminder(note.Key, note.Value.Version)))
            .Strict();

    public Outcome Append(Batch batch)
    {
        var (kept, aside) = batch.Sift(stream => streams.GetValueOrDefault(stream, []).Count, LookUp);
        var joined = batch.Marks.Map(set => set with { Marks = MarksOf(set).Join(set.Marks) }).Strict();
        var added = batch.Additions.Filter(addition => !aside.Exists(one => one.Stream == addition.Stream));
        Keep(new Frame([.. kept], [.. joined], [.. added.Bind(Wanted)]));
        return new Outcome.Committed(aside, joined);
    }

    public void Remind(StreamKey stream, long version, Option<Instant> at) =>
        Keep(new Frame([], [], [new Note(stream, version, at.ToNullable())]));

    // Of the further streams it is only known that they are to be looked at.
    private static Seq<Note> Wanted(Addition addition) =>
        toSeq(addition.After.Due)
            .Map(due => new Note(addition.Stream, addition.After.Version, due.At))
            .Concat(addition.Further.Map(further => new Note(further.Stream, further.Version, new Instant(0))))
            .Strict();

    private Marks MarksOf(MarkSet set) => marks.GetValueOrDefault((set.Stream, set.Person));

    // On the disk first: what is answered is kept.
    private void Keep(Frame frame)
    {
        if (frame.IsEmpty)
            return;
        FrameFiles.Write(file, frame.Write());
        Take(frame);
    }

    private void Take(Frame frame)
    {
        foreach (var recorded in frame.Events)
        {
            if (!streams.TryGetValue(recorded.Stream, out var events))
                streams[recorded.Stream] = events = [];
            events.Add(recorded);
            ids.Add(recorded.Id, recorded);
        }
        foreach (var set in frame.Marks)
            marks[(set.Stream, set.Person)] = set.Marks;
        foreach (var note in frame.Notes)
            if (!notes.TryGetValue(note.Stream, out var noted) || noted.At is null || noted.Version <= note.Version)
                notes[note.Stream] = (note.Version, note.At);
    }

    public void Dispose() => file.Dispose();
}

// When a stream wants to be asked, as it is at a version.
public sealed record Note(StreamKey Stream, long Version, Instant? At);

// What one batch adds, as bytes and back. The events are in the form that the package keeps readable for ever.
public sealed record Frame(Recorded[] Events, MarkSet[] Marks, Note[] Notes)
{
    public bool IsEmpty => Events.Length + Marks.Length + Notes.Length == 0;

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Events.Length);
        foreach (var recorded in Events)
        {
            var stored = StoredEvents.Encode(recorded);
            writer.Write(recorded.Stream.ToString());
            writer.Write(recorded.Version);
            writer.Write(recorded.Id.ToByteArray());
            writer.Write(stored.Type.Name);
            writer.Write(stored.Bytes.Length);
            writer.Write(stored.Bytes);
            writer.Write(stored.Body is null ? "" : "=" + stored.Body);
        }
        writer.Write(Marks.Length);
        foreach (var set in Marks)
        {
            writer.Write(set.Stream.ToString());
            writer.Write(set.Person.Value);
            writer.Write(set.Marks.Read);
            writer.Write(set.Marks.Delivered);
        }
        writer.Write(Notes.Length);
        foreach (var note in Notes)
        {
            writer.Write(note.Stream.ToString());
            writer.Write(note.Version);
            writer.Write(note.At?.Milliseconds ?? long.MinValue);
        }
        return bytes.ToArray();
    }

    public static Frame Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return new Frame(
            Many(() => EventOf(reader)),
            Many(() => new MarkSet(KeyOf(reader), PersonId.Of(reader.ReadString()), MarksOf(reader))),
            Many(() => new Note(KeyOf(reader), reader.ReadInt64(), TimeOf(reader.ReadInt64())))
        );

        T[] Many<T>(Func<T> one) => [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => one())];
    }

    private static Recorded EventOf(BinaryReader reader)
    {
        var place = new Place(KeyOf(reader), reader.ReadInt64(), new Guid(reader.ReadBytes(16)));
        var (type, bytes, body) = (reader.ReadString(), reader.ReadBytes(reader.ReadInt32()), reader.ReadString());
        return StoredEvents
            .Decode(place, type, bytes, body.Length == 0 ? null : body[1..])
            .IfLeft(fault => throw new InvalidDataException($"{place.Stream} {place.Version}: {fault.Rule}"));
    }

    private static StreamKey KeyOf(BinaryReader reader) =>
        StreamKey.Parse(reader.ReadString()).IfNone(() => throw new InvalidDataException("no stream's key"));

    private static Marks MarksOf(BinaryReader reader) => new(reader.ReadInt64(), reader.ReadInt64());

    private static Instant? TimeOf(long at) => at == long.MinValue ? null : new Instant(at);
}

// Frames behind each other: a length, a check, the bytes.
internal static class FrameFiles
{
    public static void Write(FileStream file, byte[] bytes)
    {
        var start = file.Length;
        try
        {
            file.Position = start;
            file.Write([.. BitConverter.GetBytes(bytes.Length), .. SHA256.HashData(bytes), .. bytes]);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            // What is not acknowledged must not come to be there later.
            file.SetLength(start);
            throw;
        }
    }

    public static byte[]? Read(FileStream file)
    {
        var head = new byte[sizeof(int) + SHA256.HashSizeInBytes];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var length = BitConverter.ToInt32(head);
        if (length < 0 || length > file.Length - file.Position)
            return null;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return head.AsSpan(sizeof(int)).SequenceEqual(SHA256.HashData(bytes)) ? bytes : null;
    }
}
