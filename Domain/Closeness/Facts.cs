using Chat.Domain.Meeting;

namespace Chat.Domain.Closeness;

/// <summary>What went between somebody and a friend, as far as it is looked at.</summary>
/// <param name="Friend">Who.</param>
/// <param name="Given">When somebody wrote to them.</param>
/// <param name="Got">When they wrote.</param>
/// <param name="Rooms">How long both were in rooms together.</param>
public sealed record Exchange(PersonId Friend, Listing<Instant> Given, Listing<Instant> Got, Company Rooms)
{
    /// <summary>How long they called each other.</summary>
    public Company Calls { get; init; } = Company.None;
}

/// <summary>What closeness is made of. Advisory: it may be a minute old.</summary>
/// <param name="Friends">What went between somebody and each of their friends.</param>
/// <param name="Muted">Friends of whom they do not want to be told.</param>
/// <param name="Closed">Who is kept apart from them by a block.</param>
public sealed record ClosenessFacts(Listing<Exchange> Friends, Set<PersonId> Muted, Set<PersonId> Closed);

/// <summary>Somebody who is close, and why.</summary>
/// <param name="Person">Who.</param>
/// <param name="Words">Points for messages: the geometric mean of both ways.</param>
/// <param name="Rooms">Points for time together in rooms.</param>
/// <param name="Calls">Points for calls.</param>
/// <param name="Given">How many messages were written to them, of those that are looked at.</param>
/// <param name="Got">How many came.</param>
/// <param name="LastAt">When the last of all this was.</param>
public sealed record Close(PersonId Person, long Words, long Rooms, long Calls, int Given, int Got, Instant LastAt)
{
    /// <summary>What ranks them.</summary>
    public long Points => Words + Rooms + Calls;
}
