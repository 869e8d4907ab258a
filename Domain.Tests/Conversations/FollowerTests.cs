using Chat.Domain.Conversations;
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

    [Fact]
    public void That_one_is_not_asked_in_any_more_is_news_to_whoever_holds_it()
    {
        var tea = ConversationId.Of("tea");
        var announced = new Signal.Announced(new Ephemeral.Heads([(tea, 0)]));
        var level = new Follower(PersonId.Of("mia")).Step(new Signal.Woken()).Next.Step(Came).Next;
        Assert.True(level.Step(announced).Next.IsLevel);
        Assert.False(level.Step(new Signal.Begun(AskedInto(tea))).Next.Step(announced).Next.IsLevel);
    }

    private static Resumption.Reset AskedInto(ConversationId conversation)
    {
        var kind = ConversationKind.Group;
        var entry = new InboxEntry(conversation, Standing.Invited, kind, null, 0, 0, Marks.None, 0, 0, null);
        var rules = GoverningEntry.Of(State.Initial, default);
        return new(conversation, new Details(entry, null, 0, 0, [], [], rules), []);
    }
}
