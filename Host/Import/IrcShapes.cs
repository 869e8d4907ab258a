using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>
/// The shapes of a line, of two families: timed lines <c>[HH:MM] &lt;nick&gt; text</c> and <c>[HH:MM]  * nick does</c>,
/// and lines without a time behind <c>=== </c>: what the server said, and in older logs also what somebody does.
/// </summary>
public static partial class IrcShapes
{
    /// <summary>What a line says, and at which minute of the day; null where it does not tell the time.</summary>
    public static (int? Minute, Entry Entry) Read(string line)
    {
        if (line.Contains('\0'))
            return (null, new Entry.Malformed("holds a NUL"));
        if (line.StartsWith("=== ", StringComparison.Ordinal))
            return (null, Checked(Announced(line[4..])));
        if (Timed().Match(line) is not { Success: true } timed)
            return (null, new Entry.Malformed(string.IsNullOrWhiteSpace(line) ? "blank line" : "no known shape"));
        var (hour, minute) = (Number(timed.Groups[1]), Number(timed.Groups[2]));
        if (hour > 23 || minute > 59)
            return (null, new Entry.Malformed("no such time of day"));
        return (hour * 60 + minute, Checked(Spoken(timed.Groups[3].Value)));
    }

    private static Entry Spoken(string rest)
    {
        if (Saying().Match(rest) is { Success: true } said)
            return new Entry.Said(said.Groups[1].Value, said.Groups[2].Value);
        if (Acting().Match(rest) is { Success: true } acted)
            return new Entry.Acted(acted.Groups[1].Value, acted.Groups[2].Value);
        return new Entry.Malformed("no known shape");
    }

    private static Entry Announced(string rest)
    {
        if (Joining().Match(rest) is { Success: true } joined)
            return new Entry.Joined(joined.Groups[1].Value);
        if (Parting().Match(rest) is { Success: true } parted)
            return parted.Groups[2].Value == "quit"
                ? new Entry.Quit(parted.Groups[1].Value, parted.Groups[3].Value)
                : new Entry.Left(parted.Groups[1].Value, parted.Groups[3].Value);
        if (Entering().Match(rest) is { Success: true } entered)
            return new Entry.Joined(entered.Groups[1].Value);
        if (Leaving().Match(rest) is { Success: true } left)
            return Gone(left.Groups[1].Value, left.Groups[2].Value);
        if (Kicking().Match(rest) is { Success: true } kicked)
            return new Entry.Kicked(kicked.Groups[1].Value, kicked.Groups[2].Value, kicked.Groups[3].Value);
        if (Renaming().Match(rest) is { Success: true } renamed)
            return new Entry.Renamed(renamed.Groups[1].Value, renamed.Groups[2].Value);
        return Other(rest);
    }

    // "left the room (quit: …)", "(requested by …)" or just what they said when they went.
    private static Entry Gone(string nick, string how)
    {
        if (how.StartsWith("quit: ", StringComparison.Ordinal))
            return new Entry.Quit(nick, how["quit: ".Length..]);
        return Requested().Match(how) is { Success: true } requested
            ? new Entry.Kicked(nick, requested.Groups[1].Value, requested.Groups[2].Value)
            : new Entry.Left(nick, how);
    }

    private static Entry Other(string rest)
    {
        if (ChangingTopic().Match(rest) is { Success: true } topic)
            return new Entry.TopicSet(topic.Groups[1].Value, topic.Groups[2].Value);
        if (TellingTopic().Match(rest) is { Success: true } told)
            return new Entry.TopicSet(null, told.Groups[1].Value);
        if (
            rest.StartsWith("mode/", StringComparison.Ordinal)
            || rest.StartsWith("ServerMode/", StringComparison.Ordinal)
        )
            return new Entry.ModeChanged(rest);
        // An action looks like any sentence of the server that begins with a word; only who could be a nick (RFC 2812,
        // section 2.3.1) does something.
        return Doing().Match(rest) is { Success: true } acted && !rest.StartsWith("Topic (", StringComparison.Ordinal)
            ? new Entry.Acted(acted.Groups[1].Value, acted.Groups[2].Value)
            : new Entry.Noticed(rest);
    }

    private static Entry Checked(Entry entry) =>
        entry is Entry.Said said && string.IsNullOrWhiteSpace(said.Text) ? new Entry.Malformed("nothing is said")
        : entry is Entry.Acted acted && string.IsNullOrWhiteSpace(acted.Text) ? new Entry.Malformed("nothing is done")
        : NicksOf(entry).All(nick => Nickname.Create(nick).IsSuccess) ? entry
        : new Entry.Malformed("no nick");

    private static string[] NicksOf(Entry entry) =>
        entry switch
        {
            Entry.Said said => [said.Nick],
            Entry.Acted acted => [acted.Nick],
            Entry.Joined joined => [joined.Nick],
            Entry.Left left => [left.Nick],
            Entry.Quit quit => [quit.Nick],
            Entry.Kicked kicked => [kicked.Nick],
            Entry.Renamed renamed => [renamed.Old, renamed.New],
            Entry.TopicSet or Entry.ModeChanged or Entry.Noticed or Entry.Malformed => [],
        };

    private static int Number(Group digits) =>
        int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const RegexOptions Exact = RegexOptions.CultureInvariant | RegexOptions.Singleline;

    [GeneratedRegex(@"^\[([0-9]{2}):([0-9]{2})\] (.*)\z", Exact)]
    private static partial Regex Timed();

    // Some clients write the rank before the nick, and a blank behind one that ends in a bracket: neither can be part
    // of it.
    [GeneratedRegex(@"^<[@+%]?([^<>\s]+) ?>(?: (.*))?\z", Exact)]
    private static partial Regex Saying();

    [GeneratedRegex(@"^ \* (\S+)(?: (.*))?\z", Exact)]
    private static partial Regex Acting();

    [GeneratedRegex(@"^(\S+) {1,2}\[\S*\]  has joined #\S*\z", Exact)]
    private static partial Regex Joining();

    [GeneratedRegex(@"^(\S+) {1,2}\[\S*\]  has (left #\S*|quit) \[(.*)\]\z", Exact)]
    private static partial Regex Parting();

    [GeneratedRegex(@"^(\S+) entered the room\.\z", Exact)]
    private static partial Regex Entering();

    [GeneratedRegex(@"^(\S+) left the room(?: \((.*)\))?\.\z", Exact)]
    private static partial Regex Leaving();

    [GeneratedRegex(@"^requested by ([^\s:]+)(?:: (.*))?\z", Exact)]
    private static partial Regex Requested();

    [GeneratedRegex(@"^(\S+) was kicked off #\S* by (\S+) \((.*)\)\z", Exact)]
    private static partial Regex Kicking();

    [GeneratedRegex(@"^(\S+) is now known as (\S+)\z", Exact)]
    private static partial Regex Renaming();

    [GeneratedRegex(@"^\.\.\[topic/#[^:\s]*:([^\]\s]+)\] : (.*)\z", Exact)]
    private static partial Regex ChangingTopic();

    [GeneratedRegex(@"^Topic for #[^:\s]*: (.*)\z", Exact)]
    private static partial Regex TellingTopic();

    [GeneratedRegex(@"^([A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]*) (.*)\z", Exact)]
    private static partial Regex Doing();
}
