namespace Chat.Domain.Conversations;

/// <summary>The conversation as a decider.</summary>
public static class Conversation
{
    /// <summary>The value that everything is written against.</summary>
    public static Decider<State, Command, Event> Decider { get; } =
        new(
            State.Initial,
            Needing.Needs,
            Rules.Decide,
            Evolution.Evolve,
            Evolution.EvolveFacts,
            Due: _ => None,
            Standing.Mark,
            React: _ => Empty
        );

    /// <summary>A conversation before its first event.</summary>
    public static AnyStream New { get; } = At(State.Initial, new Instant(0));

    /// <summary>A conversation from a snapshot.</summary>
    public static AnyStream At(State state, Instant lastAt) =>
        new Stream<State, Command, Event>(Decider, state, state.Version, lastAt);

    /// <summary>The conversation that a create addresses: derived from the pair, or from the request.</summary>
    public static ConversationId IdOf(
        TenantId tenant,
        PersonId person,
        DeviceId device,
        ClientId client,
        Command.Create create
    )
    {
        var others = create.Members.Where(member => member != person).Distinct().ToArray();
        return create.Kind == ConversationKind.Direct && others is [var other]
            ? Derive.DirectId(tenant, person, other)
            : Derive.NewId(tenant, person, device, client);
    }
}
