using Chat.Domain.Forms;
using Chat.Domain.Games;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Playing;

/// <summary>
/// Digests and shuffles as another program computes them from the description alone: what was sealed once must be
/// opened by every later version.
/// </summary>
public sealed class SealingTests
{
    private const string Place = "main.r.kitchen";
    private static readonly Secret Secret = new(
        Bits("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
    );
    private static readonly Secret Seed = new(Bits("c035ad9a204d46858239061f389de312bd9b73e06eae6f2abbc1fe7b0ce5f627"));

    [Fact]
    public void ACommitment() =>
        Assert.Equal(
            Bits("7941a1f6620bbc1399cf467b65159bcf94125c66cc20030345a4d0a5cad938ec"),
            Sealing.Commit(Place, 1, Secret)
        );

    [Fact]
    public void ASeal() =>
        Assert.Equal(
            Bits("b368ded5ac6b3ecac9b5bdf007a412b3d9648ea1f21e4aee397ccf9dcccb3ed3"),
            Sealing.Seal(Place, 1, PersonId.Of("ann"), Bits(new string('1', 64)))
        );

    [Fact]
    public void ASeed() =>
        Assert.Equal(
            Seed,
            Sealing.Seed(
                Place,
                1,
                Secret,
                Map((PersonId.Of("bob"), Bits(new string('2', 64))), (PersonId.Of("ann"), Bits(new string('1', 64))))
            )
        );

    [Fact]
    public void AShuffle() => Assert.Equal([7, 6, 8, 11, 2, 10, 5, 1, 4, 3, 0, 9], Sealing.Shuffle(Seed, "words", 12));

    [Fact]
    public void ALink()
    {
        var first = Sealing.FirstLink(Place, 1);
        Assert.Equal(Bits("10f129132c1312c603e0cb9df91eff5b885a49109266faf119bcfc464ba01307"), first);
        Assert.Equal(
            Bits("c707f559711c01b29c3b66a8f5a65723f8d9a2b42602a21c26118af8402b2823"),
            Sealing.Link(first, Secret, 0, new Datum.Text("hello"))
        );
    }

    [Fact]
    public void ASecretDoesNotPrintItself() => Assert.Equal("secret", $"{Secret}");

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void WhatIsNoDigestIsNotRead(string text) => Assert.Equal(None, Bits256.Parse(text));

    private static Bits256 Bits(string hex) => Bits256.Parse(hex).IfNone(() => throw new FormatException(hex));
}
