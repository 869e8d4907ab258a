using Chat.Domain.Values;
using Chat.Protocol.Wire;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Store;

/// <summary>Asks what was missed, as a device does.</summary>
internal static class Resuming
{
    public static async Task<ResumePage> AskAsync(Scene scene, string? cursor)
    {
        var queries = new Queries(
            scene.Database,
            TenantId.Main,
            () => true,
            () => new Instant(0),
            null!,
            null!,
            null!,
            null,
            null!
        );
        var answer = await queries.AnswerAsync(Ann, DeviceId.Of("phone"), new Ask.Resume(cursor, []));
        return answer
            .Bind(bytes => Decoding.Answer(bytes, Decoding.Resume))
            .Match(Right: page => page, Left: refusal => throw new InvalidOperationException(refusal.Code));
    }
}
