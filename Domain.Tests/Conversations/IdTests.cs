using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Conversations;

/// <summary>Ids follow from requests, today as when the first of them was stored.</summary>
public sealed class IdTests
{
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");
    private static readonly PersonId Yuki = PersonId.Of("yuki");
    private static readonly DeviceId Phone = DeviceId.Of("phone");
    private static readonly ClientId First = ClientId.Of("c1");

    [Xunit.Fact]
    public void Two_people_have_one_direct_conversation_whoever_asks_and_however_often()
    {
        var one = IdOf(ConversationKind.Direct, Mia, First, Tomas);
        Assert.Equal("d7e5074a924dbe3d266798100ae5959f9", one.Value);
        Assert.Equal(one, IdOf(ConversationKind.Direct, Tomas, ClientId.Of("c2"), Mia));
        Assert.Equal(one, IdOf(ConversationKind.Direct, Mia, First, Mia, Tomas, Tomas));
        Assert.NotEqual(one, IdOf(ConversationKind.Direct, Mia, First, Yuki));
    }

    [Xunit.Fact]
    public void What_else_is_created_is_another_with_each_request()
    {
        var one = IdOf(ConversationKind.Group, Mia, First, Tomas);
        Assert.Equal("c4437f51de241a90e9188464067355d78", one.Value);
        Assert.Equal(one, IdOf(ConversationKind.Channel, Mia, First));
        Assert.Equal(one, IdOf(ConversationKind.Direct, Mia, First, Tomas, Yuki));
        Assert.NotEqual(one, IdOf(ConversationKind.Group, Mia, ClientId.Of("c2"), Tomas));
        Assert.NotEqual(one, IdOf(ConversationKind.Group, Tomas, First, Mia));
    }

    [Theory]
    [InlineData(0, "8f3d37da-afa2-85d5-87ff-933f23878fb6")]
    [InlineData(1, "03b2932c-3c99-8022-93fb-9acaf0ea7c1b")]
    public void An_event_has_the_id_that_it_always_had(int index, string id)
    {
        var stream = StreamKey.Of(TenantId.Main, ConversationId.Of("c1"));
        Assert.Equal(Guid.Parse(id), Derive.EventId(stream, Mia, Phone, First, index));
    }

    private static ConversationId IdOf(
        ConversationKind kind,
        PersonId person,
        ClientId client,
        params PersonId[] members
    ) => Conversation.IdOf(TenantId.Main, person, Phone, client, new Command.Create(kind, [.. members], null));
}
