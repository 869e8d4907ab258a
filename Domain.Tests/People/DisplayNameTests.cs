using Chat.Domain.Values;
using Xunit;

namespace Chat.Domain.Tests.People;

/// <summary>Which names people may carry: theirs, in any language, and none that passes for another's.</summary>
public sealed class DisplayNameTests
{
    [Theory]
    [InlineData("Noor")]
    [InlineData("Tomás O'Brien-Łuczak 3rd")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("Юлия")]
    [InlineData("Ελένη")]
    [InlineData("نور")]
    [InlineData("می‌خواهم")]
    [InlineData("ユキ 高橋 Yuki")]
    [InlineData("김민준 Minjun")]
    [InlineData("אֲבִיגַיִל")]
    [InlineData("कृष्ण")]
    [InlineData("Mia 👩‍🍳 🫶🏽")]
    public void A_name_of_a_person(string name) =>
        Assert.Equal(name.Normalize(), DisplayName.Create(name).Match(made => made.Value, faults => faults.Head.Rule));

    [Theory]
    [InlineData("Mіa", "letters of one script")]
    [InlineData("Nοor", "letters of one script")]
    [InlineData("Ꮇia", "letters of one script")]
    [InlineData("Юлия Julia", "letters of one script")]
    [InlineData("𝐌𝐢𝐚", "no letter that is another in disguise")]
    [InlineData("Ｍia", "no letter that is another in disguise")]
    [InlineData("Mi\u200Ba", "nothing that cannot be seen")]
    [InlineData("Mi\u200Da", "nothing that cannot be seen")]
    [InlineData("\u202EaiM", "nothing that cannot be seen")]
    [InlineData("M\u00A0ia", "nothing that cannot be seen")]
    [InlineData("Mi\u00ADa", "nothing that cannot be seen")]
    [InlineData("M\u3164a", "nothing that cannot be seen")]
    [InlineData("M\u0301\u0302\u0303\u0304\u0305\u0306ia", "at most four marks over one letter")]
    [InlineData("Mia\nTomás", "one line, without control characters")]
    [InlineData(" ", "1 to 128 bytes of UTF-8")]
    public void A_name_that_passes_for_another(string name, string rule) =>
        Assert.Equal(rule, DisplayName.Create(name).Match(made => made.Value, faults => faults.Head.Rule));
}
