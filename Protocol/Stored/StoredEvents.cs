using System.Buffers;
using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Stored;

/// <summary>Why stored bytes could not be read.</summary>
/// <param name="Rule">The rule that they break.</param>
public sealed record StoredFault(string Rule);

/// <summary>An event as it is stored.</summary>
/// <param name="Type">Its name and version.</param>
/// <param name="Bytes">What happened: everything but what was said.</param>
/// <param name="Body">
/// What was said, kept apart so that it can be taken away; null where nothing was, or it is gone.
/// </param>
public sealed record StoredEvent(EventType Type, byte[] Bytes, string? Body);

/// <summary>Where an event stands, and what it is called: what the store keeps beside its bytes.</summary>
public readonly record struct Place(StreamKey Stream, long Version, Guid Id);

/// <summary>
/// Events to bytes and back: one MessagePack array of stamp, origin, guards and the event's own fields in a fixed
/// order. A form never changes; another one gets another version in its name. Golden files hold it to that.
/// </summary>
public static class StoredEvents
{
    /// <summary>The largest event that is read, in bytes: a create with a thousand members has a third of it.</summary>
    public const int MaxBytes = 262_144;

    /// <summary>What an event without a request behind it is read with, as one appended through another door.</summary>
    public static Origin NoOrigin { get; } = new(DeviceId.Of("_none"), ClientId.Of("_none"), default);

    /// <summary>An event as it is stored. What is gone is stored without a body.</summary>
    public static StoredEvent Encode(Recorded recorded) => Encode(recorded.Event, recorded.Origin, recorded.Guards);

    /// <summary>An event without its request and reason.</summary>
    public static StoredEvent Encode(AnyEvent happened) => Encode(happened, NoOrigin, Listing<Guard>.Empty);

    private static StoredEvent Encode(AnyEvent happened, Origin origin, Listing<Guard> guards)
    {
        var type = EventTypes.Of(happened);
        var buffer = new ArrayBufferWriter<byte>(160);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(happened.Stamp);
        writer.Write(origin == NoOrigin ? null : origin);
        writer.Write(guards);
        var body = happened is Event conversation ? ConversationEvents.Write(ref writer, conversation) : null;
        if (happened is Domain.People.Event person)
            PersonEvents.Write(ref writer, person);
        if (happened is Domain.Pairs.Event pair)
            PairEvents.Write(ref writer, pair);
        if (happened is Domain.Desks.Event desk)
            DeskEvents.Write(ref writer, desk);
        if (IsFormed(happened.GetType()))
            body = FormedEvents.Write(ref writer, happened);
        writer.Flush();
        return new StoredEvent(type, buffer.WrittenSpan.ToArray(), body);
    }

    /// <summary>
    /// Reads what was stored, or names the rule that it breaks; nothing is thrown, whatever the bytes. A message whose
    /// body is not there reads as gone.
    /// </summary>
    public static Either<StoredFault, Recorded> Decode(
        Place place,
        string type,
        ReadOnlyMemory<byte> bytes,
        string? body
    ) =>
        EventTypes
            .Find(type)
            .ToEither(new StoredFault($"event.unknown_type: {type}"))
            .Bind(found =>
                bytes.Length <= MaxBytes
                    ? Reading.Guarded(() => Read(place, found, bytes, body))
                    : Left<StoredFault, Recorded>(new StoredFault("event.too_large"))
            );

    private static Recorded Read(Place place, EventType type, ReadOnlyMemory<byte> bytes, string? body)
    {
        var reader = new MessagePackReader(bytes);
        reader.Fixed(4);
        var stamp = reader.Stamp();
        var origin = reader.Origin() ?? NoOrigin;
        var guards = reader.Guards();
        AnyEvent happened =
            type.Type.IsSubclassOf(typeof(Event)) ? ConversationEvents.Read(ref reader, type.Number, stamp, Said(body))
            : type.Type.IsSubclassOf(typeof(Domain.Pairs.Event)) ? PairEvents.Read(ref reader, type.Number, stamp)
            : type.Type.IsSubclassOf(typeof(Domain.Desks.Event)) ? DeskEvents.Read(ref reader, type.Type, stamp)
            : IsFormed(type.Type) ? FormedEvents.Read(ref reader, type.Type, stamp, body)
            : PersonEvents.Read(ref reader, type.Type, stamp);
        reader.End();
        return new Recorded(place.Stream, place.Version, place.Id, happened, origin, guards);
    }

    private static bool IsFormed(Type type) =>
        type.IsSubclassOf(typeof(Domain.Rooms.Event))
        || type.IsSubclassOf(typeof(Domain.Places.Event))
        || type.IsSubclassOf(typeof(Domain.Calls.Event));

    private static Content Said(string? body) => body is null ? Content.Redacted : StoredContent.Read(body);
}
