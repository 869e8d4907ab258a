namespace Chat.Domain.Conversations;

/// <summary>Who is in, who was asked in, who asks to be, and what they are called here.</summary>
internal static class Membership
{
    public static Either<Refusal, Decision> Invite(Context context, Command.Invite invite, State state, Facts facts)
    {
        var people = Listing.From(
            invite
                .People.Distinct()
                .Where(person => !state.Members.ContainsKey(person) && !state.Invited.ContainsKey(person))
        );
        if (people.Count == 0)
            return Decision.Nothing;
        return people.Count <= Limits.PeopleAtOnce && state.Invited.Count + people.Count <= Limits.PendingInvitations
            ? Right(
                new Decision(
                    Seq1<AnyEvent>(new Event.Invited(context.Stamp, people)),
                    Empty,
                    Welcome.Guards(context, people, facts)
                )
            )
            : Left<Refusal, Decision>(new Refusal.Full("invitations.pending"));
    }

    public static Either<Refusal, Decision> Join(Context context, Command.Join join, State state, Facts facts)
    {
        if (state.Members.ContainsKey(context.Person))
            return Decision.Nothing;
        var most = state.Kind is ConversationKind.Channel ? Limits.ChannelMembers : Limits.GroupMembers;
        return state.Members.Count < most
            ? Decision.Accept(new Event.Joined(context.Stamp, AccessOf(context.Person, state, facts), join.Link))
            : Left<Refusal, Decision>(new Refusal.Full("members.bound"));
    }

    // What the settings of this moment say, written down: settings changed later open nothing.
    private static Listing<Interval> AccessOf(PersonId person, State state, Facts facts)
    {
        var from = state.Settings.History switch
        {
            HistoryRule.All => 1,
            HistoryRule.Invite => state.Invited.Find(person).Map(one => one.Version).IfNone(state.Next),
            HistoryRule.Last => LastShown(state, facts),
            _ => state.Next,
        };
        var former = facts.Find<Fact.AccessOf>(new FactKey.AccessOf(person)).Map(fact => fact.Stretches);
        return Access.Reopened(former.IfNone(Listing<Interval>.Empty), from);
    }

    private static long LastShown(State state, Facts facts) =>
        Needing.FirstShown(state) is { } seq
            ? facts.Find<Fact.Message>(new FactKey.Message(seq)).Map(message => message.Ref.Version).IfNone(state.Next)
            : state.Next;

    // Who is not in has nothing to leave: it is so already.
    public static Either<Refusal, Decision> Leave(Context context, State state) =>
        state.Members.ContainsKey(context.Person) ? Decision.Accept(new Event.Left(context.Stamp)) : Decision.Nothing;

    public static Either<Refusal, Decision> Knock(Context context, Command.Knock knock, State state)
    {
        var person = context.Person;
        var isSo =
            state.Members.ContainsKey(person) || state.Invited.ContainsKey(person) || state.Knocking.Contains(person);
        return isSo ? Decision.Nothing
            : state.Knocking.Count < Limits.Knocks ? Decision.Accept(new Event.Knocked(context.Stamp, knock.Reason))
            : Left<Refusal, Decision>(new Refusal.Full("knocks.bound"));
    }

    public static Either<Refusal, Decision> Uninvite(Context context, Command.Uninvite uninvite, State state) =>
        state.Invited.ContainsKey(uninvite.Person) || state.Knocking.Contains(uninvite.Person)
            ? Decision.Accept(new Event.Uninvited(context.Stamp, uninvite.Person))
            : Decision.Nothing;

    public static Either<Refusal, Decision> SetNickname(Context context, Command.SetNickname set, State state) =>
        state.Members.Find(context.Person).Exists(member => member.Nickname == set.Nickname)
            ? Decision.Nothing
            : Decision.Accept(new Event.Nicknamed(context.Stamp, set.Nickname));
}
