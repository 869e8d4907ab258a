namespace Chat.Host;

/// <summary>
/// Answers that are being made of what was true a moment ago. Who takes something from somebody's sight is answered
/// when all that was under way at that time has gone out.
/// </summary>
public sealed class UnderWay
{
    private readonly Lock gate = new();
    private Era current = new();

    /// <summary>An answer begins; it is given back to <see cref="End"/>.</summary>
    public object Begin()
    {
        lock (gate)
        {
            current.Count++;
            return current;
        }
    }

    /// <summary>An answer went out, or there will be none.</summary>
    public void End(object begun)
    {
        var era = (Era)begun;
        lock (gate)
            if (--era.Count == 0 && era != current)
                era.Ended.TrySetResult();
    }

    /// <summary>Ends when all that had begun has ended; what begins after does not matter.</summary>
    public Task EndedAsync()
    {
        lock (gate)
        {
            Era[] open = [.. current.Before.Append(current).Where(era => era.Count > 0)];
            if (current.Count > 0)
                current = new Era { Before = open };
            return Task.WhenAll(open.Select(era => era.Ended.Task));
        }
    }

    private sealed class Era
    {
        public int Count { get; set; }

        public Era[] Before { get; init; } = [];

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
