using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Xunit;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Who is told how far somebody is, at the bound.</summary>
public sealed class ReceiptTests
{
    private static readonly PersonId First = PersonId.Of("p0");

    [Xunit.Theory]
    [InlineData(100, 100)]
    [InlineData(101, 1)]
    public void In_a_large_conversation_it_is_told_to_oneself_alone(int members, int told)
    {
        Listing<PersonId> people = [.. Enumerable.Range(0, members).Select(number => PersonId.Of($"p{number}"))];
        var created = new Domain.Conversations.Event.Created(
            new Stamp(First, new Instant(0)),
            ConversationKind.Channel,
            people,
            null
        );
        var place = (Domain.Conversations.State)Conversation.New.Evolve(created).State;
        var to = Receipts.ToldTo(place, First, _ => Privacy.Open, _ => default);
        Assert.Equal((told, First), (to.Count, to[0]));
    }
}
