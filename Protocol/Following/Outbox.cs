using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Following;

/// <summary>A request of this device that its view does not show yet.</summary>
/// <param name="Client">Under which it is sent, however often.</param>
/// <param name="Command">What is asked.</param>
/// <param name="At">When, by the device's clock.</param>
/// <param name="Version">Where it was accepted; null while it waits for an answer.</param>
public sealed record Pending(ClientId Client, Command Command, Instant At, long? Version = null);

/// <summary>What a device expects of one request, given those before it.</summary>
public sealed record Expected(Pending Pending, Prediction Prediction);

/// <summary>
/// What a device has asked of one conversation and does not see yet, in order. It is laid over what is held, anew
/// whenever that changes: whatever others did meanwhile comes before it. Nothing in it counts as accepted.
/// </summary>
public sealed record Outbox(Seq<Pending> Waiting)
{
    /// <summary>Nothing waits.</summary>
    public static Outbox Empty { get; } = new(Seq<Pending>());

    /// <summary>With one more request; the same id again changes nothing.</summary>
    public Outbox Ask(ClientId client, Command command, Instant at) =>
        Waiting.Exists(one => one.Client == client)
            ? this
            : new(Waiting.Add(new Pending(client, command, at)).Strict());

    /// <summary>
    /// After an answer. What was accepted stays until it is seen; what was refused, or was so already, is gone.
    /// </summary>
    public Outbox Answered(ClientId client, Either<Refusal, Receipt> answer, Option<ConversationView> held) =>
        answer.Case is Receipt receipt && held.ForAll(view => receipt.Version > view.Version)
            ? new(Waiting.Map(one => one.Client == client ? one with { Version = receipt.Version } : one).Strict())
            : new(Waiting.Filter(one => one.Client != client).Strict());

    /// <summary>Without what a view shows by now.</summary>
    public Outbox Seen(ConversationView held) =>
        new(Waiting.Filter(one => !(one.Version is { } version && version <= held.Version)).Strict());

    /// <summary>
    /// What is held with all that waits laid over it, and what is expected of each: that of the last rests on the view
    /// after those before it.
    /// </summary>
    public (ConversationView View, Seq<Expected> Each) Over(ConversationView held, DeviceId device)
    {
        var (view, each) = (held, new List<Expected>());
        foreach (var one in Seen(held).Waiting)
        {
            var prediction = Predicting.Predict(view, new Context(held.Viewer, device, one.At), one.Command);
            view = Predicting.After(view, prediction);
            each.Add(new Expected(one, prediction));
        }
        return (view, toSeq(each).Strict());
    }
}
