using System.Collections.Concurrent;
using Chat.Domain.Meeting;
using Chat.Host.Store;
using State = Chat.Domain.Rooms.State;

namespace Chat.Host.House;

/// <summary>Follows the rooms of this host, and notes who was in one with whom once one of them has gone.</summary>
internal sealed class Companions(Database database)
{
    private readonly ConcurrentDictionary<StreamKey, AnyStream> rooms = new();

    /// <summary>
    /// Takes what happened in a room; what is to be written then, nothing where nobody went. To be called in the order
    /// of the events of a room.
    /// </summary>
    public Func<Task>? Follow(StreamKey stream, AnyStream after, Seq<Recorded> events)
    {
        var before = rooms.GetValueOrDefault(stream);
        if (after.State is State { IsLit: true })
            rooms[stream] = after;
        else
            rooms.TryRemove(stream, out _);
        if (!events.Exists(one => one.Event is Domain.Rooms.Event.Left or Domain.Rooms.Event.Expelled))
            return null;
        // Of a room that somebody else had until now, it is looked up what it was.
        return before?.Version == events[0].Version - 1
            ? () => NoteAsync(before, events)
            : async () => await NoteAsync(await BeforeAsync(stream, events[0].Version), events);
    }

    private async Task<AnyStream> BeforeAsync(StreamKey stream, long version) =>
        StreamReads
            .Fresh(stream)
            .Fold((await RecordedRows.OfAsync(database, stream, 1, version - 1)).Map(recorded => recorded.Event));

    private async Task NoteAsync(AnyStream before, Seq<Recorded> events)
    {
        var met = Encounter.Of(before, events.Map(recorded => recorded.Event));
        if (!met.IsEmpty)
            await CompanyRows.NoteAsync(database, met);
    }
}
