using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.Deciding;

/// <summary>Names of streams and ids: stored, so they stay what they are.</summary>
public sealed class StreamKeyTests
{
    private static readonly TenantId Tenant = TenantId.Of("t1");
    private static readonly PersonId Mia = PersonId.Of("mia");
    private static readonly PersonId Tomas = PersonId.Of("tomas");

    public static TheoryData<StreamKey, string> Written { get; } =
        new()
        {
            { StreamKey.Of(Tenant, ConversationId.Of("x1")), "t1.c.x1" },
            { StreamKey.Of(Tenant, Mia), "t1.p.mia" },
            { StreamKey.Of(Tenant, Mia, Tomas), $"t1.f.{Derive.DirectId(Tenant, Tomas, Mia)}" },
            { StreamKey.Desk(Tenant, ConversationId.Of("x1")), "t1.d.x1" },
            { StreamKey.Of(Tenant, RoomId.Of("x1")), "t1.r.x1" },
            { StreamKey.Place(Tenant, Mia), "t1.h.mia" },
            { StreamKey.Line(Tenant, Tomas, Mia), $"t1.l.{Derive.DirectId(Tenant, Mia, Tomas)}" },
        };

    [Theory]
    [MemberData(nameof(Written))]
    public void AKeyIsReadAsItWasWritten(StreamKey key, string text)
    {
        Assert.Equal(text, key.ToString());
        Assert.Equal(key, StreamKey.Parse(text));
    }

    [Theory]
    [InlineData("t1.x.mia")]
    [InlineData("t1.p")]
    [InlineData("t1.p.mia.more")]
    [InlineData("t 1.p.mia")]
    [InlineData("t1.p.")]
    public void WhatIsNoKeyIsNone(string text) => Assert.True(StreamKey.Parse(text).IsNone);

    [Fact]
    public void KeysAreInOrderOfTenantThenKindThenId()
    {
        var other = TenantId.Of("t2");
        StreamKey[] ordered =
        [
            StreamKey.Of(Tenant, ConversationId.Of("x2")),
            StreamKey.Of(Tenant, PersonId.Of("x1")),
            StreamKey.Of(Tenant, PersonId.Of("x3")),
            StreamKey.Of(other, ConversationId.Of("x1")),
        ];
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.Equal(0, ordered[1].CompareTo(StreamKey.Of(Tenant, PersonId.Of("x1"))));
    }

    [Fact]
    public void ARoomHasTheIdThatItAlwaysHad()
    {
        var id = Derive.RoomId(TenantId.Main, Mia, DeviceId.Of("phone"), ClientId.Of("c1"));
        Assert.Equal("re3da9d71a668d78a577a225699947ceb", id.Value);
    }

    [Fact]
    public void TheLongestNamesHaveAnIdToo()
    {
        var longest = new string('x', Token.MaxLength);
        var stream = StreamKey.Of(TenantId.Of(longest), ConversationId.Of(longest));
        var (person, device, client) = (PersonId.Of(longest), DeviceId.Of(longest), ClientId.Of(longest));
        Assert.Equal(
            Derive.EventId(stream, person, device, client, int.MaxValue),
            Derive.EventId(stream, person, device, client, int.MaxValue)
        );
    }
}
