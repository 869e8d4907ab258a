using Chat.Domain.Calls;
using Chat.Host.Store;
using Chat.Protocol;
using Chat.Protocol.Wire;

namespace Chat.Host.House;

/// <summary>
/// Tells the two of a call how it is, after each change. While it rings, and where nobody took it, whoever was called
/// is told only if they hear it, see <see cref="Line.IsHeard"/>.
/// </summary>
internal sealed class CallsTold(Shown shown, Database database, InOrder telling, Func<Instant> now)
{
    public void Publish(StreamKey stream, State after)
    {
        if (after.Last is { } call)
            telling.Later(() => TellAsync(stream.Tenant, call));
    }

    private async Task TellAsync(TenantId tenant, Call call)
    {
        var payload = CallAnswers.Told(call);
        shown.Send(call.Caller, Subjects.Call(call.Caller, call.Callee), payload);
        if (call.AnsweredAt is null)
        {
            await using var connected = await database.Reads.OpenConnectionAsync();
            if (!Line.IsHeard(await HouseReads.PlaceAsync(connected, tenant, call.Callee), call.Caller, now()))
                return;
        }
        shown.Send(call.Callee, Subjects.Call(call.Callee, call.Caller), payload);
    }
}
