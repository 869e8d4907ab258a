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
        // Each look-up answers those who stood when it was asked: an event may come between two of them.
        var ids = toSeq(standing.Map(one => one.Request.EventId).Distinct()).Strict();
        outputs.Add(new Output.LookUp(ids, lane.NextLookUp));
        return lane with { Asking = lane.Asking.Add(lane.NextLookUp, standing), NextLookUp = lane.NextLookUp + 1 };
    }

    public static Lane Answer(
        Lane lane,
        long ask,
        HashMap<Guid, Recorded> found,
        Refusal? failure,
        List<Output> outputs
    )
    {
        foreach (var one in lane.Asking.Find(ask).IfNone(Empty))
        {
            var twin = found.Find(one.Request.EventId);
            var reply = ReplyTo(one, twin, failure);
            if (one.Request.Ticket != 0)
                outputs.Add(new Output.Answer(one.Request.Ticket, reply));
            if (one.Judged is { } judged && failure is null)
                outputs.Add(twin.IsSome ? judged.Twin(reply) : judged);
        }
        return lane with { Asking = lane.Asking.Remove(ask) };
    }

    private static Reply ReplyTo(Asking one, Option<Recorded> twin, Refusal? failure) =>
        failure is not null
            ? new Reply.Refused(failure)
            : twin.Match(first => Replayed(one.Request, first), () => one.Otherwise);

    /// <summary>
    /// The first answer, for whoever asks again the same; a conflict for whoever asks something else.
    /// </summary>
    public static Reply Replayed(Arrival.Request request, Recorded first) =>
        request.Digest.Agrees(first.Origin.Digest) ? Reply.To(first, true) : new Reply.Refused(new Refusal.Conflict());
}
