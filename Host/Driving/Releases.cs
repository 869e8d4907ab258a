namespace Chat.Host.Driving;

/// <summary>Who waits until a batch is settled that was under way when streams were let go of.</summary>
internal sealed class Releases
{
    private readonly List<(TaskCompletionSource Released, long? Batch)> waiting = [];

    /// <summary>Takes one more, if there is one, and tells all whose batch is not under way any more.</summary>
    public void Take(TaskCompletionSource? one, long? underWay)
    {
        if (one is not null)
            waiting.Add((one, underWay));
        if (waiting.Count == 0)
            return;
        foreach (var (released, _) in waiting.Where(other => other.Batch is null || other.Batch != underWay))
            released.SetResult();
        waiting.RemoveAll(other => other.Batch is null || other.Batch != underWay);
    }
}
