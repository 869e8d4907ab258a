using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Conversations by hand: what happened there, and what somebody would say.</summary>
internal static class Talk
{
    public static Instant Now => new(1_760_000_000_000);

    public static Stamp By(PersonId person) => new(person, Now);

    public static State After(State state, params Event[] events) => events.Aggregate(state, Evolution.Evolve);

    public static Command Say(string text = "hello") =>
        new Command.SendMessage(Body.Create(text).IfFail(_ => null!), null, []);
}
