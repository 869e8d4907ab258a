using Chat.Domain.People;
using Chat.Domain.Rooms;

namespace Chat.Domain.Presences;

/// <summary>
/// Who sees whom in the hall: the one function for it. A room is told of by itself (<see cref="Card"/>): whoever may
/// see into it sees who is inside.
/// </summary>
public static class Sighting
{
    /// <summary>
    /// Whether somebody is seen in the hall. Where not, it is as if they were away: whoever looks is no friend or kept
    /// apart by a block, is not to be told of them, or they sneak or let nobody see it.
    /// </summary>
    /// <param name="attendance">Whether they are in.</param>
    /// <param name="privacy">What they keep to themselves.</param>
    /// <param name="tie">How whoever looks stands to them.</param>
    public static bool IsInHall(Attendance attendance, Privacy privacy, Tie tie) =>
        attendance is Attendance.Visible
        && !tie.IsGhost
        && Reach.ShowsPresence(privacy, new Terms(tie.IsFriend, tie.IsClosed));
}
