namespace Chat.Domain.Rooms;

/// <summary>What happened in a room.</summary>
public abstract record Event : AnyEvent
{
    private Event(Stamp stamp)
        : base(stamp) { }

    /// <summary>It was lit, and who did is inside.</summary>
    public sealed record Lit(Stamp Stamp, RoomName Name, bool IsLocked, Listing<PersonId> Guests, int Capacity)
        : Event(Stamp);

    /// <summary>Somebody came in, and why they could.</summary>
    public sealed record Entered(Stamp Stamp, Entry Entry) : Event(Stamp);

    /// <summary>Somebody went.</summary>
    public sealed record Left(Stamp Stamp) : Event(Stamp);

    /// <summary>Nobody walks in any more.</summary>
    public sealed record Locked(Stamp Stamp) : Event(Stamp);

    /// <summary>Friends walk in again.</summary>
    public sealed record Unlocked(Stamp Stamp) : Event(Stamp);

    /// <summary>Somebody asks to be let in; a friend of theirs was inside.</summary>
    public sealed record Knocked(Stamp Stamp, PersonId Via) : Event(Stamp);

    /// <summary>They do not ask any more.</summary>
    public sealed record Withdrew(Stamp Stamp) : Event(Stamp);

    /// <summary>Somebody who knocked may come in.</summary>
    public sealed record Admitted(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>Somebody who knocked may not.</summary>
    public sealed record Declined(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>Somebody was put out.</summary>
    public sealed record Expelled(Stamp Stamp, PersonId Person) : Event(Stamp);

    /// <summary>Something was said; null where it is gone.</summary>
    public sealed record Said(Stamp Stamp, RoomText? Text) : Event(Stamp);

    /// <summary>Something was said to one; null where it is gone.</summary>
    public sealed record Noted(Stamp Stamp, PersonId To, RoomText? Text) : Event(Stamp);

    /// <summary>Something happened at the table.</summary>
    public sealed record Played(Stamp Stamp, Games.Event What) : Event(Stamp);

    /// <summary>
    /// Whoever did this wants a record in that conversation, and all inside are asked; null: they want none any more.
    /// </summary>
    public sealed record KeepSet(Stamp Stamp, ConversationId? Into) : Event(Stamp);

    /// <summary>It is for these now; for nobody in particular where there is none.</summary>
    public sealed record GuestsSet(Stamp Stamp, Listing<PersonId> Guests) : Event(Stamp);
}
