using System.Text;
using Chat.Domain.Values;
using Chat.Host.Import;
using Xunit;

namespace Chat.Host.Tests.Import;

public class IrcTests
{
    [Fact]
    public void Every_shape_is_read_as_what_it_says()
    {
        var entries = Logs.Synthetic.Lines.Select(line => line.Entry).ToArray();
        Assert.Equal(
            [
                new Entry.Said("ann", "ben: did you see it? carl said so"),
                new Entry.Joined("dora"),
                new Entry.Joined("ed[]"),
                new Entry.Said("ed[]", "hello,  two blanks and a trailing one "),
                new Entry.Acted("ann", "waves at ed[]"),
                new Entry.Acted("ben", "pours tea"),
                new Entry.Renamed("Ann", "ann|away"),
                new Entry.Said("ann|away", "back soon"),
                new Entry.Malformed("nothing is said"),
                new Entry.Malformed("nothing is done"),
                new Entry.Malformed("nothing is said"),
                new Entry.Left("dora", "\"Bye\""),
                new Entry.Quit("ed[]", "\"Ping timeout\""),
                new Entry.Joined("Fay"),
                new Entry.Joined("Fay"),
                new Entry.Quit("gus", "Read error: 104 (Connection reset by peer)"),
                new Entry.Left("hal", "\"Leaving\""),
                new Entry.Left("ira", ""),
                new Entry.Kicked("joe", "ben", ""),
                new Entry.Kicked("kim", "ben", "no spam"),
                new Entry.TopicSet("ben", "Tea | Ask away"),
                new Entry.TopicSet(null, "Tea | Ask away"),
                new Entry.ModeChanged("mode/#tea [-b *!*@host.example]  by ben"),
                new Entry.ModeChanged("mode/##tea mode (+o ben ) by ChanServ"),
                new Entry.Noticed("2 servers are split"),
                new Entry.Malformed("blank line"),
                new Entry.Malformed("no known shape"),
                new Entry.Malformed("no such time of day"),
            ],
            entries[..28]
        );
        Assert.Equal(new Entry.Renamed("fay", "fay"), entries[31]);
        Assert.Equal(new Entry.Malformed("holds a NUL"), entries[36]);
        Assert.Equal(new Entry.Malformed("no nick"), entries[39]);
        Assert.Equal(new Entry.Said("ann", "without a line ending"), entries[^1]);
    }

    [Fact]
    public void A_line_that_is_no_utf8_is_read_as_windows_1252_and_its_neighbours_are_not()
    {
        Assert.Equal(
            ["aé", "caf\u00e9 \u201Cq\u201D", "é", "ends with CR"],
            Irc.Lines(
                    (byte[])
                        [
                            0xEF,
                            0xBB,
                            0xBF,
                            .. "aé\ncaf"u8,
                            0xE9,
                            .. " "u8,
                            0x93,
                            .. "q"u8,
                            0x94,
                            .. "\né\r\nends with CR\r"u8,
                        ]
                )
                .ToArray()
        );
        Assert.Equal(
            ["", "", "\u0081\u2028\u0085\f"],
            Irc.Lines((byte[])[.. "\n\n"u8, .. Encoding.UTF8.GetBytes("\u0081\u2028\u0085\f"), (byte)'\n']).ToArray()
        );
        Assert.Empty(Irc.Lines(default));
    }

    [Theory]
    [InlineData(
        "2011-11-13_02.raw.txt",
        null,
        "2011-11-12 21:29",
        "21:29 23:59 00:00 02:01 03:26",
        "0 150 151 272 357"
    )]
    [InlineData("2004-11-15_03.raw.txt", null, "2004-11-15 00:18", "12:18 12:59 01:00 03:01 04:51", "0 41 42 163 273")]
    [InlineData("2005-08-08_01.raw.txt", null, "2005-08-07 23:29", "11:29 12:00 12:59 01:00", "0 31 90 91")]
    [InlineData("2005-08-08_13.raw.txt", null, "2005-08-08 11:29", "11:29 12:00 12:59 01:00", "0 31 90 91")]
    [InlineData("2005-06-27_12.raw.txt", null, "2005-06-27 09:19", "09:19 12:00 12:28", "0 161 189")]
    [InlineData("2011-11-13.log", null, "2011-11-13 23:59", "23:59 00:00 12:00 09:59", "0 1 721 2040")]
    [InlineData("channel-two.log", "2007-05-22", "2007-05-22 01:00", "01:00 05:55", "0 295")]
    [InlineData("channel-two.log", null, "1970-01-01 01:00", "01:00 05:55", "0 295")]
    [InlineData("2016-03-27.log", null, "2016-03-27 02:59", "02:59 02:00 02:30", "0 -59 -29")]
    [InlineData("2011-11-13_99.log", "2001-01-01", "2011-11-13 10:00", "10:00 - - 10:01", "0 0 0 1")]
    [InlineData("2011-11-13.log", null, "2011-11-13 10:00", "- 10:00", "0 0")]
    public void Days_and_halves_of_days_are_found(string file, string? date, string first, string clock, string minutes)
    {
        var lines = clock.Split(' ').Select(time => time == "-" ? "=== a entered the room." : $"[{time}] <a> b");
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var log = Irc.Read(file, bytes, date is null ? null : DateOnly.Parse(date));
        var start = DateTimeOffset.Parse(first + "Z").ToUnixTimeMilliseconds();
        Assert.Equal(
            minutes.Split(' ').Select(minute => new Instant(start + int.Parse(minute) * 60_000L)),
            log.Lines.Select(line => line.At)
        );
    }

    [Fact]
    public void A_clock_ahead_of_utc_is_set_back()
    {
        var log = Irc.Read("2004-11-15.log", "[00:30] <a> b"u8.ToArray(), offset: TimeSpan.FromHours(1));
        Assert.Equal(DateTimeOffset.Parse("2004-11-14 23:30Z").ToUnixTimeMilliseconds(), log.Lines[0].At.Milliseconds);
    }
}
