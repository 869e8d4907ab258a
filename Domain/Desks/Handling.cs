using Chat.Domain.Conversations;
using Chat.Domain.Permitting;

namespace Chat.Domain.Desks;

/// <summary>What those do who handle reports: whose one is, what it is about, and what came of it.</summary>
internal static class Handling
{
    // A report about whoever asks is not there for them.
    private static Either<Refusal, Report> Open(Context context, Conversations.State place, long number, State state) =>
        !place.Members.ContainsKey(context.Person) ? Left<Refusal, Report>(Standing.Outside(context.Person, place))
        : !Desk.IsHandler(place, context.Person)
            ? Left<Refusal, Report>(new Refusal.Forbidden([Permission.Reports.Rule()]))
        : state
            .Open.Find(number)
            .Filter(report => report.About != context.Person)
            .ToEither((Refusal)new Refusal.NotFound("report.unknown"));

    public static Either<Refusal, Decision> Assign(
        Context context,
        Command.Assign assign,
        State state,
        Conversations.State place
    ) =>
        Open(context, place, assign.Report, state)
            .Bind(report =>
                assign.To == report.Assignee ? Decision.Nothing
                : assign.To is { } to && (!Desk.IsHandler(place, to) || report.About == to)
                    ? Left<Refusal, Decision>(new Refusal.Forbidden(["assignee.may_not"]))
                : Decision.Accept(
                    new Event.Assigned(context.Stamp, assign.Report, assign.To)
                    {
                        Because = RulesOf(place, context.Person),
                    }
                )
            );

    // Whatever became of the message: who looked, and why, stays.
    public static Either<Refusal, Decision> Look(
        Context context,
        Command.Look look,
        State state,
        Conversations.State place
    ) =>
        Open(context, place, look.Report, state)
            .Bind(report =>
                report.Subject is Subject.Message
                    ? Decision.Accept(
                        new Event.Looked(context.Stamp, look.Report, look.Why)
                        {
                            Because = RulesOf(place, context.Person),
                        }
                    )
                    : Left<Refusal, Decision>(new Refusal.Unsupported("report.of_no_message"))
            );

    public static Either<Refusal, Decision> Settle(
        Context context,
        Command.Settle settle,
        State state,
        Conversations.State place
    ) =>
        Open(context, place, settle.Report, state)
            .Bind(report =>
                Enum.IsDefined(settle.Outcome)
                    ? Decision.Accept(
                        new Event.Settled(context.Stamp, report.Number, settle.Outcome, settle.Note)
                        {
                            Because = RulesOf(place, context.Person),
                        }
                    )
                    : Left<Refusal, Decision>(new Refusal.Malformed(["outcome: acted or dismissed"]))
            );

    // The layer that gave it, and what it gave.
    private static Listing<string> RulesOf(Conversations.State place, PersonId person) =>
        place.Members.Find(person).Case is Member member
            ? [Layers.Source(place, member, Permission.Reports), Permission.Reports.Rule()]
            : Event.Allowed;
}
