using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;
using static Chat.Domain.Tests.Values.Making;

namespace Chat.Domain.Tests.Values;

/// <summary>What every kind of text takes, and by which name it says that something is wrong.</summary>
public sealed class TextsTests
{
    /// <summary>The field, the most bytes, whether it is one line, whether it may be blank.</summary>
    public static TheoryData<string, int, bool, bool, Func<string?, string>> Kinds { get; } =
        new()
        {
            { "body", 16_384, false, false, Made(Body.Create) },
            { "name", 256, true, false, Made(ConversationName.Create) },
            { "topic", 1_024, true, true, Made(Topic.Create) },
            { "nickname", 128, true, false, Made(Nickname.Create) },
            { "name", 96, true, false, Made(RoomName.Create) },
            { "text", 2_000, false, false, Made(RoomText.Create) },
            { "data", 16_384, false, false, Made(CallSignal.Create) },
            { "emoji", 64, true, false, Made(Emoji.Create) },
            { "reason", 1_024, true, false, Made(Reason.Create) },
            { "name", 128, true, false, Made(DisplayName.Create) },
            { "about", 512, true, true, Made(About.Create) },
            { "words", 256, true, true, Made(SearchWords.Create) },
            { "name", 64, true, false, Made(RoleName.Create) },
            { "phrases", 64, true, false, Made(Phrase.Create) },
            { "name", 255, true, false, Made(FileName.Create) },
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EachHasItsBounds(string field, int most, bool isLine, bool mayBeBlank, Func<string?, string> make)
    {
        var bound = $"{field}: {(mayBeBlank ? "at most" : "1 to")} {most} bytes of UTF-8";
        var longest = new string('x', most);
        Assert.Equal(longest, make(longest));
        Assert.Equal(bound, make(longest + "x"));
        // Two bytes each.
        Assert.Equal(bound, make(new string('é', (most / 2) + 1)));
        Assert.Equal(mayBeBlank ? "" : bound, make("   ").Trim());
        Assert.Equal($"{field}: is required", make(null));
        Assert.Equal($"{field}: well-formed text without NUL", make("a\0b"));
        Assert.Equal($"{field}: well-formed text without NUL", make("a\uD800"));
        Assert.Equal(isLine ? $"{field}: one line, without control characters" : "a\nb", make("a\nb"));
        Assert.Equal(isLine ? "a b" : " a b ", make(" a b "));
        Assert.Equal("é", make("e\u0301"));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    public void AFileHasANameWithoutSlashes(string name) =>
        Assert.Equal("name: a name, without slashes", Made(FileName.Create)(name));

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("application/vnd.a+b-c.d_e!#$&^", true)]
    [InlineData("image", false)]
    [InlineData("image/png/x", false)]
    [InlineData("image/", false)]
    [InlineData("/png", false)]
    [InlineData("Image/png", false)]
    [InlineData("image/png; q=1", false)]
    [InlineData("image/.png", false)]
    [InlineData(null, false)]
    public void AMediaTypeIsOneInLowerCase(string? type, bool isOne) =>
        Assert.Equal(
            isOne ? type : "type: a media type as image/png, in lower case, without parameters",
            Made(MediaType.Create)(type)
        );

    [Theory]
    [InlineData(MediaType.MaxLength, true)]
    [InlineData(MediaType.MaxLength + 1, false)]
    public void AMediaTypeIsBounded(int length, bool isOne) =>
        Assert.Equal(isOne, MediaType.Create("a/" + new string('b', length - 2)).IsSuccess);
}
