using Chat.Domain.Values;
using Chat.Domain.Views;
using Xunit;

namespace Chat.Domain.Tests.Views;

/// <summary>What a message is found by, by examples in many scripts.</summary>
public sealed class LexemesTests
{
    [Theory]
    [InlineData("Hello, hello WORLD", "hello world")]
    [InlineData("ΟΔΟΣ οδος", "οδοσ")]
    [InlineData("Ａｂc ﬁn", "abc fin")]
    [InlineData("ping pong2 ½", "1 2 ping pong2")]
    [InlineData("hi😀there 😀", "hi there 😀")]
    [InlineData("❤\uFE0F", "❤")]
    [InlineData("a\uFE00b a\uFE0Fc a\U000E0100d", "ab ac ad")]
    [InlineData("a\uFE20b x\u0334y", "a\uFE20b x\u0334y")]
    [InlineData("co\u00ADop", "coop")]
    [InlineData("漢字", "字 漢 漢字")]
    [InlineData("漢a字", "a 字 漢")]
    [InlineData("漢 字", "字 漢")]
    [InlineData("漢字語", "字 字語 漢 漢字 語")]
    [InlineData("... !?", "")]
    public void AMessageIsFoundBy(string text, string lexemes) =>
        Assert.Equal(lexemes, string.Join(' ', Lexemes.Of(Body.Create(text).IfFail(_ => null!))));

    [Theory]
    [InlineData("Hello, hello WORLD", "hello world")]
    [InlineData("漢字", "漢字")]
    [InlineData("漢", "漢")]
    [InlineData("漢 字語", "字語 漢")]
    [InlineData("a漢b", "a b 漢")]
    [InlineData("漢字語", "字語 漢字")]
    public void WordsAskFor(string text, string lexemes) =>
        Assert.Equal(lexemes, string.Join(' ', Lexemes.Of(SearchWords.Create(text).IfFail(_ => null!))));

    [Fact]
    public void InOrderEachStandsAsOftenAsItIsSaid() =>
        Assert.Equal(["b", "a", "漢", "字", "b"], Lexemes.InOrder("B a漢字b"));

    [Fact]
    public void OfAnEndlessWordTheBeginningCounts()
    {
        var longest = new string('x', Lexemes.MaxLetters);
        Assert.Equal([longest, "z"], Lexemes.InOrder($"{longest}yy z"));
        var astral = string.Concat(Enumerable.Repeat("\U00010428", Lexemes.MaxLetters));
        Assert.Equal([astral], Lexemes.InOrder(astral + "\U00010428"));
    }

    // The first and the last letter of each script that is written without blanks, as far as Unicode has one there.
    [Theory]
    [InlineData("Thai", 0x0E01, 0x0E59)]
    [InlineData("Lao", 0x0E81, 0x0EDF)]
    [InlineData("Myanmar", 0x1000, 0x109D)]
    [InlineData("Khmer", 0x1780, 0x17F9)]
    [InlineData("iteration mark and ideographic zero", 0x3005, 0x3007)]
    [InlineData("Hiragana and Katakana", 0x3041, 0x30FE)]
    [InlineData("Katakana for Ainu", 0x31F0, 0x31FF)]
    [InlineData("Han, extension A", 0x3400, 0x4DBF)]
    [InlineData("Han", 0x4E00, 0x9FFF)]
    [InlineData("Han, extensions B and G", 0x20000, 0x3134A)]
    public void EachLetterOfAScriptWithoutBlanksStandsAlone(string script, int first, int last)
    {
        foreach (var letter in (int[])[first, last])
            Assert.True(IsAlone(letter), $"{script}: U+{letter:X4}");
    }

    // Letters of the neighbours of those scripts.
    [Theory]
    [InlineData("Sinhala", 0x0DC6)]
    [InlineData("Tibetan", 0x0F00)]
    [InlineData("Tibetan", 0x0FBC)]
    [InlineData("Georgian", 0x10D0)]
    [InlineData("Runes", 0x16EA)]
    [InlineData("Limbu", 0x1900)]
    [InlineData("Bopomofo", 0x3105)]
    [InlineData("Hangul", 0x318E)]
    [InlineData("Yi", 0xA000)]
    [InlineData("Hangul", 0xD7A3)]
    [InlineData("Cuneiform", 0x12000)]
    public void LettersOfOtherScriptsMakeWords(string script, int letter) =>
        Assert.False(IsAlone(letter), $"{script}: U+{letter:X4}");

    private static bool IsAlone(int letter) =>
        Lexemes.InOrder(string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(letter), 2))).Count == 2;
}
