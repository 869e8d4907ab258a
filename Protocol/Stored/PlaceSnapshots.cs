using Chat.Domain.Forms;
using Chat.Domain.Notices;
using Chat.Domain.Places;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>
/// Places as snapshots: somebody moves some twenty times a day, and where they are is asked whenever they look at the
/// house.
/// </summary>
internal static class PlaceSnapshots
{
    /// <summary>The fields of a snapshot, by whose number it is told from those of other streams.</summary>
    public const int Fields = 3;

    private static readonly Form<Kept> Form = Chat.Domain.Forms.Form.Of<Kept>();

    public static void Write(ref MessagePackWriter writer, AnyStream stream, State state)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(stream.Version);
        writer.Write(stream.LastAt.Milliseconds);
        writer.Write(
            Form.Write(
                new Kept(
                    state.Room,
                    state.IsPrivate,
                    Listing.From(state.Ghosted),
                    Listing.From(state.Muted),
                    state.Quiet,
                    Listing.From(state.Waves.AsEnumerable().Select(one => new Waved(one.Key, one.Value))),
                    state.OnCallWith
                )
            )
        );
    }

    public static AnyStream Read(ref MessagePackReader reader)
    {
        reader.Fixed(Fields);
        var (version, lastAt, written) = (reader.Count64(), reader.Instant(), reader.Datum());
        reader.End();
        var kept = Form.Read(written).IfNone(() => throw new UnreadableException("stored.fields"));
        var waves = kept.Waves.Fold(Map<PersonId, Wave>(), (map, one) => map.TryAdd(one.By, one.Wave));
        var state = new State(
            kept.Room,
            kept.IsPrivate,
            toSet(kept.Ghosted.Distinct()),
            toSet(kept.Muted.Distinct()),
            kept.Quiet,
            waves
        )
        {
            OnCallWith = kept.OnCallWith,
        };
        return new Stream<State, Command, Event>(Domain.Places.Place.Decider, state, version, lastAt);
    }

    private sealed record Kept(
        RoomId? Room,
        bool IsPrivate,
        Listing<PersonId> Ghosted,
        Listing<PersonId> Muted,
        QuietHours? Quiet,
        Listing<Waved> Waves,
        PersonId? OnCallWith
    );

    private sealed record Waved(PersonId By, Wave Wave);
}
