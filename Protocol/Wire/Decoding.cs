using System.Collections.Immutable;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>
/// What a client reads: answers and events back into the values that the views fold. Whatever the bytes are, the result
/// is a value or nothing; unknown fields are passed over, an unknown type of event counts as hidden.
/// </summary>
public static class Decoding
{
    /// <summary>What an answer holds: the refusal, or what was asked for.</summary>
    public static Either<Refusal, T> Answer<T>(ReadOnlyMemory<byte> bytes, Func<Fields, T> read) =>
        Fields.ReadAnswer(bytes).Bind(fields => Answer(fields, read));

    /// <summary>What an answer in any form holds.</summary>
    public static Either<Refusal, T> Answer<T>(Fields answer, Func<Fields, T> read) =>
        answer["refused"] is ImmutableDictionary<string, object?> refused
            ? Left<Refusal, T>(RefusalOf(new Fields(refused)))
            : Try(() => read(answer.Map("ok")));

    /// <summary>An event.</summary>
    public static Either<Refusal, (ConversationId Conversation, Seen Seen)> Event(ReadOnlyMemory<byte> bytes) =>
        Fields.Read(bytes).Bind(fields => Try(() => (fields.Conversation("conversation"), SeenOf(fields))));

    internal static Either<Refusal, T> Try<T>(Func<T> read)
    {
        try
        {
            return Right(read());
        }
        // The readers below throw nothing else on fields that are not there or not what they should be.
        catch (FormatException fault)
        {
            return Left<Refusal, T>(new Refusal.Malformed([fault.Message]));
        }
    }

    internal static Refusal RefusalOf(Fields refused) =>
        new RemoteRefusal(
            refused["code"] as string ?? "malformed",
            refused["because"] is object?[] rules ? Listing.From(rules.OfType<string>()) : Listing<string>.Empty,
            refused["retry_after_ms"] as long?
        );

    /// <summary>A receipt.</summary>
    public static Receipt Receipt(Fields ok) =>
        new(
            ok["person"] is null
                ? StreamKey.Of(TenantId.Main, ok.Conversation("conversation"))
                : StreamKey.Of(TenantId.Main, ok.Person("person")),
            ok.Long("version"),
            ok.Time("at"),
            ok["seq"] as long?,
            ok["replayed"] is true
        );

    /// <summary>Marks.</summary>
    public static Marks Marks(Fields ok) => new(ok.Long("read"), ok.Long("delivered"));

    /// <summary>A page of history.</summary>
    public static HistoryPage History(Fields ok) =>
        new(ok.List("messages", MessageOf), ok["more"] is true) { Lines = LinesOf(ok) };

    // Of another kind than one knows there may be some.
    private static Listing<Line> LinesOf(Fields page) =>
        page["lines"] is null ? [] : Line.Of(page.List("lines", SeenOf));

    /// <summary>A page of the inbox.</summary>
    public static InboxPage Inbox(Fields ok) => new(ok.List("conversations", EntryOf), ok["more"] is true);

    /// <summary>A page of members.</summary>
    public static MembersPage Members(Fields ok) => new(ok.List("members", MemberOf), ok["more"] is true);

    /// <summary>Details of a conversation.</summary>
    public static Details Details(Fields ok) =>
        new(
            EntryOf(ok.Map("entry")),
            ok["topic"] is null ? null : ok.Value("topic", Topic.Create),
            ok.Long("joined_seq"),
            ok.Long("member_count"),
            ok.List("members", MemberOf),
            ok.Persons("invited"),
            Governed.RulesOf(ok.Map("rules"))
        );

    /// <summary>A page of what was missed.</summary>
    public static ResumePage Resume(Fields ok) =>
        new(
            ok.String("cursor"),
            ok["reset"] is true,
            ok.List("conversations", ResumptionOf),
            ok["more"] is true,
            ok.List("certificates", Certificates.Read)
        );

    /// <summary>A conversation to begin anew.</summary>
    public static Resumption.Reset Begun(Fields ok) =>
        new(ok.Conversation("conversation"), Details(ok.Map("reset")), ok.List("messages", MessageOf))
        {
            Lines = LinesOf(ok),
        };

    private static Resumption ResumptionOf(Fields one)
    {
        var conversation = one.Conversation("conversation");
        if (one["left"] is true)
            return new Resumption.Left(conversation, one.Long("version"));
        return one["reset"] is null
            ? new Resumption.Missed(conversation, one.List("events", SeenOf), Marks(one))
            : Begun(one);
    }

    private static InboxEntry EntryOf(Fields entry) =>
        new(
            entry.Conversation("conversation"),
            Words.StandingOf(entry["standing"]) ?? throw new FormatException("standing"),
            Words.KindOf(entry["kind"]) ?? throw new FormatException("kind"),
            entry["name"] is null ? null : entry.Value("name", ConversationName.Create),
            entry.Long("version"),
            entry.Long("seq"),
            Marks(entry),
            (int)entry.Long("unread"),
            (int)entry.Long("mentions"),
            entry["last"] is null ? null : MessageOf(entry.Map("last"))
        );

    private static MemberEntry MemberOf(Fields member) =>
        new(
            member.Person("person"),
            member["role"] is "owner" ? Role.Owner : Role.Member,
            member["nickname"] is null ? null : member.Value("nickname", Nickname.Create),
            member.Long("joined_at")
        )
        {
            Roles = Governed.RolesOf(member, "roles"),
            Grant = Governed.GrantOf(member),
            TimedOutUntil = member["timed_out_until"] as Instant?,
        };

    internal static Message MessageOf(Fields one) =>
        new(
            one.Long("seq"),
            one.Long("version"),
            one.Person("by"),
            one.Time("at"),
            one["occurred_at"] as Instant?,
            ContentOf(one),
            one["action"] is true,
            one["reply_to"] as long?,
            one.Persons("mentions"),
            one["edited_at"] as Instant?,
            one.PersonIfAny("redacted_by"),
            one.ReasonIfAny("reason"),
            one.List("reactions", r => new ReactionsOf(r.Value("emoji", Emoji.Create), r.Persons("people")))
        )
        {
            IsForEveryone = one["everyone"] is true,
        };

    private static Content ContentOf(Fields one) => one["body"] is null ? Content.Redacted : Attachments.Content(one);

    private static Seen SeenOf(Fields one)
    {
        var version = one.Long("version");
        return EventOf(one).Case is Event happened
            ? new Seen.Shown(version, happened)
            : new Seen.Hidden(version, one["until"] as long? ?? version);
    }

    private static Option<Event> EventOf(Fields one) =>
        (one["type"] as string) switch
        {
            "created" => new Event.Created(
                StampOf(one),
                Words.KindOf(one["kind"]) ?? throw new FormatException("kind"),
                one.Persons("members"),
                one["name"] is null ? null : one.Value("name", ConversationName.Create)
            ),
            "renamed" => new Event.Renamed(StampOf(one), one.Value("name", ConversationName.Create)),
            "topic_set" => new Event.TopicSet(StampOf(one), one.Value("topic", Topic.Create)),
            "nicknamed" => new Event.Nicknamed(StampOf(one), one.Value("nickname", Nickname.Create)),
            "invited" => new Event.Invited(StampOf(one), one.Persons("people")),
            "joined" => new Event.Joined(StampOf(one), Listing<Interval>.Empty),
            "left" => new Event.Left(StampOf(one)),
            "message" => new Event.MessageSent(
                StampOf(one),
                one.Long("seq"),
                ContentOf(one),
                Quoted(one),
                one.Persons("mentions"),
                one["action"] is true
            )
            {
                IsForEveryone = one["everyone"] is true,
            },
            "edited" => new Event.MessageEdited(StampOf(one), About(one), ContentOf(one), one.Persons("mentions"))
            {
                IsForEveryone = one["everyone"] is true,
            },
            "redacted" => new Event.MessageRedacted(
                StampOf(one),
                About(one),
                one.Person("author"),
                one.ReasonIfAny("reason")
            ),
            "reacted" => new Event.Reacted(StampOf(one), About(one), one.Value("emoji", Emoji.Create)),
            "unreacted" => new Event.Unreacted(StampOf(one), About(one), one.Value("emoji", Emoji.Create)),
            null or "hidden" => None,
            var type => Optional(GoverningEvents.Read(type, StampOf(one), one)),
        };

    private static Stamp StampOf(Fields one) => new(one.Person("by"), one.Time("at"), one["occurred_at"] as Instant?);

    internal static MessageRef About(Fields one) =>
        new(one.Long("seq"), one.Long("message_version"), AuthorOf(one["message_by"]));

    private static MessageRef? Quoted(Fields one) =>
        one["reply_to"] is object?[] and [long seq, long version]
            ? new MessageRef(seq, version, AuthorOf(one["reply_to_by"]))
            : null;

    internal static PersonId? AuthorOf(object? field) =>
        field is string text && Token.IsValid(text) ? PersonId.Of(text) : null;
}

/// <summary>A refusal as a host sent it: its code and rules, whatever they are.</summary>
public sealed record RemoteRefusal(string Code, Listing<string> Because, long? AfterMs) : Refusal(Code, Because)
{
    /// <inheritdoc/>
    public override long? RetryAfterMs => AfterMs;
}
