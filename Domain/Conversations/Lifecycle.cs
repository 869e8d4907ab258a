namespace Chat.Domain.Conversations;

/// <summary>How a conversation begins, what it is called and what it is about.</summary>
internal static class Lifecycle
{
    public static Either<Refusal, Decision> Create(Context context, Command.Create create, State state, Facts facts)
    {
        // A direct conversation is there once for each pair: whoever of the two asks again finds it. For any other kind
        // the same id means the same request, which the look-up before this answer finds.
        if (state.Exists)
            return Decision.Nothing;
        var members = Listing.From(create.Members.Prepend(context.Person).Distinct());
        return Composition(create, members)
            .Match(
                Some: Left<Refusal, Decision>,
                None: () =>
                    Right(
                        new Decision(
                            Seq1<AnyEvent>(new Event.Created(context.Stamp, create.Kind, members, create.Name)),
                            Empty,
                            Welcome.Guards(context, members, facts)
                        )
                    )
            );
    }

    private static Option<Refusal> Composition(Command.Create create, Listing<PersonId> members) =>
        create.Kind switch
        {
            ConversationKind.Direct when members.Count != 2 => Some<Refusal>(
                new Refusal.Malformed(["members: a direct conversation has one other person"])
            ),
            ConversationKind.Direct when create.Name is not null => Some<Refusal>(
                new Refusal.Unsupported("direct.has_no_name")
            ),
            ConversationKind.Group or ConversationKind.Channel when members.Count > Limits.PeopleAtOnce =>
                Some<Refusal>(new Refusal.Full("people.at_once")),
            ConversationKind.Channel when create.Name is null => Some<Refusal>(
                new Refusal.Malformed(["name: a channel has a name"])
            ),
            ConversationKind.Direct or ConversationKind.Group or ConversationKind.Channel => None,
            _ => Some<Refusal>(new Refusal.Malformed(["kind: direct, group or channel"])),
        };

    public static Either<Refusal, Decision> Rename(Context context, Command.Rename rename, State state) =>
        rename.Name == state.Name ? Decision.Nothing : Decision.Accept(new Event.Renamed(context.Stamp, rename.Name));

    public static Either<Refusal, Decision> SetTopic(Context context, Command.SetTopic set, State state) =>
        set.Topic.Value == (state.Topic?.Value ?? "")
            ? Decision.Nothing
            : Decision.Accept(new Event.TopicSet(context.Stamp, set.Topic));
}
