using Chat.Protocol.Wire;

namespace Chat.Host.Nats;

/// <summary>What the host answers queries with.</summary>
public interface IQueries
{
    /// <summary>The answer, as MessagePack, or why there is none.</summary>
    Task<Either<Refusal, byte[]>> AnswerAsync(PersonId person, DeviceId device, Ask ask);
}

/// <summary>Where digests come from: a person's own key, which erasing the person destroys.</summary>
public interface IDigests
{
    /// <summary>The keyed digest of a request in its normal form.</summary>
    ValueTask<Digest> OfAsync(PersonId person, byte[] normal);
}
