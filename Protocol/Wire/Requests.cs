using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>From a subject and a body to what is asked, or to all that is wrong with it at once.</summary>
public static class Requests
{
    /// <summary>The largest whole number that every client can hold: 2^53 - 1.</summary>
    public const long MaxNumber = (1L << 53) - 1;

    /// <summary>Entries of a page unless the request says otherwise.</summary>
    public const int DefaultPage = 50;

    /// <summary>Members of one page.</summary>
    public const int MaxMembersPage = 1_000;

    /// <summary>The longest cursor, in characters.</summary>
    public const int MaxCursor = 1_024;

    /// <summary>Reads a request.</summary>
    public static Either<Refusal, Ask> Parse(Address to, Fields body) =>
        Verbs
            .Find(to.Area, to.Verb)
            .Bind(_ => Read(to, body))
            .Match(
                Some: read =>
                    read.Match(
                        Succ: Right<Refusal, Ask>,
                        Fail: faults =>
                            Left<Refusal, Ask>(
                                new Refusal.Malformed(
                                    Listing.From(faults.Select(fault => $"{fault.Field}: {fault.Rule}"))
                                )
                            )
                    ),
                None: () => Left<Refusal, Ask>(new Refusal.Unsupported("verb.unknown"))
            );

    private static Option<Validation<Fault, Ask>> Read(Address to, Fields body) =>
        (to.Area, to.Verb) switch
        {
            ("conversation", "create") => Some(Create(to, body)),
            ("conversation", "list") => Some(List(to, body)),
            ("conversation", "search") => Some(SearchRequests.Read(to, body)),
            ("conversation", var verb) => OfConversation(verb, body)
                .Map(read => ConversationId.Create(to.Id).Bind(id => read(id))),
            ("sync", "resume") => Some(Resume(body)),
            ("person" or "device", _) => PeopleRequests.Read(to, body),
            (PairRequests.Area, _) => PairRequests.Read(to, body),
            (ReportRequests.Area, _) => ReportRequests.Read(to, body),
            (RoomRequests.Area, _) => RoomRequests.Read(to, body),
            (HouseRequests.Area, _) => HouseRequests.Read(to, body),
            (CallRequests.Area, _) => CallRequests.Read(to, body),
            _ => None,
        };

    private static Option<Func<ConversationId, Validation<Fault, Ask>>> OfConversation(string verb, Fields body) =>
        Commands(verb, body).Case is Func<Validation<Fault, Command>> command
            ? Some<Func<ConversationId, Validation<Fault, Ask>>>(id => Change(id, body, command()))
            : verb switch
            {
                "read" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Seq(body).Map(seq => (Ask)new Ask.Mark(id, new Marks(seq, 0)))
                ),
                "delivered" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Seq(body).Map(seq => (Ask)new Ask.Mark(id, new Marks(0, seq)))
                ),
                "decline" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Client(body)
                        .Map(client => (Ask)new Ask.ChangeSelf(client, new Domain.People.Command.DeclineInvitation(id)))
                ),
                "typing" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Validation<Fault, Ask>.Success(new Ask.Typing(id))
                ),
                "get" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Validation<Fault, Ask>.Success(new Ask.Get(id))
                ),
                "begin" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id =>
                    Certificates.Drifted(body).Map(parts => (Ask)new Ask.Begin(id, parts))
                ),
                "members" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id => Members(id, body)),
                "history" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id => History(id, body)),
                "view" => Some<Func<ConversationId, Validation<Fault, Ask>>>(id => View(id, body)),
                _ => FileRequests.Read(verb, body),
            };

    internal static Option<Func<Validation<Fault, Command>>> Commands(string verb, Fields body) =>
        verb switch
        {
            "rename" => Some(() => body.Text("name", ConversationName.Create).Map(n => (Command)new Command.Rename(n))),
            "topic" => Some(() => body.Text("topic", Topic.Create).Map(t => (Command)new Command.SetTopic(t))),
            "nickname" => Some(() =>
                body.Text("nickname", Nickname.Create).Map(n => (Command)new Command.SetNickname(n))
            ),
            "invite" => Some(() => People(body, "people").Map(people => (Command)new Command.Invite(people))),
            "join" => Some(() =>
                body.TextIfAny("link", LinkId.Create).Map(link => (Command)new Command.Join(link.ToNullable()))
            ),
            "leave" => Some(() => Validation<Fault, Command>.Success(new Command.Leave())),
            "send" => Some(() => Send(body)),
            "edit" => Some(() =>
                (Seq(body), body.Text("body", Body.Create), People(body, "mentions"), Called(body)).Apply(
                    (seq, text, mentions, roles) =>
                        (Command)new Command.EditMessage(seq, text, mentions) { Roles = roles }
                )
            ),
            "redact" => Some(() =>
                (Seq(body), body.TextIfAny("reason", Reason.Create)).Apply(
                    (seq, reason) => (Command)new Command.RedactMessage(seq, OrNull(reason))
                )
            ),
            "react" => Some(() => Emoji(body, (seq, emoji) => new Command.React(seq, emoji))),
            "unreact" => Some(() => Emoji(body, (seq, emoji) => new Command.Unreact(seq, emoji))),
            _ => GoverningRequests.Read(verb, body),
        };

    private static Validation<Fault, Ask> Create(Address to, Fields body) =>
        (
            Nothing(to),
            Client(body),
            Kind(body),
            People(body, "members"),
            body.TextIfAny("name", ConversationName.Create)
        ).Apply(
            (_, client, kind, members, name) =>
                (Ask)new Ask.Change(null, client, new Command.Create(kind, members, OrNull(name)))
        );

    private static Validation<Fault, Ask> Change(ConversationId id, Fields body, Validation<Fault, Command> command) =>
        (Client(body), command).Apply((client, asked) => (Ask)new Ask.Change(id, client, asked));

    private static Validation<Fault, Command> Send(Fields body) =>
        (
            body.Text("body", Body.CreateOrNone),
            body.NumberIfAny("reply_to", 1, MaxNumber),
            People(body, "mentions"),
            body.Flag("action"),
            (Attachments.Given(body), Called(body)).Apply((files, roles) => (files, roles))
        ).Apply(
            (text, reply, mentions, action, more) =>
                (Command)
                    new Command.SendMessage(text, reply.ToNullable(), mentions, action)
                    {
                        Files = more.files,
                        Roles = more.roles,
                    }
        );

    private static Validation<Fault, Listing<RoleId>> Called(Fields body) =>
        Governed.Roles(body, "roles", Limits.RolesOfMember);

    private static Validation<Fault, Command> Emoji(Fields body, Func<long, Emoji, Command> make) =>
        (Seq(body), body.Text("emoji", Domain.Values.Emoji.Create)).Apply(make);

    private static Validation<Fault, ConversationKind> Kind(Fields body) =>
        body["kind"] switch
        {
            "direct" => Validation<Fault, ConversationKind>.Success(ConversationKind.Direct),
            "group" => Validation<Fault, ConversationKind>.Success(ConversationKind.Group),
            "channel" => Validation<Fault, ConversationKind>.Success(ConversationKind.Channel),
            _ => Fields.Wrong<ConversationKind>("kind", "direct, group or channel"),
        };

    private static Validation<Fault, Ask> List(Address to, Fields body) =>
        (Nothing(to), body.TextIfAny("after", ConversationId.Create), Limit(body, MaxPage)).Apply(
            (_, after, limit) => (Ask)new Ask.List(after.ToNullable(), limit)
        );

    private const int MaxPage = Domain.Views.History.MaxPage;

    private static Validation<Fault, Ask> Members(ConversationId id, Fields body) =>
        (body.TextIfAny("after", PersonId.Create), Limit(body, MaxMembersPage)).Apply(
            (after, limit) => (Ask)new Ask.Members(id, after.ToNullable(), limit)
        );

    private static Validation<Fault, Ask> History(ConversationId id, Fields body) =>
        (Anchored(body), Limit(body, MaxPage)).Apply(
            (from, limit) => (Ask)new Ask.History(id, from.Anchor, from.Seq, limit)
        );

    private static Validation<Fault, Ask> View(ConversationId id, Fields body) =>
        (
            body.TextIfAny("person", PersonId.Create),
            body.Number("version", 1, MaxNumber),
            Anchored(body),
            Limit(body, MaxPage)
        ).Apply(
            (person, version, from, limit) =>
                (Ask)new Ask.View(id, person.ToNullable(), version, from.Anchor, from.Seq, limit)
        );

    // Without an anchor: the newest messages, which is where a reader begins.
    private static Validation<Fault, (Anchor Anchor, long Seq)> Anchored(Fields body)
    {
        var given = new[] { ("before", Anchor.Before), ("after", Anchor.After), ("around", Anchor.Around) }
            .Where(one => body[one.Item1] is not null)
            .ToArray();
        return given switch
        {
            [] => Validation<Fault, (Anchor, long)>.Success((Anchor.Before, MaxNumber)),
            [var (name, anchor)] => body.Number(name, 0, MaxNumber).Map(seq => (anchor, seq)),
            _ => Fields.Wrong<(Anchor, long)>("before", "one of before, after and around"),
        };
    }

    private static Validation<Fault, Ask> Resume(Fields body) =>
        (Cursor(body), Certificates.Asked(body)).Apply((cursor, ids) => (Ask)new Ask.Resume(OrNull(cursor), ids));

    internal static Validation<Fault, Option<string>> Cursor(Fields body) =>
        body["cursor"] switch
        {
            null => Validation<Fault, Option<string>>.Success(Option<string>.None),
            string { Length: <= MaxCursor } cursor => Validation<Fault, Option<string>>.Success(Some(cursor)),
            _ => Fields.Wrong<Option<string>>("cursor", $"text of at most {MaxCursor} characters"),
        };

    internal static Validation<Fault, int> Limit(Fields body, int most) =>
        body.NumberIfAny("limit", 1, most).Map(limit => (int)limit.IfNone(DefaultPage));

    internal static T? OrNull<T>(Option<T> value)
        where T : class => value.IfNoneUnsafe((T?)null);

    internal static Validation<Fault, string> Nothing(Address to) =>
        to.Id == Subjects.Nothing ? Validation<Fault, string>.Success(to.Id) : Fields.Wrong<string>("id", "is -");

    internal static Validation<Fault, ClientId> Client(Fields body) => body.Text("client_id", ClientId.Create);

    internal static Validation<Fault, long> Seq(Fields body) => body.Number("seq", 1, MaxNumber);

    private static Validation<Fault, Listing<PersonId>> People(Fields body, string name) =>
        body.People(name, Limits.PeopleAtOnce);
}
