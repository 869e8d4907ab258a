namespace Chat.Host.Nats;

/// <summary>Digests under keys that are fetched, each person's own.</summary>
public sealed class Digests(Func<PersonId, ValueTask<byte[]>> keyOf) : IDigests
{
    /// <inheritdoc/>
    public ValueTask<Digest> OfAsync(PersonId person, byte[] normal)
    {
        var key = keyOf(person);
        return key.IsCompletedSuccessfully ? new(Digest.Of(key.Result, normal)) : AwaitAsync(key, normal);
    }

    private static async ValueTask<Digest> AwaitAsync(ValueTask<byte[]> key, byte[] normal) =>
        Digest.Of(await key, normal);
}
