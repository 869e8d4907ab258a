namespace Chat.Domain.Conversations;

/// <summary>A direct conversation that one of the two closed: nothing is said in it.</summary>
internal static class Closing
{
    public static Either<Refusal, Decision> Close(Context context, State state) =>
        state.ClosedBy.Contains(context.Person) ? Decision.Nothing : Decision.Accept(new Event.Closed(context.Stamp));

    public static Either<Refusal, Decision> Reopen(Context context, State state) =>
        state.ClosedBy.Contains(context.Person) ? Decision.Accept(new Event.Reopened(context.Stamp)) : Decision.Nothing;
}
