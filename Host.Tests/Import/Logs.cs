using System.Text;
using Chat.Host.Import;
using Xunit;

namespace Chat.Host.Tests.Import;

/// <summary>
/// The logs that are tested with: real ones where there are any, and one that has every shape, always.
/// </summary>
internal static class Logs
{
    /// <summary>
    /// The folder of the real logs: <c>CHAT_IRC</c>, or <c>shared/data/irc</c> in a folder above this; else null.
    /// </summary>
    public static string? Folder { get; } = Find();

    public static IReadOnlyList<string> Files { get; } =
    [
        "2004-11-15_03.raw.txt",
        "2005-06-27_12.raw.txt",
        "2005-08-08_01.raw.txt",
        "2008-12-11_11.raw.txt",
        "2009-02-23_10.raw.txt",
        "2009-03-03_10.raw.txt",
        "2009-10-01_17.raw.txt",
        "2011-05-29_19.raw.txt",
        "2011-11-13_02.raw.txt",
        "2016-12-19_20.raw.txt",
        "channel-two.all.raw.txt",
    ];

    public static byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder!, file));

    /// <summary>
    /// Every shape that a line has in the real logs, and some that others have. Two lines are not UTF-8.
    /// </summary>
    public static byte[] EveryShape { get; } =
    [
        .. Encoding.UTF8.GetBytes(
            """
            [22:58] <ann> ben: did you see it? carl said so
            === dora [~d@host.example]  has joined #tea
            === ed[] [e@host.example]  has joined #TEA
            [22:59] <ed[] > hello,  two blanks and a trailing one·
            [22:59]  * ann waves at ed[]
            === ben pours tea
            === Ann is now known as ann|away
            [23:00] <ann|away> back soon
            [23:00] <ben>
            [23:00]  * ben
            [23:01] <ben>·
            === dora [~d@host.example]  has left #tea ["Bye"]
            === ed[] [e@host.example]  has quit ["Ping timeout"]
            === Fay entered the room.
            === Fay entered the room.
            === gus left the room (quit: Read error: 104 (Connection reset by peer)).
            === hal left the room ("Leaving").
            === ira left the room.
            === joe left the room (requested by ben).
            === kim was kicked off #tea by ben (no spam)
            === ..[topic/#tea:ben] : Tea | Ask away
            === Topic for #tea: Tea | Ask away
            === mode/#tea [-b *!*@host.example]  by ben
            === mode/##tea mode (+o ben ) by ChanServ
            === 2 servers are split

            what is this?
            [24:00] <ben> no such time
            [23:59] <ben> ann|away, dora, ben and Fay: see http://fay.example/Fay and 'carl'
            [00:00] <Ben> past midnight, in other letters
            === ben is now known as fay
            === fay is now known as fay
            [00:01] <ann> ann again, without a rename
            [00:02] <大家> 大家好 ‏שלום‏ 👍🏽 e
            """.ReplaceLineEndings("\n").Replace('·', ' ')
        ),
        // U+0301 behind the e: NFC makes one character of the two.
        0xCC,
        0x81,
        (byte)'\n',
        .. "[00:03] <ann> caf"u8,
        0xE9,
        .. " "u8,
        0x93,
        .. "quoted"u8,
        0x94,
        (byte)'\n',
        .. "[00:03] <ann> \u0002bold\u0002 \u000304red\u000F \u0008tab\there\r\n"u8,
        .. "[00:03] <ann> a nul \0 inside\n"u8,
        .. "[00:04] <ann> "u8,
        .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("€uro ", 7_000))),
        (byte)'\n',
        .. "[00:05] <ann> blank"u8,
        .. Enumerable.Repeat((byte)' ', 40_000),
        .. "for long\n"u8,
        .. "[00:05] <"u8,
        .. Enumerable.Repeat((byte)'n', 129),
        .. "> nobody has such a nick\n"u8,
        .. "[00:06] <ann> without a line ending"u8,
    ];

    public static IrcLog Synthetic { get; } = Irc.Read("2011-11-13_00.log", EveryShape);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CHAT_IRC") is { Length: > 0 } told)
            return told;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "data", "irc")))
                return Path.Combine(at.FullName, "shared", "data", "irc");
        return null;
    }
}

/// <summary>
/// A theory about the real logs, which are not part of the project: skipped, and said so, where there are none.
/// </summary>
internal sealed class LogsTheoryAttribute : TheoryAttribute
{
    public LogsTheoryAttribute()
    {
        if (Logs.Folder is null)
            Skip = "no IRC logs: set CHAT_IRC to their folder";
    }
}
