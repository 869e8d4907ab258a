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
            Ask.PassOn pass => PassOn(person, device, pass, (await LineAsync(connected, person, pass.Other)).Last),
            _ => CallAnswers.Ok(relays.Of(person, now())),
        };

    private async Task<State> LineAsync(NpgsqlConnection connected, PersonId person, PersonId other) =>
        (State)(await StreamReads.LoadAsync(connected, StreamKey.Line(tenant, person, other))).Current.State;

    // Before it is taken nothing goes: what devices tell each other tells where they are.
    private Either<Refusal, byte[]> PassOn(PersonId person, DeviceId device, Ask.PassOn pass, Call? call)
    {
        if (call?.Number != pass.Number)
            return new Refusal.NotFound("call.unknown");
        if (call.Over is not null)
            return new Refusal.TooLate("call.over");
        if (call.AnsweredAt is null)
            return new Refusal.Forbidden(["call.not_taken"]);
        if (device != (person == call.Caller ? call.From : call.On))
            return new Refusal.Forbidden(["call.other_device"]);
        var passed = CallAnswers.Passed(new CallPassed(call.Number, person, device, pass.Data));
        shown.Send(pass.Other, Subjects.CallSignal(pass.Other, person), passed);
        return Answers.Ok();
    }
}
