namespace Chat.Domain.Meeting;

/// <summary>
/// Somebody's friends. A number stands for each person; it is nobody else's, and follows from no friendship.
/// </summary>
/// <param name="Person">Who: a number above 0; 0 for who has none, since nobody was ever their friend.</param>
/// <param name="IsOpen">Whether they have opened themselves.</param>
/// <param name="Friends">Their friends, each once; negated while that friend is closed.</param>
public sealed record Circle(int Person, bool IsOpen, Listing<int> Friends)
{
    /// <summary>Friends of who has more are not used beyond so many: the first.</summary>
    public const int MaxFriends = 5_000;

    /// <summary>Nobody's.</summary>
    public static Circle None { get; } = new(0, false, []);
}

/// <summary>Somebody with whom one was in rooms.</summary>
/// <param name="Person">Who, as a number.</param>
/// <param name="IsOpen">Whether they have opened themselves.</param>
/// <param name="Company">How long, and when.</param>
public sealed record Companion(int Person, bool IsOpen, Company Company);

/// <summary>What suggestions are made of. Advisory: it may be some seconds old.</summary>
/// <param name="Own">The circle of whoever asks: they know it, open or not.</param>
/// <param name="Circles">Those of their friends.</param>
/// <param name="Companions">With whom they were in rooms.</param>
/// <param name="Barred">
/// Who is not suggested: dismissed, asked, asking, suspended, or kept apart by a block in either direction.
/// </param>
public sealed record MeetingFacts(Circle Own, Listing<Circle> Circles, Listing<Companion> Companions, Set<int> Barred);

/// <summary>Somebody whom one might want to meet, and why.</summary>
/// <param name="Person">Who, as a number.</param>
/// <param name="Points">What ranks them.</param>
/// <param name="Mutual">How many friends one has with them, as far as these and they are open.</param>
/// <param name="Through">The first of these, at most <see cref="Suggesting.MaxNamed"/>.</param>
/// <param name="MetAt">When one was last in a room with them; null if never.</param>
public sealed record Suggestion(int Person, long Points, int Mutual, Listing<int> Through, Instant? MetAt);
