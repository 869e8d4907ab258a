namespace Chat.Domain.Committing;

/// <summary>Something that came in for a stream and waits for an answer.</summary>
/// <param name="Ticket">Whom to answer, the driver's own number; 0 where nobody waits.</param>
/// <param name="Stream">The stream it addresses.</param>
/// <param name="Person">Who asks, as the server proved it.</param>
public abstract record Arrival(long Ticket, StreamKey Stream, PersonId Person)
{
    /// <summary>A command under a client's id.</summary>
    public sealed record Request(
        long Ticket,
        StreamKey Stream,
        PersonId Person,
        DeviceId Device,
        ClientId Client,
        Digest Digest,
        AnyCommand Command,
        Instant? OccurredAt = null
    ) : Arrival(Ticket, Stream, Person)
    {
        /// <summary>The id of the first event that this request makes, or made.</summary>
        public Guid EventId => Derive.EventId(Stream, Person, Device, Client, 0);

        /// <summary>
        /// What a product's own policy says against it, which whoever takes requests asks before; null for nothing. It
        /// keeps from happening what the rules allow, and leaves what was accepted before as it is.
        /// </summary>
        public Refusal? Against { get; init; }

        /// <summary>Who asks, of which stream, at a time.</summary>
        internal Context At(Instant now) =>
            new(Person, Device, now, OccurredAt) { Tenant = Stream.Tenant, Id = Stream.Id };
    }

    /// <summary>How far a person has read and received. No event: absolute values that merge by maximum.</summary>
    public sealed record Marking(long Ticket, StreamKey Stream, PersonId Person, Marks Marks)
        : Arrival(Ticket, Stream, Person);
}

/// <summary>
/// What an accepted request is answered with; the same on every retry but for <see cref="Replayed"/>.
/// </summary>
/// <param name="Stream">The stream that it changed.</param>
/// <param name="Version">The version that its first event got; of what was already so, the stream's.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Seq">The number of the message that it made.</param>
/// <param name="Replayed">Whether this request, or its twin, was accepted before.</param>
public sealed record Receipt(StreamKey Stream, long Version, Instant At, long? Seq, bool Replayed)
{
    /// <summary>The receipt of an event.</summary>
    public static Receipt Of(Recorded first, bool replayed) =>
        new(first.Stream, first.Version, first.Event.At, first.Event.MessageSeq, replayed);
}

/// <summary>The answer to an arrival.</summary>
public abstract record Reply
{
    private Reply() { }

    /// <summary>Committed, or already so.</summary>
    public sealed record Accepted(Receipt Receipt) : Reply;

    /// <summary>The marks as they stand now.</summary>
    public sealed record Marked(Marks Marks) : Reply;

    /// <summary>
    /// Refused: nothing changed, but for what a rule does to whoever asks, see <see cref="AnyEvent.Refused"/>.
    /// </summary>
    public sealed record Refused(Refusal Refusal) : Reply;

    /// <summary>What whoever asked for an event is told of it.</summary>
    public static Reply To(Recorded first, bool replayed) =>
        first.Event.Refused is { } refusal ? new Refused(refusal) : new Accepted(Receipt.Of(first, replayed));
}
