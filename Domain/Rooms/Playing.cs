using Chat.Domain.Games;
using Chat.Domain.Games.Decks;

namespace Chat.Domain.Rooms;

/// <summary>Games in a room: one table, and who leaves the room leaves it.</summary>
public static class Playing
{
    /// <summary>The table of every room, with the decks that come with the package.</summary>
    public static Table Table { get; } = Table.With(Shelf.Of(Shelf.Texts()).IfFail(_ => new Shelf([])));

    /// <summary>How events of rooms are written, those of all games among them.</summary>
    public static Form<Event> Events { get; } =
        Form.Of<Event>((typeof(GameEvent), Listing.From(Table.Games.Select(game => (game.Info.Name, game.Events)))));

    /// <summary>The log of the last game, once it has ended, and whether it proves the deal.</summary>
    public static Option<(Listing<LogEntry> Log, Games.Verdict Verdict)> Proof(State state) =>
        Table.Log(state.Log).Map(log => (log, Table.Verify(log)));

    /// <summary>When the table wants to be asked.</summary>
    internal static Option<(Instant At, AnyCommand Command)> Due(State state) =>
        state.IsLit ? Table.Due(state.Table).Map(at => (at, (AnyCommand)new Command.Elapse())) : None;

    /// <summary>What comes of what somebody wants at the table.</summary>
    internal static Either<Refusal, Decision> Play(Context context, State state, Games.Command what, Secret dice) =>
        Table
            .Decide(state.Table, new Asking(context.Person, context.Now, PlaceOf(context), dice), what)
            .Map(events =>
                events.IsEmpty
                    ? Decision.AlreadySo
                    : new Decision(
                        events.Map(happened => (AnyEvent)new Event.Played(context.Stamp, happened)).Strict(),
                        Empty,
                        Empty
                    )
            );

    /// <summary>What it is at the table that somebody goes out of a room.</summary>
    internal static Seq<AnyEvent> GetUp(Stamp stamp, StreamKey room, State state) =>
        Table
            .Decide(state.Table, new Asking(stamp.By, stamp.At, room.ToString(), default), new Games.Command.GetUp())
            .IfLeft(Empty)
            .Map(happened => (AnyEvent)new Event.Played(stamp, happened))
            .Strict();

    private static string PlaceOf(Context context) => StreamKey.Of(context.Tenant, RoomId.Of(context.Id)).ToString();
}
