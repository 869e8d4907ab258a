namespace Chat.Domain.Rooms;

/// <summary>What somebody wants of a room.</summary>
public abstract record Command : AnyCommand
{
    private Command() { }

    /// <summary>
    /// Light a room and be in it, and in none besides. Its id follows from the request, see <see
    /// cref="Derive.RoomId"/>.
    /// </summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="IsLocked">Whether it is locked at once.</param>
    /// <param name="Guests">Friends for whom it is; nobody: whoever has a friend inside.</param>
    /// <param name="Capacity">How many have room: 2 to <see cref="Room.MaxCapacity"/>.</param>
    public sealed record Light(RoomName Name, bool IsLocked, Listing<PersonId> Guests, int Capacity) : Command;

    /// <summary>Walk in, out of whatever room one is in.</summary>
    public sealed record Enter : Command;

    /// <summary>Go. The room of the last who goes is dark for good.</summary>
    public sealed record Leave : Command;

    /// <summary>Let nobody walk in any more; by anybody inside.</summary>
    public sealed record Lock : Command;

    /// <summary>Let friends walk in again; by anybody inside.</summary>
    public sealed record Unlock : Command;

    /// <summary>Ask to be let in, by a friend of somebody inside.</summary>
    public sealed record Knock : Command;

    /// <summary>Not ask any more.</summary>
    public sealed record Withdraw : Command;

    /// <summary>Let somebody in who knocked.</summary>
    public sealed record Admit(PersonId Person) : Command;

    /// <summary>Not let somebody in who knocked.</summary>
    public sealed record Decline(PersonId Person) : Command;

    /// <summary>Put somebody out, for good; by the keeper.</summary>
    public sealed record Expel(PersonId Person) : Command;

    /// <summary>Say something to all inside.</summary>
    public sealed record Say(RoomText Text) : Command;

    /// <summary>Say something to one of them.</summary>
    public sealed record Note(PersonId To, RoomText Text) : Command;

    /// <summary>Do something at the table.</summary>
    /// <param name="What">What is wanted there.</param>
    /// <param name="Dice">Drawn for this request by a source that nobody foresees; whoever decides draws them.</param>
    public sealed record Play(Games.Command What, Secret Dice) : Command;

    /// <summary>What is due at the table happens. Before it is due nothing does, whoever asks.</summary>
    public sealed record Elapse : Command;

    /// <summary>
    /// Want a record of the party in a conversation afterwards, see <see cref="Party"/>; another than the one that is
    /// asked for takes its place. Null: not want one any more.
    /// </summary>
    public sealed record Keep(ConversationId? Into) : Command;

    /// <summary>Change for whom it is; by the keeper, of their friends.</summary>
    public sealed record SetGuests(Listing<PersonId> Guests) : Command;
}
