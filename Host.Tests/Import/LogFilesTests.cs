using System.Text;
using System.Text.RegularExpressions;
using Chat.Host.Import;
using Xunit;

namespace Chat.Host.Tests.Import;

/// <summary>The real logs, counted twice: by the parser, and by patterns that know nothing of it.</summary>
public class LogFilesTests
{
    private const string Head = @"^\[\d\d:\d\d\] ";
    private const string Server =
        @"(\S+ {1,2}\[[^\]]*\]  has (joined|left) #|\S+ (entered|left) the room|"
        + @"\S+ is now known as \S+$|mode/|\.\.\[topic/)";

    // Lines, said, acted, joined, left, renamed, topics, notices, malformed; nicks that speak; people. Counted by a
    // program in another language, written from the rules.
    [LogsTheory]
    [InlineData("2004-11-15_03.raw.txt", 1250, 1077, 22, 123, 17, 11, 0, 0, 0, 76, 141)]
    [InlineData("2005-06-27_12.raw.txt", 1250, 1017, 7, 203, 14, 8, 0, 0, 1, 78, 199)]
    [InlineData("2005-08-08_01.raw.txt", 1250, 1032, 11, 170, 17, 15, 1, 3, 1, 95, 169)]
    [InlineData("2008-12-11_11.raw.txt", 1250, 1231, 3, 0, 0, 16, 0, 0, 0, 142, 151)]
    [InlineData("2009-02-23_10.raw.txt", 1250, 1219, 5, 0, 0, 26, 0, 0, 0, 111, 129)]
    [InlineData("2009-03-03_10.raw.txt", 1250, 1221, 5, 0, 0, 24, 0, 0, 0, 135, 143)]
    [InlineData("2009-10-01_17.raw.txt", 1250, 1211, 4, 0, 0, 35, 0, 0, 0, 166, 186)]
    [InlineData("2011-05-29_19.raw.txt", 1250, 1208, 3, 0, 0, 39, 0, 0, 0, 152, 182)]
    [InlineData("2011-11-13_02.raw.txt", 1250, 1215, 4, 0, 0, 30, 0, 0, 1, 164, 182)]
    [InlineData("2016-12-19_20.raw.txt", 1250, 1181, 3, 0, 0, 64, 0, 0, 2, 165, 204)]
    [InlineData("channel-two.all.raw.txt", 2601, 1915, 31, 306, 334, 10, 0, 5, 0, 143, 386)]
    public void Every_file_holds_what_was_counted(
        string file,
        int all,
        int said,
        int acted,
        int joined,
        int left,
        int renamed,
        int topics,
        int notices,
        int malformed,
        int speakers,
        int people
    )
    {
        var log = Irc.Read(file, Logs.Bytes(file));
        var script = Script.Of(log);
        Assert.Equal(new LineCounts(said, acted, joined, left, renamed, topics, notices, malformed), script.Lines);
        Assert.Equal((all, all, people), (log.Lines.Length, script.Lines.All, script.People));
        Assert.Equal(malformed, script.Malformed.Length);
        Assert.Equal(speakers, log.Lines.Select(Speaker).OfType<string>().Select(Nick.Folded).Distinct().Count());

        // The same from the bytes; Latin-1 reads any.
        var raw = Encoding.Latin1.GetString(Logs.Bytes(file));
        Assert.Equal(raw.Count(c => c == '\n'), all);
        Assert.Equal(Count(raw, Head + @"<[^>\n]+> [^\n]*\S[^\n]*$"), said);
        Assert.Equal(Count(raw, Head + @" \* \S+ [^\n]*\S[^\n]*$") + Count(raw, $"^=== (?!{Server})"), acted);
        Assert.Equal(Count(raw, @"^=== \S+ ( ?\[[^\n]*\]  has joined #\w+|entered the room\.)$"), joined);
        Assert.Equal(Count(raw, @"^=== \S+ ( ?\[[^\n]*\]  has left #\w+ \[|left the room)"), left);
        Assert.Equal(Count(raw, @"^=== \S+ is now known as \S+$"), renamed);
        Assert.Equal(Count(raw, @"^=== mode/"), notices);
        Assert.Equal(notices + Count(raw, @"^=== (\S+) is now known as \1$"), script.NotKept.Length);
        Assert.Equal(Count(raw, @"^=== \.\.\[topic/"), topics);
        Assert.Equal(Count(raw, Head + @"(<[^>\n]+>| \* \S+) *$"), malformed);
    }

    [LogsTheory]
    [MemberData(nameof(Names))]
    public void What_is_said_and_done_ends_its_line_letter_by_letter(string file)
    {
        var bytes = Logs.Bytes(file);
        var raw = Encoding.UTF8.GetString(bytes).Split('\n')[..^1];
        var log = Irc.Read(file, bytes);
        Assert.Equal(raw, log.Lines.Select(line => line.Raw));
        foreach (var line in log.Lines)
            if (line.Entry is Entry.Said said)
                Assert.Contains(line.Raw[8..], (string[])[$"<{said.Nick}> {said.Text}", $"<{said.Nick} > {said.Text}"]);
            else if (line.Entry is Entry.Acted acted)
                Assert.Contains(
                    line.Raw,
                    (string[])[$"{line.Raw[..8]} * {acted.Nick} {acted.Text}", $"=== {acted.Nick} {acted.Text}"]
                );
    }

    // The hour of a name is that of the first annotated line, the 1,001st.
    [LogsTheory]
    [MemberData(nameof(Dated))]
    public void The_name_of_a_file_tells_the_hour_of_its_thousand_and_first_line(string file)
    {
        var log = Irc.Read(file, Logs.Bytes(file));
        var at = DateTimeOffset.FromUnixTimeMilliseconds(
            log.Lines.Skip(1000).First(line => line.Raw[0] == '[').At.Milliseconds
        );
        Assert.Equal(file[..13], at.ToString("yyyy-MM-dd_HH"));
        for (var i = 1; i < log.Lines.Length; i++)
            Assert.InRange(log.Lines[i].At.Milliseconds - log.Lines[i - 1].At.Milliseconds, 0, 6 * 3_600_000);
    }

    public static TheoryData<string> Names() => [.. Logs.Files];

    public static TheoryData<string> Dated() => [.. Logs.Files.Where(file => char.IsDigit(file[0]))];

    private static int Count(string raw, string pattern) => Regex.Count(raw, pattern, RegexOptions.Multiline);

    private static string? Speaker(LogLine line) =>
        (line.Entry as Entry.Said)?.Nick ?? (line.Entry as Entry.Acted)?.Nick;
}
