using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using static Chat.Domain.Tests.Values.Making;

namespace Chat.Domain.Tests.Values;

/// <summary>What every kind of id takes.</summary>
public sealed class IdsTests
{
    /// <summary>The field, what is made of a text or is wrong with it, the same of a token, and none.</summary>
    public static TheoryData<string, Func<string?, string>, Func<string, string>, string> Kinds { get; } =
        new()
        {
            { "person", Made(PersonId.Create), text => PersonId.Of(text).Value, default(PersonId).Value },
            { "device", Made(DeviceId.Create), text => DeviceId.Of(text).Value, default(DeviceId).Value },
            { "client_id", Made(ClientId.Create), text => ClientId.Of(text).Value, default(ClientId).Value },
            {
                "conversation",
                Made(ConversationId.Create),
                text => ConversationId.Of(text).Value,
                default(ConversationId).Value
            },
            { "room", Made(RoomId.Create), text => RoomId.Of(text).Value, default(RoomId).Value },
            { "tenant", Made(TenantId.Create), text => TenantId.Of(text).Value, default(TenantId).Value },
            { "link", Made(LinkId.Create), text => LinkId.Of(text).Value, default(LinkId).Value },
            { "file", Made(FileId.Create), text => FileId.Of(text).Value, default(FileId).Value },
            { "role", Made(RoleId.Create), text => RoleId.Of(text).Value, default(RoleId).Value },
            { "rule", Made(WordRuleId.Create), text => WordRuleId.Of(text).Value, default(WordRuleId).Value },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachIsAToken(string field, Func<string?, string> make, Func<string, string> of, string none)
    {
        var (longest, wrong) = (new string('x', 64), $"{field}: 1 to 64 characters of A-Z a-z 0-9 _ -");
        foreach (var text in (string[])["a", "Az-09_", longest])
        {
            Assert.Equal(text, make(text));
            Assert.Equal(text, of(text));
        }
        foreach (var text in (string[])["", longest + "x", "a b", "a.b", "é"])
        {
            Assert.Equal(wrong, make(text));
            Assert.Contains("not a token", Assert.Throws<ArgumentException>(() => of(text)).Message);
        }
        Assert.Equal(wrong, make(null));
        Assert.Equal("", none);
    }
}
