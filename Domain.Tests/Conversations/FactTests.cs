using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Conversations;

/// <summary>What is gathered for a batch and follows it.</summary>
public sealed class FactTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly Event.MessageSent Sent = new(
        new Stamp(Mia, new Instant(1_760_000_000_000)),
        1,
        Content.Redacted,
        null,
        [],
        false
    );

    [Xunit.Fact]
    public void What_no_command_asked_about_is_not_held()
    {
        var after = Evolution.EvolveFacts(Facts.Empty, 2, Sent);
        Assert.False(after.Knows(new FactKey.Message(1)));
        Assert.False(after.Knows(new FactKey.SaidBy(Mia)));
    }
}
