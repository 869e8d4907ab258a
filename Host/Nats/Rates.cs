using Chat.Domain.Limiting;

namespace Chat.Host.Nats;

/// <summary>
/// How often each person, device and conversation has asked of late. Held in memory: after a restart all may ask again.
/// </summary>
public sealed class Rates(RateLimits limits, Func<Instant> now)
{
    private const int MostHeld = 100_000;
    private readonly Lock gate = new();
    private Buckets<Key> buckets = Buckets<Key>.Full;
    private int asked;

    private enum Of
    {
        Person,
        Device,
        Conversation,
        Queries,
        Misses,
    }

    private readonly record struct Key(Of Of, string Name);

    /// <summary>Whether a change may be asked for; it counts then.</summary>
    public Refusal? Change(PersonId person, DeviceId device, StreamKey stream) =>
        Take(
            person,
            (new Key(Of.Person, person.Value), limits.Person),
            (new Key(Of.Device, $"{person}.{device}"), limits.Device),
            (new Key(Of.Conversation, stream.ToString()), limits.Conversation)
        );

    /// <summary>Whether a query may be asked; it counts then.</summary>
    public Refusal? Query(PersonId person, DeviceId device) =>
        Take(person, (new Key(Of.Queries, $"{person}.{device}"), limits.Queries));

    /// <summary>Somebody named what is not there, or not theirs: beyond a few, they are to guess no more.</summary>
    public void Missed(PersonId person)
    {
        lock (gate)
            (buckets, _) = buckets.Take([(new Key(Of.Misses, person.Value), limits.Misses)], now());
    }

    private Refusal? Take(PersonId person, params ReadOnlySpan<(Key, Rate)> wanted)
    {
        lock (gate)
        {
            var at = now();
            if (++asked % MostHeld == 0)
                buckets = buckets.Swept(RateOf, at);
            if (buckets.WaitMs(new Key(Of.Misses, person.Value), limits.Misses, at) is > 0 and var wait)
                return new Refusal.RateLimited("rate.misses", wait);
            (buckets, var refused) = buckets.Take(wanted, at);
            return refused.Case is (Key key, long ms) ? new Refusal.RateLimited(RuleOf(key.Of), ms) : null;
        }
    }

    private Rate RateOf(Key key) =>
        key.Of switch
        {
            Of.Person => limits.Person,
            Of.Device => limits.Device,
            Of.Conversation => limits.Conversation,
            Of.Queries => limits.Queries,
            _ => limits.Misses,
        };

    private static string RuleOf(Of of) =>
        of switch
        {
            Of.Person => "rate.person",
            Of.Device => "rate.device",
            Of.Conversation => "rate.conversation",
            Of.Queries => "rate.queries",
            _ => "rate.misses",
        };
}
