using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Deciding;

/// <summary>What every aggregate says of what it does not have.</summary>
public sealed class StreamTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");

    public static TheoryData<AnyStream, string> Markless { get; } =
        new()
        {
            { Domain.People.Person.New, "person" },
            { Domain.Pairs.Pair.New, "pair" },
            { Domain.Calls.Line.New, "call" },
            { Domain.Desks.Desk.New, "desk" },
            { Domain.Rooms.Room.New, "room" },
            { Domain.Places.Place.New, "place" },
        };

    [Theory]
    [MemberData(nameof(Markless))]
    public void OnlyConversationsHaveMarks(AnyStream stream, string name) =>
        Assert.Equal(
            new Refusal.Unsupported($"{name}.has_no_marks"),
            stream.Mark(Mia, new Marks(1, 1)).Match(_ => null!, refusal => refusal)
        );

    [Xunit.Fact]
    public void WhatIsAskedOfAnotherAggregateIsRefusedByName()
    {
        var context = new Context(Mia, DeviceId.Of("phone"), new Instant(1));
        var answer = Conversation.New.Decide(context, new Domain.People.Command.Dismiss(Mia), Facts.Empty);
        Assert.Equal(new Refusal.Unsupported("aggregate.other_command"), answer.Match(_ => null!, refusal => refusal));
    }
}
