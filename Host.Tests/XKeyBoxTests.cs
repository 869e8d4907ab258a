using System.Security.Cryptography;
using Chat.Host.Nats;
using NATS.NKeys;
using Xunit;

namespace Chat.Host.Tests;

/// <summary>Ours and the library's read each other.</summary>
public sealed class XKeyBoxTests
{
    [Fact]
    public void Both_ways_for_many_keys_and_lengths()
    {
        for (var i = 0; i < 100; i++)
        {
            using var ours = KeyPair.CreatePair(PrefixByte.Curve);
            using var theirs = KeyPair.CreatePair(PrefixByte.Curve);
            var box = new XKeyBox(ours.GetSeed());
            var message = RandomNumberGenerator.GetBytes(i < 70 ? i : 1 << (i - 70) / 2);
            Assert.Equal(message, theirs.Open(box.Seal(message, theirs.GetPublicKey()), ours.GetPublicKey()));
            Assert.Equal(message, box.Open(theirs.Seal(message, ours.GetPublicKey()), theirs.GetPublicKey()));
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_is_noticed()
    {
        using var ours = KeyPair.CreatePair(PrefixByte.Curve);
        using var theirs = KeyPair.CreatePair(PrefixByte.Curve);
        var box = new XKeyBox(ours.GetSeed());
        var sealedBox = theirs.Seal(new byte[70], ours.GetPublicKey());
        for (var i = 0; i < sealedBox.Length; i++)
        {
            sealedBox[i] ^= 1;
            Assert.Null(box.Open(sealedBox, theirs.GetPublicKey()));
            Assert.Null(box.Open(sealedBox.AsSpan(0, i), theirs.GetPublicKey()));
            sealedBox[i] ^= 1;
        }

        using var stranger = KeyPair.CreatePair(PrefixByte.Curve);
        Assert.Null(box.Open(sealedBox, stranger.GetPublicKey()));
        Assert.NotNull(box.Open(sealedBox, theirs.GetPublicKey()));
    }
}
