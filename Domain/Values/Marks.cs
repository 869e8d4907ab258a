namespace Chat.Domain.Values;

/// <summary>
/// How far a person is in a conversation; 0 ≤ read ≤ delivered. A semilattice under <see cref="Join"/>.
/// </summary>
/// <param name="Read">The last message read.</param>
/// <param name="Delivered">The last message received.</param>
public readonly record struct Marks(long Read, long Delivered)
{
    /// <summary>Nothing read, nothing received.</summary>
    public static Marks None => default;

    /// <summary>The least that is at least both; what is read was received.</summary>
    public Marks Join(Marks other)
    {
        var read = Math.Max(Read, other.Read);
        return new Marks(read, Math.Max(read, Math.Max(Delivered, other.Delivered)));
    }

    /// <summary>These marks, within what there is: 0 … <paramref name="lastSeq"/>.</summary>
    public Marks Within(long lastSeq) =>
        new Marks(Math.Clamp(Read, 0, lastSeq), Math.Clamp(Delivered, 0, lastSeq)).Join(None);
}
