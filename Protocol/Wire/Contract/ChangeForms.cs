using Chat.Domain.Conversations;

namespace Chat.Protocol.Wire;

/// <summary>The verbs that change a conversation.</summary>
internal static class ChangeForms
{
    private static readonly Field Client = new("client_id", Shapes.Token);
    private static readonly Field Seq = new("seq", new Shape.Whole(1, Requests.MaxNumber));
    private static readonly Field Name = new("name", Shapes.Name);
    private static readonly Field Said = new("body", Shapes.Body);
    private static readonly Field Mentions = new("mentions", Shapes.People(Limits.PeopleAtOnce), IsOptional: true);
    private static readonly Field Called = new(
        "roles",
        new Shape.Many(Shapes.Token, Limits.RolesOfMember),
        IsOptional: true
    );
    private static readonly Field Emoji = new("emoji", Shapes.Emoji);

    /// <summary>All of them.</summary>
    public static Listing<Verb> Verbs { get; } =
    [
        new(
            "conversation",
            "create",
            true,
            "Make a conversation; a direct one is there once for each pair.",
            [
                Client,
                new("kind", Shapes.Kind),
                new("members", Shapes.People(Limits.PeopleAtOnce), IsOptional: true),
                Name with
                {
                    IsOptional = true,
                },
            ],
            Forms.Receipt
        ),
        Change("rename", "Give it another name.", Name),
        Change("topic", "Say what it is about; blank clears it.", new Field("topic", Shapes.Topic)),
        Change("nickname", "Call oneself something in it.", new Field("nickname", Shapes.Nickname)),
        Change("invite", "Ask people in.", new Field("people", Shapes.People(Limits.PeopleAtOnce), IsOptional: true)),
        Change("join", "Come in, or come by a link.", new Field("link", Shapes.Token, IsOptional: true)),
        Change("leave", "Go out."),
        Change(
            "send",
            "Say something; without words where files speak for themselves.",
            new Field("body", Shapes.BodyOrNone, IsOptional: true),
            new Field("reply_to", new Shape.Whole(1, Requests.MaxNumber), IsOptional: true),
            Mentions,
            new Field("action", new Shape.Flag(), IsOptional: true),
            FileForms.Files,
            Called
        ),
        Change("edit", "Say it otherwise.", Seq, Said, Mentions, Called),
        Change("redact", "Take a message back.", Seq, new Field("reason", Shapes.Reason, IsOptional: true)),
        Change("react", "Put an emoji under a message.", Seq, Emoji),
        Change("unreact", "Take one's own emoji away.", Seq, Emoji),
        .. GoverningForms.Verbs.Select(verb => Change(verb.Name, verb.Says, [.. verb.Fields])),
    ];

    private static Verb Change(string name, string says, params Field[] fields) =>
        new("conversation", name, false, says, [Client, .. fields], Forms.Receipt);
}
