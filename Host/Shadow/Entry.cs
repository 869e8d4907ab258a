namespace Chat.Host.Shadow;

/// <summary>What a recording holds, in order.</summary>
internal abstract record Entry
{
    private Entry() { }

    /// <summary>A host began to write here.</summary>
    public sealed record Begun(long Format, Instant At, string Host) : Entry;

    /// <summary>So many requests are missing here: they could not be written.</summary>
    public sealed record Lost(long Count) : Entry;

    /// <summary>A request that was decided.</summary>
    public sealed record Request(Origin Origin, Written Written, Basis Basis, Verdict Verdict) : Entry;
}

/// <summary>Who asked, of which stream, under which id.</summary>
internal sealed record Origin(StreamKey Stream, PersonId Person, DeviceId Device, ClientId Client)
{
    /// <summary>The id of the first event that came of it, or would have.</summary>
    public Guid EventId => Derive.EventId(Stream, Person, Device, Client, 0);
}

/// <summary>What a request was decided on.</summary>
/// <param name="Version">The version of its stream.</param>
/// <param name="Now">The time.</param>
/// <param name="OccurredAt">When it happened elsewhere; only an import says it.</param>
/// <param name="Seen">The versions of other streams that were looked at as a whole.</param>
/// <param name="Against">What a product's own policy said against it.</param>
internal sealed record Basis(
    long Version,
    Instant Now,
    Instant? OccurredAt,
    Listing<Guard> Seen,
    (string Code, Listing<string> Because)? Against
);

/// <summary>What became of a request.</summary>
/// <param name="IsTwin">It was answered as the first time, by what its id had made before.</param>
/// <param name="Events">How many events came of it.</param>
/// <param name="Code">The code of its refusal; null where it was accepted.</param>
/// <param name="Because">The rules of its refusal.</param>
internal sealed record Verdict(bool IsTwin, int Events, string? Code, Listing<string> Because)
{
    public static Verdict Of(Reply reply, int events, bool isTwin) =>
        reply is Reply.Refused { Refusal: var refusal }
            ? new Verdict(isTwin, events, refusal.Code, refusal.Because)
            : new Verdict(isTwin, events, null, []);

    /// <summary>In words.</summary>
    public string Say(long version) =>
        (this, Code) switch
        {
            ({ IsTwin: true }, null) => "answered as the first time",
            ({ IsTwin: true }, { } code) => $"answered as the first time, {code}{Rules}",
            ({ Events: 0 }, null) => "already so",
            ({ Events: 0 }, { } code) => $"refused {code}{Rules}",
            (_, null) => $"accepted as {version + 1} with {Counted}",
            (_, { } code) => $"refused {code}{Rules} with {Counted}",
        };

    private string Counted => Events == 1 ? "1 event" : $"{Events} events";

    private string Rules => Because.Count == 0 ? "" : $" ({string.Join(", ", Because)})";
}
