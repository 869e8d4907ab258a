using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Following;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Domain.Tests.Conversations;

/// <summary>What a device asks for once more.</summary>
public sealed class FollowerTests
{
    private static readonly Signal Came = new Signal.Resumed(new ResumePage("cursor", false, [], false, []));
    private static readonly Signal Marked = new Signal.Marked(ConversationId.Of("new"), new Marks(3, 3));

    [Fact]
    public void How_far_one_is_where_one_holds_nothing_yet_is_asked_for_once_more()
    {
        var (asking, _) = new Follower(PersonId.Of("mia")).Step(new Signal.Woken());
        Assert.False(asking.Step(Marked).Next.Step(Came).Next.IsLevel);
        Assert.True(asking.Step(Came).Next.IsLevel);
        Assert.True(asking.Step(Came).Next.Step(Marked).Next.IsLevel);
    }
}
