using Chat.Domain.Calls;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Calls;

/// <summary>Taking a call and letting it go, by examples: Mia calls Tomas from her phone.</summary>
public sealed class LineTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly DeviceId Phone = DeviceId.Of("phone");
    private static readonly DeviceId Desk = DeviceId.Of("desk");
    private static readonly Instant Now = new(1_800_000_000_000);
    private static readonly AnyStream Ringing = Line.New.Evolve(new Event.Rung(By(Mia), Tomas, Phone, false));
    private static readonly AnyStream Taken = Ringing.Evolve(new Event.Answered(By(Tomas), Desk));

    [Fact]
    public void Only_the_first_device_takes_it()
    {
        Assert.Equal([new Event.Answered(By(Tomas), Phone)], Does(Ringing, Tomas, Phone, new Command.Accept(1)));
        Assert.Empty(Does(Taken, Tomas, Desk, new Command.Accept(1)));
        Assert.Equal(new Refusal.TooLate("call.taken"), Refused(Taken, Tomas, Phone, new Command.Accept(1)));
        Assert.Equal(new Refusal.TooLate("call.taken"), Refused(Taken, Tomas, Desk, new Command.Decline(1)));
    }

    [Fact]
    public void Nobody_else_takes_it_and_no_other_call()
    {
        Assert.Equal(new Refusal.Forbidden(["call.not_yours"]), Refused(Ringing, Mia, Phone, new Command.Accept(1)));
        Assert.Equal(new Refusal.NotFound("call.unknown"), Refused(Ringing, Tomas, Phone, new Command.Accept(2)));
        Assert.Equal(new Refusal.NotFound("call.unknown"), Refused(Ringing, Tomas, Phone, new Command.HangUp(2)));
    }

    [Fact]
    public void What_is_over_is_not_taken()
    {
        var over = Ringing.Evolve(new Event.Ended(By(Mia), Ending.Cancelled));
        Assert.Equal(new Refusal.TooLate("call.over"), Refused(over, Tomas, Phone, new Command.Accept(1)));
        Assert.Empty(Does(over, Tomas, Phone, new Command.Decline(1)));
    }

    [Fact]
    public void Nobody_calls_themselves() =>
        Assert.Equal(
            new Refusal.Malformed(["id: somebody else"]),
            Refused(Line.New, Mia, Phone, new Command.Ring(Mia, false))
        );

    [Fact]
    public void It_ends_by_itself_when_it_has_rung_or_lasted_long_enough()
    {
        Assert.Empty(Does(Ringing, Tomas, Phone, new Command.Elapse(), Now.Plus(Line.RingMs - 1)));
        Assert.Equal(Ending.Missed, Ended(Ringing, Now.Plus(Line.RingMs)));
        Assert.Empty(Does(Taken, Tomas, Phone, new Command.Elapse(), Now.Plus(Line.MaxMs - 1)));
        Assert.Equal(Ending.HungUp, Ended(Taken, Now.Plus(Line.MaxMs)));
    }

    private static Ending? Ended(AnyStream line, Instant now) =>
        (Does(line, Tomas, Phone, new Command.Elapse(), now).FirstOrDefault() as Event.Ended)?.How;

    private static IReadOnlyList<AnyEvent> Does(
        AnyStream line,
        PersonId person,
        DeviceId device,
        Command command,
        Instant? now = null
    ) =>
        line.Decide(new Context(person, device, now ?? Now), command, Facts.Empty)
            .Match(decision => decision.Events.ToList(), refusal => throw new($"{refusal}"));

    private static Refusal Refused(AnyStream line, PersonId person, DeviceId device, Command command) =>
        line.Decide(new Context(person, device, Now), command, Facts.Empty).Match(_ => null!, refusal => refusal);

    private static Stamp By(PersonId person) => new(person, Now);
}
