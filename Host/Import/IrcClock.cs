using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>
/// The days and halves of days that a log leaves out. Its lines tell hour and minute; the file's name may tell the
/// rest:
/// <list type="bullet">
/// <item><c>YYYY-MM-DD</c> at the front is the day of the first line.</item>
/// <item><c>YYYY-MM-DD_HH</c> is the day and hour of the first line of that hour: such a file is a cut whose beginning
/// may lie on the day before.</item>
/// <item>A log of which no hour is 0 or above 12 and in which 1 follows 12 was written with a clock of twelve hours.
/// The hour of the name, counted to 24, says which half of the day it is; without one it begins before noon.</item>
/// <item>A step back by more than two hours is the next turn of the clock; a smaller one is a clock that was set back,
/// and is kept.</item>
/// </list>
/// </summary>
public static partial class IrcClock
{
    private const int Day = 24 * 60;
    private const int SetBack = 2 * 60;

    /// <summary>The day that is taken where neither the name nor anyone says one.</summary>
    public static readonly DateOnly Unknown = new(1970, 1, 1);

    /// <summary>The time of each line.</summary>
    /// <param name="minutes">Minute of the day for each line, null for one that tells no time.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="date">The day of the first line, used where the name says none.</param>
    /// <param name="offset">How far the log's clock is ahead of UTC.</param>
    public static ImmutableArray<Instant> Times(
        ImmutableArray<int?> minutes,
        string file,
        DateOnly? date,
        TimeSpan offset
    )
    {
        var turn = IsOfTwelveHours(minutes) ? Day / 2 : Day;
        var running = Running(minutes, turn);
        var (named, hour) = Named(file);
        var day = (named ?? date ?? Unknown).DayNumber - Unknown.DayNumber;
        var shift = (long)day * Day + (hour is { } at ? Anchor(running, at, turn) : 0);
        return [.. running.Select(minute => new Instant((shift + minute) * 60_000L - (long)offset.TotalMilliseconds))];
    }

    /// <summary>The day and the hour that a file's name tells.</summary>
    public static (DateOnly? Day, int? Hour) Named(string file)
    {
        var match = Front().Match(file);
        if (
            !match.Success
            || !DateOnly.TryParseExact(
                match.Groups[1].ValueSpan,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                default,
                out var day
            )
        )
            return (null, null);
        return
            int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
            && hour < 24
            ? (day, hour)
            : (day, null);
    }

    private static bool IsOfTwelveHours(ImmutableArray<int?> minutes)
    {
        var hours = minutes.OfType<int>().Select(minute => minute / 60).ToArray();
        return hours.All(hour => hour is > 0 and <= 12) && hours.Zip(hours.Skip(1)).Any(pair => pair is (12, 1));
    }

    // Minutes since the first turn of the clock, never lost at midnight; a line without a time is when the one before
    // was.
    private static ImmutableArray<int> Running(ImmutableArray<int?> minutes, int turn)
    {
        var last = minutes.OfType<int>().Cast<int?>().FirstOrDefault() % turn ?? 0;
        var turns = 0;
        var running = ImmutableArray.CreateBuilder<int>(minutes.Length);
        foreach (var minute in minutes)
        {
            if (minute % turn is { } now)
            {
                if (last - now > SetBack)
                    turns++;
                last = now;
            }
            running.Add(turns * turn + last);
        }
        return running.MoveToImmutable();
    }

    // What to add so that the first line of the named hour is in that hour of the named day.
    private static int Anchor(ImmutableArray<int> running, int hour, int turn)
    {
        foreach (var minute in running)
            if (minute % turn / 60 == hour % (turn / 60))
                return hour * 60 - minute / 60 * 60;
        return 0;
    }

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:_([0-9]{2}))?(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Front();
}
