namespace Chat.Domain.Conversations;

/// <summary>Emoji under a message: a set of (emoji, person).</summary>
internal static class Reacting
{
    public static Either<Refusal, Decision> React(Context context, Command.React react, Facts facts) =>
        Standing
            .Named(react.Seq, facts)
            .Bind(message =>
            {
                if (message.Reactions.Contains(new Reaction(react.Emoji, context.Person)))
                    return Decision.Nothing;
                var emoji = message.Reactions.Map(reaction => reaction.Emoji);
                return emoji.Contains(react.Emoji) || emoji.Count < Limits.EmojiOfMessage
                    ? Decision.Accept(new Event.Reacted(context.Stamp, message.Ref, react.Emoji))
                    : Left<Refusal, Decision>(new Refusal.Full("message.emoji_bound"));
            });

    public static Either<Refusal, Decision> Unreact(Context context, Command.Unreact unreact, Facts facts) =>
        Standing
            .Named(unreact.Seq, facts)
            .Bind(message =>
                message.Reactions.Contains(new Reaction(unreact.Emoji, context.Person))
                    ? Decision.Accept(new Event.Unreacted(context.Stamp, message.Ref, unreact.Emoji))
                    : Decision.Nothing
            );
}
