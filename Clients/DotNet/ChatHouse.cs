using Chat.Domain.Rooms;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Client;

/// <summary>The house: being in it, who else is, and the rooms.</summary>
public static class ChatHouse
{
    private const string House = "house";
    private const string Room = "room";

    /// <summary>
    /// Is in the house for as long as the answer says, in milliseconds; to be asked again after a third of it.
    /// </summary>
    /// <param name="client">Who.</param>
    /// <param name="isSneaking">Whether nobody is to be told.</param>
    /// <param name="isAway">Not to be in any more, on this device.</param>
    /// <param name="stop">Gives up.</param>
    public static Task<Either<Refusal, long>> HereAsync(
        this ChatClient client,
        bool isSneaking = false,
        bool isAway = false,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            House,
            Subjects.Nothing,
            "here",
            HouseRequests.Here(isSneaking, isAway),
            HouseAnswers.Lease,
            stop
        );

    /// <summary>Who is in, and which rooms are lit.</summary>
    public static Task<Either<Refusal, HouseView>> HouseAsync(
        this ChatClient client,
        CancellationToken stop = default
    ) => client.AskAsync(House, Subjects.Nothing, "get", [], HouseAnswers.House, stop);

    /// <summary>Changes one's own place in the house, or waves at somebody.</summary>
    /// <param name="client">Who.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="of">At whom is waved; of anything else one's own.</param>
    /// <param name="id">With an id of one's own it can be asked again at any time, and takes effect once.</param>
    /// <param name="stop">Gives up.</param>
    public static Task<Either<Refusal, SilentReceipt>> PlaceAsync(
        this ChatClient client,
        Domain.Places.Command command,
        PersonId? of = null,
        ClientId? id = null,
        CancellationToken stop = default
    )
    {
        var (addressed, verb) = HouseRequests.AddressOf(command, of ?? client.Person);
        var body = HouseRequests.Of(command, id ?? ChatClient.NewId());
        return client.AskAsync(House, addressed, verb, body, PairAnswers.Receipt, stop);
    }

    /// <summary>Asks something of a room; none where it is to be lit.</summary>
    /// <param name="client">Who.</param>
    /// <param name="room">Which.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="id">With an id of one's own it can be asked again at any time, and takes effect once.</param>
    /// <param name="stop">Gives up.</param>
    public static Task<Either<Refusal, RoomReceipt>> RoomAsync(
        this ChatClient client,
        RoomId? room,
        Command command,
        ClientId? id = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            Room,
            room?.Value ?? Subjects.Nothing,
            RoomRequests.VerbOf(command),
            RoomRequests.Of(command, id ?? ChatClient.NewId()),
            RoomAnswers.Receipt,
            stop
        );

    /// <summary>What a room is: from inside, or from outside.</summary>
    public static Task<Either<Refusal, Looked>> LookAsync(
        this ChatClient client,
        RoomId room,
        CancellationToken stop = default
    ) => client.AskAsync(Room, room.Value, "get", [], RoomAnswers.Looked, stop);

    /// <summary>Does something at the table of a room.</summary>
    public static Task<Either<Refusal, RoomReceipt>> PlayAsync(
        this ChatClient client,
        RoomId room,
        Domain.Games.Command what,
        ClientId? id = null,
        CancellationToken stop = default
    ) =>
        client.AskAsync(
            Room,
            room.Value,
            "play",
            TableData.Of(what, id ?? ChatClient.NewId()),
            RoomAnswers.Receipt,
            stop
        );

    /// <summary>
    /// The log of the last game that was played in a room, and whether the host says that it is sound.
    /// </summary>
    public static Task<
        Either<Refusal, (Listing<Domain.Games.LogEntry> Log, Domain.Games.Verdict Verdict)>
    > GameLogAsync(this ChatClient client, RoomId room, CancellationToken stop = default) =>
        client.AskAsync(Room, room.Value, "log", [], TableData.Log, stop);

    /// <summary>Lets something fly over the room.</summary>
    public static Task<Either<Refusal, Unit>> FlingAsync(
        this ChatClient client,
        RoomId room,
        Emoji emoji,
        CancellationToken stop = default
    ) => client.AskAsync(Room, room.Value, "react", RoomRequests.React(emoji), _ => unit, stop);

    /// <summary>
    /// Passes something on to somebody in the same room, to one device of theirs or all: what calls are made of.
    /// </summary>
    public static Task<Either<Refusal, Unit>> PassAsync(
        this ChatClient client,
        RoomId room,
        PersonId to,
        DeviceId? device,
        CallSignal data,
        CancellationToken stop = default
    ) => client.AskAsync(Room, room.Value, "signal", RoomRequests.Signal(to, device, data), _ => unit, stop);
}
