using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Views;
using Happened = Chat.Domain.Conversations.Event;
using Standing = Chat.Domain.Conversations.Standing;

namespace Chat.Domain.Desks;

/// <summary>
/// What those who handle a report see of the message that it is about: that one, also where they are not in and
/// whoever has blocked whom, but only for an hour after they said why they look.
/// </summary>
public static class Looking
{
    /// <summary>Which message somebody may read by a report, or why they may not.</summary>
    public static Either<Refusal, Subject.Message> At(
        Conversations.State place,
        State desk,
        PersonId person,
        long report,
        Instant now
    )
    {
        if (!place.Members.ContainsKey(person))
            return Standing.Outside(person, place);
        if (!Desk.IsHandler(place, person))
            return new Refusal.Forbidden([Permission.Reports.Rule()]);
        if (desk.Find(report).Filter(one => one.About != person).Case is not Report found)
            return new Refusal.NotFound("report.unknown");
        if (found.Subject is not Subject.Message message)
            return new Refusal.Unsupported("report.of_no_message");
        return found.IsOpenTo(person, now) ? message : new Refusal.Forbidden(["report.not_looked_at"]);
    }

    /// <summary>
    /// The message as it is now, from what happened to it; none if it is not among that. Neither what it answers nor
    /// what others put under it is shown.
    /// </summary>
    public static Option<Message> Of(Subject.Message subject, Seq<Recorded> past) =>
        History
            .Fold(
                past.Filter(one =>
                        one.Event is Happened.MessageSent sent
                            ? sent.Seq == subject.Seq
                            : one.Event is Happened.MessageEdited or Happened.MessageRedacted
                                && ((Happened)one.Event).About?.Seq == subject.Seq
                    )
                    .Map(one => (Seen)new Seen.Shown(one.Version, (Happened)one.Event))
            )
            .Messages.Find(subject.Seq)
            .Map(message => message with { ReplyTo = null });
}
