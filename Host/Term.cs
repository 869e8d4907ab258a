using Chat.Host.Store;

namespace Chat.Host;

/// <summary>
/// How long a lease runs as far as its holder can know, measured with the monotonic clock from before it was asked for.
/// Who finds once that it ran out has given up all that rests on it, so a renewal that comes after that is too late:
/// the lease has to be taken again. May be asked by many at once.
/// </summary>
internal sealed class Term(TimeProvider clock)
{
    private readonly Lock gate = new();
    private (long Epoch, Instant At, long Asked) held;
    private bool isOver = true;

    /// <summary>Under which it was taken.</summary>
    public long Epoch
    {
        get
        {
            lock (gate)
                return held.Epoch;
        }
    }

    /// <summary>When it was taken or renewed last, by the database's clock.</summary>
    public Instant At
    {
        get
        {
            lock (gate)
                return held.At;
        }
    }

    /// <summary>Whether it runs. Once it does not, it never does until it is begun anew.</summary>
    public bool IsRunning
    {
        get
        {
            lock (gate)
                return !IsOver();
        }
    }

    /// <summary>The database's time, as of when it was last heard.</summary>
    public Instant Now
    {
        get
        {
            lock (gate)
                return held.At.Plus((long)clock.GetElapsedTime(held.Asked).TotalMilliseconds);
        }
    }

    /// <summary>It was taken, under an epoch; asked for then, by the monotonic clock.</summary>
    public void Begin(long epoch, Instant at, long asked)
    {
        lock (gate)
            (held, isOver) = ((epoch, at, asked), false);
    }

    /// <summary>It was renewed; false if that came too late.</summary>
    public bool TryExtend(Instant at, long asked)
    {
        lock (gate)
        {
            if (IsOver())
                return false;
            held = held with { At = at, Asked = asked };
            return true;
        }
    }

    /// <summary>It is another's.</summary>
    public void End()
    {
        lock (gate)
            isOver = true;
    }

    private bool IsOver() => isOver = isOver || clock.GetElapsedTime(held.Asked) >= LeaseRows.Length;
}
