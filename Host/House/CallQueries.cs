using Chat.Domain.Calls;
using Chat.Host.Store;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Npgsql;

namespace Chat.Host.House;

/// <summary>Answers about calls of two, and passes on what goes from one device to the other.</summary>
internal sealed class CallQueries(TenantId tenant, Shown shown, IRelays relays, Func<Instant> now)
{
    public async Task<Either<Refusal, byte[]>> AnswerAsync(
        NpgsqlConnection connected,
        PersonId person,
        DeviceId device,
        Ask ask
    ) =>
        ask switch
        {
            Ask.CallWith call => CallAnswers.Ok((await LineAsync(connected, person, call.Other)).Last),
            Ask.PassOn pass => PassOn(person, device, pass, await LineAsync(connected, person, pass.Other)),
            _ => CallAnswers.Ok(relays.Of(person, now())),
        };

    private async Task<State> LineAsync(NpgsqlConnection connected, PersonId person, PersonId other) =>
        (State)(await StreamReads.LoadAsync(connected, StreamKey.Line(tenant, person, other))).Current.State;

    private Either<Refusal, byte[]> PassOn(PersonId person, DeviceId device, Ask.PassOn pass, State line)
    {
        if (Line.NotPassed(line, person, device, pass.Number).Case is Refusal refusal)
            return refusal;
        var passed = CallAnswers.Passed(new CallPassed(pass.Number, person, device, pass.Data));
        shown.Send(pass.Other, Subjects.CallSignal(pass.Other, person), passed);
        return Answers.Ok();
    }
}
