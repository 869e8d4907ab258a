using Chat.Domain.Forms;
using Chat.Domain.Rooms;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Rooms as snapshots: every look, every reaction and every candidate of a call asks who is inside, and much is said in
/// a room that is lit all evening. The table is folded again from what its last game has.
/// </summary>
internal static class RoomSnapshots
{
    /// <summary>The fields of a snapshot, by whose number it is told from those of other streams.</summary>
    public const int Fields = 5;

    // Strokes of a drawing, most of all.
    private const int MostEntries = 1_000_000;

    private static readonly Form<Kept> Form = Chat.Domain.Forms.Form.Of<Kept>();

    public static void Write(ref MessagePackWriter writer, AnyStream stream, State state)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(stream.Version);
        writer.Write(stream.LastAt.Milliseconds);
        writer.Write(Form.Write(KeptOf(state)));
        writer.WriteArrayHeader(state.Talk.Count * 2);
        foreach (var line in state.Talk)
        {
            writer.Write(line.Version);
            writer.Write(Playing.Events.Write(line.Event));
        }
        writer.WriteArrayHeader(state.Log.Count);
        foreach (var entry in state.Log)
            writer.Write(Playing.Table.Entries.Write(entry));
    }

    public static AnyStream Read(ref MessagePackReader reader)
    {
        reader.Fixed(Fields);
        var (version, lastAt) = (reader.Count64(), reader.Instant());
        var kept = Of(Form, reader.Datum());
        var talk = new Line[reader.Count(2 * Room.MaxTalk) / 2];
        for (var i = 0; i < talk.Length; i++)
            talk[i] = new Line(reader.Count64(), Of(Playing.Events, reader.Datum()));
        var log = new Domain.Games.Entry[reader.Count(MostEntries)];
        for (var i = 0; i < log.Length; i++)
            log[i] = Of(Playing.Table.Entries, reader.Datum());
        reader.End();
        var state = StateOf(kept, version, Listing.From(talk), toSeq(log));
        return new Stream<State, Command, Event>(Room.Decider, state, version, lastAt);
    }

    private static T Of<T>(Form<T> form, Datum written)
        where T : class => form.Read(written).IfNone(() => throw new UnreadableException("stored.fields"));

    private static Kept KeptOf(State state) =>
        new(
            state.Name,
            state.Capacity,
            Listing.From(state.Occupants.AsEnumerable().Select(one => new Inside(one.Key, one.Value))),
            state.Keeper,
            state.LockedBy,
            Listing.From(state.Guests),
            Listing.From(state.Knocks.AsEnumerable().Select(one => new Knocking(one.Key, one.Value))),
            Listing.From(state.Admitted.AsEnumerable().Select(one => new Let(one.Key, one.Value))),
            Listing.From(state.Expelled),
            state.LitAt,
            Listing.From(state.Attendance.Values),
            state.Played,
            state.Wish is { } wish ? new Wished(wish.Into, Listing.From(wish.Asked), Listing.From(wish.Agreed)) : null
        );

    private static State StateOf(Kept kept, long version, Listing<Line> talk, Seq<Domain.Games.Entry> log) =>
        new(
            kept.Name,
            kept.Capacity,
            kept.Occupants.Fold(Map<PersonId, Occupant>(), (map, one) => map.TryAdd(one.Person, one.Occupant)),
            kept.Keeper,
            kept.LockedBy,
            toSet(kept.Guests.Distinct()),
            kept.Knocks.Fold(Map<PersonId, Knock>(), (map, one) => map.TryAdd(one.By, one.Knock)),
            kept.Admitted.Fold(Map<PersonId, Admission>(), (map, one) => map.TryAdd(one.Person, one.Admission)),
            toSet(kept.Expelled.Distinct()),
            talk,
            version,
            log.Fold(Domain.Games.State.Initial, Playing.Table.Evolve),
            log
        )
        {
            LitAt = kept.LitAt,
            Attendance = kept.Attendance.Fold(Map<PersonId, Attended>(), (map, one) => map.TryAdd(one.Person, one)),
            Played = kept.Played,
            Wish = kept.Wish is { } wish
                ? new Wish(wish.Into, toSet(wish.Asked.Distinct()), toSet(wish.Agreed.Distinct()))
                : null,
        };

    private sealed record Kept(
        RoomName? Name,
        int Capacity,
        Listing<Inside> Occupants,
        PersonId? Keeper,
        PersonId? LockedBy,
        Listing<PersonId> Guests,
        Listing<Knocking> Knocks,
        Listing<Let> Admitted,
        Listing<PersonId> Expelled,
        Instant LitAt,
        Listing<Attended> Attendance,
        Listing<PartyGame> Played,
        Wished? Wish
    );

    private sealed record Inside(PersonId Person, Occupant Occupant);

    private sealed record Knocking(PersonId By, Knock Knock);

    private sealed record Let(PersonId Person, Admission Admission);

    private sealed record Wished(ConversationId Into, Listing<PersonId> Asked, Listing<PersonId> Agreed);
}
