using Chat.Protocol.Stored;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace Chat.Host.Store;

/// <summary>
/// Marten over the same rows. It owns the schema of its tables, documents and asynchronous projections; the append goes
/// round its session, so there are no inline projections.
/// </summary>
internal static class MartenSetup
{
    public const string SchemaName = "chat";

    public static DocumentStore Open(NpgsqlDataSource source, Action<StoreOptions>? more) =>
        DocumentStore.For(options =>
        {
            options.Connection(source);
            options.DatabaseSchemaName = SchemaName;
            options.DisableNpgsqlLogging = true;
            var events = options.Events;
            events.StreamIdentity = StreamIdentity.AsString;
            events.AppendMode = EventAppendMode.Quick;
            events.UseIdentityMapForAggregates = false;
            events.UseListenNotifyForEventAppends = false;
            events.UseAdvisoryLockTransaction = true;
            events.EnableUniqueIndexOnEventId = true;
            events.MetadataConfig.UserNameEnabled = true;
            events.MetadataConfig.CorrelationIdEnabled = true;
            foreach (var type in EventTypes.All)
            {
                events.MapEventType(type.Type, type.Name);
                Binary.MakeGenericMethod(type.Type).Invoke(null, [options]);
            }
            more?.Invoke(options);
        });

    private static readonly System.Reflection.MethodInfo Binary = typeof(MartenSetup).GetMethod(
        nameof(UseBinary),
        System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
    )!;

    private static void UseBinary<T>(StoreOptions options)
        where T : class => options.Events.UseBinarySerializer<T>(new StoredEventSerializer());
}

/// <summary>
/// What happened, for Marten: never what was said, which is in another column. An event that goes in through Marten's
/// own door comes without a request behind it, and without what was said.
/// </summary>
internal sealed class StoredEventSerializer : IEventBinarySerializer
{
    public byte[] Serialize(Type type, object data) =>
        data is AnyEvent happened
            ? StoredEvents.Encode(happened).Bytes
            : throw new ArgumentException($"{type} is no event of the domain", nameof(data));

    public object Deserialize(Type type, byte[] bytes) =>
        StoredEvents
            .Decode(default, EventTypes.All.First(one => one.Type == type).Name, bytes, null)
            .Match(
                Right: recorded => (object)recorded.Event,
                Left: fault => throw new CorruptRowException("an event of " + type.Name, fault.Rule)
            );
}

/// <summary>A row that cannot be read: damage, or a type that only another version of the host knows.</summary>
public sealed class CorruptRowException(string row, string rule) : Exception($"{row}: {rule}");
