namespace Chat.Domain.Conversations;

/// <summary>Who is in, who was asked in, and what they are called here.</summary>
internal static class Membership
{
    public static Either<Refusal, Decision> Invite(Context context, Command.Invite invite, State state) =>
        Standing
            .Member(context, state)
            .Bind(member => NotDirect(state, member))
            .Bind(_ =>
            {
                var people = Listing.From(
                    invite
                        .People.Distinct()
                        .Where(person => !state.Members.ContainsKey(person) && !state.Invited.ContainsKey(person))
                );
                if (people.Count == 0)
                    return Decision.Nothing;
                return
                    people.Count <= Limits.PeopleAtOnce
                    && state.Invited.Count + people.Count <= Limits.PendingInvitations
                    ? Decision.Accept(new Event.Invited(context.Stamp, people))
                    : Left<Refusal, Decision>(new Refusal.Full("invitations.pending"));
            });

    public static Either<Refusal, Decision> Join(Context context, State state, Facts facts)
    {
        if (state.Members.ContainsKey(context.Person))
            return Decision.Nothing;
        var open = state.Kind is ConversationKind.Channel;
        if (!open && !(state.Kind is ConversationKind.Group && state.Invited.ContainsKey(context.Person)))
            return Left<Refusal, Decision>(new Refusal.NotFound("conversation.unknown"));
        if (state.Members.Count >= (open ? Limits.ChannelMembers : Limits.GroupMembers))
            return Left<Refusal, Decision>(new Refusal.Full("members.bound"));
        var access = open ? [Interval.OpenFrom(1)] : Access.Reopened(Former(context, facts), state.Next);
        return Decision.Accept(new Event.Joined(context.Stamp, access));
    }

    private static Listing<Interval> Former(Context context, Facts facts) =>
        facts
            .Find<Fact.AccessOf>(new FactKey.AccessOf(context.Person))
            .Map(fact => fact.Stretches)
            .IfNone(Listing<Interval>.Empty);

    public static Either<Refusal, Decision> Leave(Context context, State state)
    {
        // Who is not in an open channel is already where they want to be; of anything else an outsider learns nothing.
        if (!state.Members.ContainsKey(context.Person))
            return state.Kind is ConversationKind.Channel
                ? Decision.Nothing
                : Left<Refusal, Decision>(Standing.Outside(context.Person, state));
        return state.Kind is ConversationKind.Direct
            ? Left<Refusal, Decision>(new Refusal.Unsupported("direct.is_for_two"))
            : Decision.Accept(new Event.Left(context.Stamp));
    }

    public static Either<Refusal, Decision> SetNickname(Context context, Command.SetNickname set, State state) =>
        Standing
            .Member(context, state)
            .Bind(member =>
                member.Nickname == set.Nickname
                    ? Decision.Nothing
                    : Decision.Accept(new Event.Nicknamed(context.Stamp, set.Nickname))
            );

    private static Either<Refusal, Member> NotDirect(State state, Member member) =>
        Standing.Must(state.Kind is not ConversationKind.Direct, new Refusal.Unsupported("direct.is_for_two"), member);
}
