using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Following;

/// <summary>What a device expects of a request before a host has decided it.</summary>
public abstract record Prediction
{
    private Prediction() { }

    /// <summary>It will be accepted, with these events; with none where it is so already.</summary>
    public sealed record Accepted(Seq<Event> Events) : Prediction;

    /// <summary>It will be refused.</summary>
    public sealed record Refused(Refusal Refusal) : Prediction;

    /// <summary>It rests on something that the device does not hold.</summary>
    public sealed record Unknown : Prediction;
}

/// <summary>
/// Predicts with the very function that decides, on what a person is shown. Where that says no, the host does; where it
/// says yes, the host does, or it has a reason that nobody is shown: <see cref="IsUnknowable"/>.
/// </summary>
public static class Predicting
{
    // What others take from whom, who is kept out, links, rules about words, that one of two closed the conversation,
    // and when somebody last spoke.
    private static readonly string[] Unshown =
    [
        "person.",
        "member.banned",
        "bans.",
        "link.",
        "links.",
        "words.",
        "direct.closed",
        "settings.slow_mode",
    ];

    /// <summary>Whether a refusal rests on what no device is shown, so that none can expect it.</summary>
    public static bool IsUnknowable(Refusal refusal) =>
        refusal.Because.Any(rule => Unshown.Any(hidden => rule.StartsWith(hidden, StringComparison.Ordinal)));

    /// <summary>What is to be expected of a command on a view, at a time by the device's clock.</summary>
    public static Prediction Predict(ConversationView view, Context context, Command command)
    {
        if (!view.State.Exists || RestsOnUnshown(view, command))
            return new Prediction.Unknown();
        var state = AsSeen(view);
        var facts = Needing
            .Needs(context, command, state)
            .Fold(Some(Facts.Empty), (known, key) => known.Bind(facts => Fact(view, facts, key)));
        return facts.Case is Facts held
            ? Rules
                .Decide(context, command, state, held)
                .Match<Prediction>(
                    decision => new Prediction.Accepted(toSeq(decision.Events.OfType<Event>()).Strict()),
                    refusal => new Prediction.Refused(refusal)
                )
            : new Prediction.Unknown();
    }

    /// <summary>A view as it will be once that has happened.</summary>
    public static ConversationView After(ConversationView view, Prediction prediction) =>
        prediction is Prediction.Accepted accepted
            ? accepted.Events.Fold(view, (held, one) => held.Evolve(new Seen.Shown(held.Version + 1, one)))
            : view;

    // What is so already is not to be told from what is not.
    private static bool RestsOnUnshown(ConversationView view, Command command) =>
        command switch
        {
            Command.DropLink or Command.SetWords or Command.Unban or Command.Close or Command.Reopen => true,
            Command.Ban ban => !view.State.Members.ContainsKey(ban.Person),
            _ => false,
        };

    // What one holds one may see, all of it.
    private static State AsSeen(ConversationView view) =>
        view.State with
        {
            Members = view.State.Members.TrySetItem(
                view.Viewer,
                member => member with { Access = [Interval.OpenFrom(1)] }
            ),
        };

    private static Option<Facts> Fact(ConversationView view, Facts facts, AnyFactKey key) =>
        key switch
        {
            FactKey.Message { Seq: var seq } when view.History.Messages.Find(seq).Case is Message held => facts.With(
                key,
                Some<AnyFact>(
                    new Fact.Message(
                        new MessageRef(held.Seq, held.Version, held.By),
                        held.By,
                        held.At,
                        held.IsRedacted,
                        toSet(
                            held.Reactions.SelectMany(one =>
                                one.People.Select(person => new Reaction(one.Emoji, person))
                            )
                        )
                    )
                )
            ),
            // Of what is held without a gap, what is missing is not to be seen; of what was before it, nobody knows.
            FactKey.Message { Seq: var seq } => seq > view.State.LastSeq || IsAfterFirst(view, seq)
                ? facts.With(key, None)
                : None,
            // What somebody said before, and what others take from whom, is not shown.
            _ => facts.With(key, None),
        };

    private static bool IsAfterFirst(ConversationView view, long seq) =>
        view.History.Messages.HeadOrNone().Exists(first => first.Key <= seq);
}
