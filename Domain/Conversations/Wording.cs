namespace Chat.Domain.Conversations;

/// <summary>What becomes of words that a rule names. Who may change the settings is bound by none.</summary>
internal static class Wording
{
    public static Either<Refusal, Decision> Set(Context context, Command.SetWords set, State state) =>
        WordRule.FaultsOf(set.Rules) is { Count: > 0 } faults ? Left<Refusal, Decision>(new Refusal.Malformed(faults))
        : set.Rules.Equals(state.Words) ? Decision.Nothing
        : Decision.Accept(new Event.WordsSet(context.Stamp, set.Rules));

    /// <summary>Why somebody may not say something, where a rule names it.</summary>
    public static Refusal? Forbids(State state, PersonId person, Body body) =>
        Broken(state, person, body, isFlag: false) is { } rule ? WordRule.Kept(rule.Id, rule.ForMs > 0) : null;

    /// <summary>A refusal; where a rule takes the word from who would have said something, that happens.</summary>
    public static Either<Refusal, Decision> Refused(Context context, Command command, State state, Refusal refusal) =>
        refusal is Refusal.Unwanted
        && Broken(state, context.Person, BodyOf(command), isFlag: false) is { ForMs: > 0 } rule
            ? Decision.Accept(
                new Event.TimedOut(context.Stamp, context.Person, context.Now.Plus(rule.ForMs), null) { Rule = rule.Id }
            )
            : Left<Refusal, Decision>(refusal);

    /// <summary>The desk of those who are told, where a rule flags what is said.</summary>
    public static Seq<AnyFactKey> Needs(Context context, Body body, State state) =>
        Broken(state, context.Person, body, isFlag: true) is null
            ? Empty
            : Seq1<AnyFactKey>(new StreamFactKey(DeskOf(context)));

    /// <summary>
    /// What was decided, and that those who handle reports are told of it where a rule flags it. The desk's own rules
    /// say what becomes of that.
    /// </summary>
    public static Either<Refusal, Decision> Flagged(
        Context context,
        Body body,
        Either<Refusal, Decision> said,
        State state,
        Facts facts
    ) => said.Case is Decision decision ? Flagged(context, body, decision, state, facts) : said;

    private static Decision Flagged(Context context, Body body, Decision said, State state, Facts facts)
    {
        if (Broken(state, context.Person, body, isFlag: true) is not { } rule)
            return said;
        var desk = facts.Stream(DeskOf(context));
        var seq = said.Events.Head is Event.MessageSent sent ? sent.Seq : ((Event)said.Events.Head).About!.Value.Seq;
        var flag = new Desks.Command.Flag(ConversationId.Of(context.Id), seq, rule.Id);
        return said with
        {
            Further = desk.Bind(stream => stream.Decide(context.At(stream), flag, Facts.Empty).ToOption())
                .Map(decision => decision.Events)
                .IfNone(Empty)
                .Map(told => (DeskOf(context), told))
                .Strict(),
            Guards = said.Guards.Add(facts.GuardOf(DeskOf(context))),
        };
    }

    private static WordRule? Broken(State state, PersonId person, Body body, bool isFlag) =>
        state.Words.Count > 0
        && state.Members.Find(person).Exists(member => !Layers.Of(state, member).Has(Permission.ManageSettings))
            ? WordRule.Broken(state.Words, body, isFlag)
            : null;

    private static Body BodyOf(Command command) =>
        command switch
        {
            Command.SendMessage send => send.Body,
            Command.EditMessage edit => edit.Body,
            _ => Body.None,
        };

    private static StreamKey DeskOf(Context context) => new(context.Tenant, StreamKind.Desk, context.Id);
}
