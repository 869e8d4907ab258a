using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol.Stored;
using MessagePack;
using Xunit;

namespace Chat.Domain.Tests.Stored;

/// <summary>What is stored today is read tomorrow, and damage is named instead of thrown.</summary>
public sealed class StoredEventsTests
{
    [Fact]
    public void EveryTypeHasASampleAndANumberOfItsOwn()
    {
        Type[] unions =
        [
            typeof(Event),
            typeof(Domain.People.Event),
            typeof(Domain.Pairs.Event),
            typeof(Domain.Desks.Event),
            typeof(Domain.Rooms.Event),
            typeof(Domain.Places.Event),
            typeof(Domain.Calls.Event),
        ];
        var cases = unions
            .SelectMany(union => union.GetNestedTypes().Where(type => type.IsSubclassOf(union)))
            .ToHashSet();
        Assert.Equal(cases, Samples.All.Select(happened => happened.GetType()).ToHashSet());
        Assert.Equal(cases, EventTypes.All.Select(type => type.Type).ToHashSet());
        Assert.Equal(EventTypes.All.Count, EventTypes.All.Select(type => type.Number).Distinct().Count());
    }

    [Fact]
    public void TheFormsAreTheGoldenOnes()
    {
        foreach (var happened in Samples.All)
        {
            var stored = StoredEvents.Encode(Samples.Record(happened));
            var lines = $"{Convert.ToHexStringLower(stored.Bytes)}\n{stored.Body?.ReplaceLineEndings("\\n")}\n";
            Golden.Holds(stored.Type.Name, lines);
        }
        foreach (
            var (happened, twins) in Samples.Grown.Select(
                (one, at) => (one, Samples.Grown.Take(at).Count(other => other.GetType() == one.GetType()))
            )
        )
        {
            var stored = StoredEvents.Encode(Samples.Record(happened));
            var more = twins == 0 ? "more" : $"more{twins + 1}";
            Golden.Holds($"{stored.Type.Name}+{more}", $"{Convert.ToHexStringLower(stored.Bytes)}\n{stored.Body}\n");
        }
    }

    [Fact]
    public void EveryFormIsOneWellFormedValue()
    {
        foreach (var happened in Samples.All.Concat(Samples.Grown))
        {
            var stored = StoredEvents.Encode(Samples.Record(happened));
            var reader = new MessagePackReader(stored.Bytes);
            reader.Skip();
            Assert.True(reader.End, stored.Type.Name);
        }
    }

    [Fact]
    public void EveryGoldenFileIsStillReadable()
    {
        Assert.NotEmpty(Golden.Files);
        foreach (var file in Golden.Files.Where(file => !Path.GetFileName(file).StartsWith("snapshot")))
        {
            var lines = File.ReadAllLines(file);
            var body = lines[1].Length == 0 ? null : lines[1].Replace("\\n", "\n");
            var type = Path.GetFileNameWithoutExtension(file).Split('+')[0];
            var read = Decode(type, Convert.FromHexString(lines[0]), body);
            Assert.Contains(read.Event, Samples.All.Concat(Samples.Grown));
        }
    }

    [Fact]
    public void WhatIsReadIsWhatWasWritten()
    {
        foreach (var happened in Samples.All)
        {
            var recorded = Samples.Record(happened);
            Assert.Equal(recorded, RoundTrip(recorded));
            var bare = recorded with { Origin = recorded.Origin with { Digest = default }, Guards = [] };
            Assert.Equal(bare, RoundTrip(bare));
            Assert.NotEqual(recorded, RoundTrip(bare));
        }
    }

    [Fact]
    public void WithoutItsBodyAMessageIsGoneAndTheRestStands()
    {
        foreach (var happened in Samples.Events)
        {
            var stored = StoredEvents.Encode(Samples.Record(happened));
            Assert.Equal(happened.Stripped(), Decode(stored.Type.Name, stored.Bytes, null).Event);
            var again = StoredEvents.Encode(Samples.Record(happened.Stripped()));
            Assert.Null(again.Body);
            Assert.Equal(stored.Bytes, again.Bytes);
        }
    }

    [Fact]
    public void NoPartOfABodyIsAmongTheBytes()
    {
        var sent = new Event.MessageSent(new Stamp(Samples.Ann, new(1)), 1, Samples.Said("xyzzy"), null, []);
        var stored = StoredEvents.Encode(Samples.Record(sent));
        Assert.Equal(-1, stored.Bytes.AsSpan().IndexOf("xyzzy"u8));
        Assert.Equal("xyzzy", stored.Body);
    }

    [Fact]
    public void DamageIsNamedNotThrown()
    {
        var random = new Random(20_25);
        foreach (var happened in Samples.All)
        {
            var stored = StoredEvents.Encode(Samples.Record(happened));
            for (var at = 0; at < stored.Bytes.Length; at++)
            {
                foreach (var value in (byte[])[0x00, 0x7f, 0x80, 0xc0, 0xc1, 0xdd, 0xdf, 0xff, (byte)random.Next(256)])
                {
                    var damaged = stored.Bytes.ToArray();
                    damaged[at] = value;
                    StoredEvents.Decode(default, stored.Type.Name, damaged, stored.Body);
                }
                Assert.True(StoredEvents.Decode(default, stored.Type.Name, stored.Bytes.AsMemory(0, at), null).IsLeft);
            }
        }
    }

    [Fact]
    public void WhatIsTooMuchIsRefused()
    {
        var stored = StoredEvents.Encode(Samples.Record(Samples.Events[0]));
        Refused("stored.trailing_bytes", stored.Type.Name, [.. stored.Bytes, 0xc0]);
        Refused("event.unknown_type: conversation.created.v9", "conversation.created.v9", stored.Bytes);
        Refused("event.too_large", stored.Type.Name, new byte[StoredEvents.MaxBytes + 1]);
        Refused("stored.field_count", "conversation.left.v1", stored.Bytes);
        // An array that claims four thousand million members allocates nothing.
        Refused("stored.not_message_pack", stored.Type.Name, [0xdd, 0xff, 0xff, 0xff, 0xff]);
    }

    private static void Refused(string rule, string type, byte[] bytes) =>
        Assert.Equal(
            LanguageExt.Prelude.Some(new StoredFault(rule)),
            StoredEvents.Decode(default, type, bytes, null).Swap().ToOption()
        );

    private static Recorded RoundTrip(Recorded recorded)
    {
        var stored = StoredEvents.Encode(recorded);
        return Decode(stored.Type.Name, stored.Bytes, stored.Body);
    }

    private static Recorded Decode(string type, byte[] bytes, string? body)
    {
        var place = new Place(Samples.Stream, 9, Samples.Record(Samples.Events[0]).Id);
        return StoredEvents
            .Decode(place, type, bytes, body)
            .Match(Right: recorded => recorded, Left: fault => throw new InvalidOperationException(fault.Rule));
    }
}
