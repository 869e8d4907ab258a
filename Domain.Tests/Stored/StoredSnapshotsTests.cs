using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol.Stored;
using Xunit;

namespace Chat.Domain.Tests.Stored;

/// <summary>A snapshot is the fold, or it is not used.</summary>
public sealed class StoredSnapshotsTests
{
    private static AnyStream Folded(int events) => Conversation.New.Fold(Samples.Events.Take(events));

    [Fact]
    public void ASnapshotIsTheStreamItWasMadeOf()
    {
        for (var events = 0; events <= Samples.Events.Length; events++)
            Assert.Equal(Folded(events), RoundTrip(Folded(events)));
        Assert.NotEqual(Folded(3), RoundTrip(Folded(4)));
    }

    /// <summary>Of somebody's place, too, in each state that the samples come through.</summary>
    [Fact]
    public void ASnapshotOfAPlaceIsThePlace()
    {
        var stamp = new Stamp(PersonId.Of("ann"), new Instant(1_700_000_000_124));
        AnyEvent[] moves = [.. RoomSamples.Places, new Domain.Places.Event.QuietSet(stamp, null)];
        for (var events = 0; events <= moves.Length; events++)
        {
            var place = Domain.Places.Place.New.Fold(moves.Take(events));
            Assert.Equal(place, RoundTrip(place));
            Assert.Equal(Domain.Places.Place.New.Fold(moves), RoundTrip(place).Fold(moves.Skip(events)));
        }
        Assert.NotEqual(Domain.Places.Place.New, RoundTrip(Domain.Places.Place.New.Fold(moves.Take(1))));
    }

    [Fact]
    public void SnapshotAndTailAreTheFullFold()
    {
        for (var events = 0; events < Samples.Events.Length; events++)
            Assert.Equal(Folded(Samples.Events.Length), RoundTrip(Folded(events)).Fold(Samples.Events.Skip(events)));
    }

    /// <summary>
    /// If this fails, the same events fold to something else: raise <see cref="StoredSnapshots.FoldVersion"/>.
    /// </summary>
    [Fact]
    public void TheFoldOfAFoldVersionIsTheGoldenOne() =>
        Golden.Holds(
            $"snapshot.{StoredSnapshots.FoldVersion}",
            Convert.ToHexStringLower(Bytes(Folded(Samples.Events.Length))) + "\n"
        );

    [Fact]
    public void DamageIsNamedNotThrown()
    {
        Damage(Bytes(Folded(Samples.Events.Length)));
        Damage(Bytes(Domain.Places.Place.New.Fold(RoomSamples.Places)));
        Damage(Bytes(Domain.Rooms.Room.New.Fold(RoomSamples.Rooms)));
    }

    private static void Damage(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var value in (byte[])[0x00, 0x7f, 0x80, 0xc0, 0xdd, 0xdf, 0xff])
            {
                var damaged = bytes.ToArray();
                damaged[at] = value;
                StoredSnapshots.Decode(damaged);
            }
            Assert.True(StoredSnapshots.Decode(bytes.AsMemory(0, at)).IsLeft);
        }
        Assert.True(StoredSnapshots.Decode((byte[])[.. bytes, 0x00]).IsLeft);
    }

    private static AnyStream RoundTrip(AnyStream stream) =>
        StoredSnapshots
            .Decode(Bytes(stream))
            .Match(Right: read => read, Left: fault => throw new InvalidOperationException(fault.Rule));

    private static byte[] Bytes(AnyStream stream) => StoredSnapshots.Encode(stream).IfNone([]);
}
