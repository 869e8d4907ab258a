using Chat.Domain.Deciding;
using Xunit;

namespace Chat.Domain.Tests.Deciding;

/// <summary>What a program reads of a refusal: the names stay what they are.</summary>
public sealed class RefusalTests
{
    private static (Refusal Refusal, string Code, string Rules, long? Again)[] Named() =>
        [
            (new Refusal.Malformed(["a", "b"]), "malformed", "a b", null),
            (new Refusal.TooLarge("a"), "too_large", "a", null),
            (new Refusal.NotFound("a"), "not_found", "a", null),
            (new Refusal.NotAMember("a"), "not_a_member", "a", null),
            (new Refusal.Forbidden(["a", "b"]), "forbidden", "a b", null),
            (new Refusal.Banned(7), "banned", "member.banned", 7),
            (new Refusal.Muted(7), "muted", "member.timed_out", 7),
            (new Refusal.LinkEnded("a"), "link_ended", "a", null),
            (new Refusal.Locked(), "locked", "settings.locked", null),
            (new Refusal.SlowMode(7), "slow_mode", "settings.slow_mode", 7),
            (new Refusal.TooLate("a"), "too_late", "a", null),
            (new Refusal.Unsupported("a"), "unsupported", "a", null),
            (new Refusal.Gone(), "gone", "message.gone", null),
            (new Refusal.Full("a"), "full", "a", null),
            (new Refusal.NotAccepting("a"), "not_accepting", "a", null),
            (new Refusal.Conflict(), "conflict", "client_id.reused", null),
            (new Refusal.Busy(7), "busy", "host.queue_full", 7),
            (new Refusal.RateLimited("a", 7), "rate_limited", "a", 7),
            (new Refusal.Unavailable(7), "unavailable", "host.store_unavailable", 7),
            (new Refusal.Unwanted(["a", "b"]), "unwanted", "a b", null),
            (new Refusal.Moved(), "moved", "host.lease_lost", 200),
        ];

    [Fact]
    public void EachHasItsNameItsRulesAndItsTime()
    {
        foreach (var (refusal, code, rules, again) in Named())
        {
            Assert.Equal((code, again), (refusal.Code, refusal.RetryAfterMs));
            Assert.Equal(rules, string.Join(' ', refusal.Because));
        }
    }

    [Fact]
    public void NoneIsLeftOut() =>
        Assert.Equal(
            typeof(Refusal).GetNestedTypes().Length,
            Named().Select(one => one.Refusal.GetType()).Distinct().Count()
        );

    [Fact]
    public void DigestsAgreeWhereTheyAreTheSameOrAKeyIsGone()
    {
        var (one, other) = (Digest.Of([1], [1, 2]), Digest.Of([1], [1, 3]));
        Assert.True(one.Agrees(Digest.Of([1], [1, 2])));
        Assert.False(one.Agrees(other));
        Assert.False(one.Agrees(Digest.Of([2], [1, 2])));
        Assert.True(one.Agrees(Digest.Of([], [1, 3])));
        Assert.True(Digest.Of([], [1, 3]).Agrees(one));
    }
}
