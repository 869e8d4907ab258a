namespace Chat.Domain.Conversations;

/// <summary>Messages that everybody is to find.</summary>
internal static class Pinning
{
    public static Either<Refusal, Decision> Pin(Context context, Command.Pin pin, State state, Facts facts) =>
        Standing
            .Named(pin.Seq, facts)
            .Bind(message =>
                IsPinned(state, pin.Seq) ? Decision.Nothing
                : state.Pins.Count < Limits.Pins ? Decision.Accept(new Event.Pinned(context.Stamp, message.Ref))
                : Left<Refusal, Decision>(new Refusal.Full("pins.bound"))
            );

    public static Either<Refusal, Decision> Unpin(Context context, Command.Unpin unpin, State state, Facts facts) =>
        Standing
            .Named(unpin.Seq, facts)
            .Bind(message =>
                IsPinned(state, unpin.Seq)
                    ? Decision.Accept(new Event.Unpinned(context.Stamp, message.Ref))
                    : Decision.Nothing
            );

    private static bool IsPinned(State state, long seq) => state.Pins.Any(pin => pin.Seq == seq);
}
