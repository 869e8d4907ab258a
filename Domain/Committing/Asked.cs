namespace Chat.Domain.Committing;

/// <summary>
/// Before a refusal or an "already so" is answered its id is looked up: what was once accepted stays accepted, whatever
/// happened since.
/// </summary>
internal static class Asked
{
    public static Lane Ask(Lane lane, Seq<Asking> standing, List<Output> outputs)
    {
        if (standing.IsEmpty)
            return lane;
        var asking = lane.Asking;
        var ids = new List<Guid>();
        foreach (var one in standing)
        {
            var id = one.Request.EventId;
            // Under one id several may wait: a client that retried while the first was being looked up.
            if (asking.Find(id).Case is Seq<Asking> others)
                asking = asking.SetItem(id, others.Add(one));
            else
            {
                asking = asking.Add(id, Seq1(one));
                ids.Add(id);
            }
        }
        if (ids.Count > 0)
            outputs.Add(new Output.LookUp(toSeq(ids).Strict()));
        return lane with { Asking = asking };
    }

    public static Lane Answer(
        Lane lane,
        Seq<Guid> asked,
        HashMap<Guid, Recorded> found,
        Refusal? failure,
        List<Output> outputs
    )
    {
        foreach (var id in asked)
        foreach (var one in lane.Asking.Find(id).IfNone(Empty))
            if (one.Request.Ticket != 0)
                outputs.Add(new Output.Answer(one.Request.Ticket, ReplyTo(one, found.Find(id), failure)));
        return lane with { Asking = lane.Asking.RemoveRange(asked) };
    }

    private static Reply ReplyTo(Asking one, Option<Recorded> twin, Refusal? failure) =>
        failure is not null
            ? new Reply.Refused(failure)
            : twin.Match(first => Replayed(one.Request, first), () => one.Otherwise);

    /// <summary>
    /// The first answer, for whoever asks again the same; a conflict for whoever asks something else.
    /// </summary>
    public static Reply Replayed(Arrival.Request request, Recorded first) =>
        request.Digest.Agrees(first.Origin.Digest)
            ? new Reply.Accepted(Receipt.Of(first, true))
            : new Reply.Refused(new Refusal.Conflict());
}
