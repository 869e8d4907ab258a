using Chat.Host.Operate;

namespace Chat.Host.Shadow;

/// <summary>A recording as it is found: where the requests of each stream lie in it, and what is missing.</summary>
internal sealed class Recording : IDisposable
{
    private readonly FileStream file;
    private readonly Dictionary<StreamKey, List<long>> requests = [];

    private Recording(FileStream file) => this.file = file;

    /// <summary>The streams that requests were of, in order of their keys.</summary>
    public IEnumerable<StreamKey> Streams => requests.Keys.Order();

    /// <summary>Requests that can be read.</summary>
    public int Requests { get; private set; }

    /// <summary>Requests that the host could not write down.</summary>
    public long Lost { get; private set; }

    /// <summary>Stretches in the middle that are spoilt, and their bytes.</summary>
    public (int Count, long Bytes) Damage { get; private set; }

    /// <summary>Whether its end is cut off: its host was killed, or writes just now.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Looks a file through.</summary>
    /// <exception cref="StartFailure">It is not there, or no recording that this version can read.</exception>
    public static Recording Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 64 * 1024);
            var recording = new Recording(file);
            try
            {
                recording.LookThrough(path);
                return recording;
            }
            catch
            {
                recording.Dispose();
                throw;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure(
                $"{path} cannot be read: {fault.Message}",
                "Name a file that ./chat up --record has written.",
                fault
            );
        }
    }

    private void LookThrough(string path)
    {
        var hasBegun = false;
        foreach (var frame in Frames.Read(file))
        {
            var entry = frame.Content is { } content ? EntryForms.Decode(content) : null;
            switch (entry)
            {
                case Entry.Begun { Format: > EntryForms.Format } begun:
                    throw new StartFailure(
                        $"{path} was written by a later version: its format is {begun.Format}, "
                            + $"this one knows {EntryForms.Format}.",
                        "Judge it with that version, or a later one."
                    );
                case Entry.Begun:
                    hasBegun = true;
                    break;
                case Entry.Lost lost:
                    Lost += lost.Count;
                    break;
                case Entry.Request request:
                    Add(request.Origin.Stream, frame.At);
                    break;
                default:
                    if (frame.IsTornEnd)
                        IsTorn = true;
                    else
                        Damage = (Damage.Count + 1, Damage.Bytes + frame.Length);
                    break;
            }
        }
        if (!hasBegun && Requests == 0)
            throw new StartFailure(
                file.Length == 0 ? $"{path} is empty." : $"{path} is no recording.",
                "Name a file that ./chat up --record has written."
            );
    }

    private void Add(StreamKey stream, long at)
    {
        if (!requests.TryGetValue(stream, out var places))
            requests[stream] = places = [];
        places.Add(at);
        Requests++;
    }

    /// <summary>The requests of a stream, in the order of the versions that they were decided on.</summary>
    public IReadOnlyList<Entry.Request> Of(StreamKey stream) =>
        [
            .. requests[stream]
                .Select(at => EntryForms.Decode(Frames.ReadAt(file, at) ?? []))
                .OfType<Entry.Request>()
                .OrderBy(request => request.Basis.Version),
        ];

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
