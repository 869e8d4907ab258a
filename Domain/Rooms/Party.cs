namespace Chat.Domain.Rooms;

/// <summary>Somebody who was at a party.</summary>
/// <param name="Person">Who.</param>
/// <param name="From">When they first came in.</param>
/// <param name="Until">When they last went.</param>
public sealed record Attended(PersonId Person, Instant From, Instant Until);

/// <summary>A game that was played at a party.</summary>
/// <param name="Game">The game's name.</param>
/// <param name="IsFinished">Whether it was played to the end.</param>
/// <param name="Scores">What everybody had who played, in points.</param>
public sealed record PartyGame(string Game, bool IsFinished, Listing<Games.Score> Scores);

/// <summary>What is kept of a party where all who were there want it. Nothing of what was said.</summary>
/// <param name="Name">What the room was called.</param>
/// <param name="From">When it was lit.</param>
/// <param name="Until">When the last one went.</param>
/// <param name="People">
/// Who was there, who came first first: at least one, at most <see cref="MaxPeople"/>.
/// </param>
/// <param name="Games">The last games that were played, at most <see cref="MaxGames"/>, oldest first.</param>
public sealed record Party(
    RoomName Name,
    Instant From,
    Instant Until,
    Listing<Attended> People,
    Listing<PartyGame> Games
)
{
    /// <summary>People of whom a record is made; where more were there, there is none.</summary>
    public const int MaxPeople = 64;

    /// <summary>Games that a record tells of.</summary>
    public const int MaxGames = 32;
}

/// <summary>The wish for a record.</summary>
/// <param name="Into">The conversation that it is to stand in.</param>
/// <param name="Asked">
/// Who was inside when somebody wished for it, and a member of the conversation: nobody else learns of it.
/// </param>
/// <param name="Agreed">Who of them wants it.</param>
public sealed record Wish(ConversationId Into, Set<PersonId> Asked, Set<PersonId> Agreed);

/// <summary>The wish for a record, as one who was asked sees it.</summary>
/// <param name="Into">The conversation that it is to stand in.</param>
/// <param name="Asked">Who of those inside was asked.</param>
/// <param name="Agreed">Who of those inside wants it.</param>
/// <param name="IsLost">
/// Whether somebody has gone who did not agree, or more were there than a record tells of: unless they come back and
/// agree there is none. Who is not said.
/// </param>
public sealed record WishView(ConversationId Into, Listing<PersonId> Asked, Listing<PersonId> Agreed, bool IsLost);
