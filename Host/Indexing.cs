using Chat.Host.Store;

namespace Chat.Host;

/// <summary>Keeps the index of what was said behind what is committed by half a second at most, while it can.</summary>
internal static class Indexing
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Begins. Of several hosts one is at it at a time, whichever comes first.</summary>
    public static Rounds Begin(SearchIndex index, TimeProvider clock, ILoggerFactory logs) =>
        new(Every, index.FollowAsync, "What was said could not be indexed", clock, logs.CreateLogger(typeof(Indexing)));
}
