using Chat.Domain.Conversations;

namespace Chat.Domain.Views;

/// <summary>One emoji under a message, and who put it there, in that order.</summary>
public sealed record ReactionsOf(Emoji Emoji, Listing<PersonId> People);

/// <summary>A message as one reads it: its edits, reactions and redaction folded in.</summary>
public sealed record Message(
    long Seq,
    long Version,
    PersonId By,
    Instant At,
    Instant? OccurredAt,
    Content Content,
    bool IsAction,
    long? ReplyTo,
    Listing<PersonId> Mentions,
    Instant? EditedAt,
    PersonId? RedactedBy,
    Reason? Reason,
    Listing<ReactionsOf> Reactions
)
{
    /// <summary>Whether it was taken back: a stub stays.</summary>
    public bool IsRedacted => RedactedBy is not null;

    /// <summary>Whether everyone is mentioned.</summary>
    public bool IsForEveryone { get; init; }

    /// <summary>Whether it mentions somebody: by name, or with everyone.</summary>
    public bool Calls(PersonId person) => IsForEveryone || Mentions.Contains(person);

    internal static Message Of(long version, Event.MessageSent sent) =>
        new(
            sent.Seq,
            version,
            sent.By,
            sent.At,
            sent.Stamp.OccurredAt,
            sent.Content,
            sent.IsAction,
            sent.ReplyTo?.Seq,
            sent.Mentions,
            null,
            null,
            null,
            Listing<ReactionsOf>.Empty
        )
        {
            IsForEveryone = sent.IsForEveryone,
        };
}

/// <summary>Messages by their number, folded from what one is shown. A page is a part of it.</summary>
public sealed record History(Map<long, Message> Messages)
{
    /// <summary>The most messages of one page.</summary>
    public const int MaxPage = 200;

    /// <summary>Nothing said yet.</summary>
    public static History Empty { get; } = new(Map<long, Message>());

    /// <summary>The history of what is shown, in order of version.</summary>
    public static History Fold(IEnumerable<Seen> seen) => seen.Aggregate(Empty, (history, one) => history.Evolve(one));

    /// <summary>With one more thing seen. An event about a message that is not held changes nothing.</summary>
    public History Evolve(Seen seen) => seen is Seen.Shown shown ? new(Change(shown.Version, shown.Event)) : this;

    private Map<long, Message> Change(long version, Event happened) =>
        happened switch
        {
            Event.MessageSent sent => Messages.AddOrUpdate(sent.Seq, Message.Of(version, sent)),
            Event.MessageEdited edited => On(
                edited.Message,
                message => message.IsRedacted ? message : Edited(message, edited)
            ),
            Event.MessageRedacted redacted => On(redacted.Message, message => Redacted(message, redacted)),
            Event.Reacted reacted => On(reacted.Message, message => With(message, reacted.Emoji, reacted.By)),
            Event.Unreacted removed => On(removed.Message, message => Without(message, removed.Emoji, removed.By)),
            Event.Created
            or Event.Renamed
            or Event.WordsSet
            or Event.LinkMade
            or Event.LinkDropped
            or Event.TopicSet
            or Event.Nicknamed
            or Event.Invited
            or Event.Joined
            or Event.Left
            or Event.Pinned
            or Event.Unpinned
            or Event.SettingsChanged
            or Event.RoleSet
            or Event.RoleDropped
            or Event.RolesAssigned
            or Event.OwnershipTransferred
            or Event.Kicked
            or Event.Banned
            or Event.Unbanned
            or Event.TimedOut
            or Event.Knocked
            or Event.Closed
            or Event.Reopened
            or Event.Called
            or Event.Partied
            or Event.Uninvited => Messages,
        };

    private Map<long, Message> On(MessageRef about, Func<Message, Message> change) =>
        Messages.TrySetItem(about.Seq, change);

    private static Message Edited(Message message, Event.MessageEdited edited) =>
        message with
        {
            Content = message.Content is Content.Present said ? said.Edited(edited.Content) : edited.Content,
            Mentions = edited.Mentions,
            IsForEveryone = edited.IsForEveryone,
            EditedAt = edited.At,
        };

    private static Message Redacted(Message message, Event.MessageRedacted redacted) =>
        message with
        {
            Content = Content.Redacted,
            Mentions = Listing<PersonId>.Empty,
            IsForEveryone = false,
            RedactedBy = redacted.By,
            Reason = redacted.Reason,
            Reactions = Listing<ReactionsOf>.Empty,
        };

    private static Message With(Message message, Emoji emoji, PersonId by)
    {
        if (message.IsRedacted)
            return message;
        var isNew = message.Reactions.All(one => one.Emoji != emoji);
        var all = isNew ? message.Reactions.Add(new(emoji, Listing<PersonId>.Empty)) : message.Reactions;
        return message with
        {
            Reactions = Listing.From(
                all.Select(one =>
                    one.Emoji == emoji && !one.People.Contains(by) ? one with { People = one.People.Add(by) } : one
                )
            ),
        };
    }

    private static Message Without(Message message, Emoji emoji, PersonId by) =>
        message with
        {
            Reactions = Listing.From(
                message
                    .Reactions.Select(one =>
                        one.Emoji == emoji
                            ? one with
                            {
                                People = Listing.From(one.People.Where(person => person != by)),
                            }
                            : one
                    )
                    .Where(one => one.People.Count > 0)
            ),
        };

    /// <summary>The messages before a number, oldest first; at most <paramref name="limit"/>.</summary>
    public Seq<Message> Before(long seq, int limit) =>
        toSeq(Messages.Values.TakeWhile(message => message.Seq < seq).TakeLast(limit)).Strict();

    /// <summary>The messages after a number, oldest first; at most <paramref name="limit"/>.</summary>
    public Seq<Message> After(long seq, int limit) =>
        toSeq(Messages.Values.SkipWhile(message => message.Seq <= seq).Take(limit)).Strict();

    /// <summary>
    /// Those around a number: half before it, then it and what follows; at most <paramref name="limit"/>.
    /// </summary>
    public Seq<Message> Around(long seq, int limit) =>
        Before(seq, limit / 2).Concat(After(seq - 1, limit - (limit / 2))).Strict();
}
