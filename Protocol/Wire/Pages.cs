using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>A page of history, oldest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="More">Whether there are more in the direction that was read.</param>
public sealed record HistoryPage(Listing<Message> Messages, bool More)
{
    /// <summary>What stands between them and is no message, oldest first.</summary>
    public Listing<Line> Lines { get; init; } = [];
}

/// <summary>A page of the inbox, in order of the conversations' ids.</summary>
public sealed record InboxPage(Listing<InboxEntry> Entries, bool More);

/// <summary>A member as others see them.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Nickname">What they are called here.</param>
/// <param name="JoinedAt">The version at which they came in: who came first follows an owner who leaves.</param>
public sealed record MemberEntry(PersonId Person, Role Role, Nickname? Nickname, long JoinedAt)
{
    /// <summary>The roles that they were given.</summary>
    public Listing<RoleId> Roles { get; init; } = [];

    /// <summary>What they alone are granted and denied.</summary>
    public Grant Grant { get; init; } = Grant.None;

    /// <summary>Until when they have not the word.</summary>
    public Instant? TimedOutUntil { get; init; }

    /// <summary>A member as they stand; who is veiled by a block, without what they call themselves here.</summary>
    public static MemberEntry Of(PersonId person, Member member, bool isVeiled = false) =>
        new(person, member.Role, isVeiled ? null : member.Nickname, member.JoinedAt)
        {
            Roles = member.Roles,
            Grant = member.Grant,
            TimedOutUntil = member.TimedOutUntil,
        };
}

/// <summary>A role as members see it.</summary>
/// <param name="Role">Its id.</param>
/// <param name="Definition">What it is.</param>
public sealed record RoleEntry(RoleId Role, RoleDefinition Definition);

/// <summary>How a conversation is kept.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="Roles">Its roles, in order of their ids.</param>
/// <param name="Pins">What is pinned, as far as this person may see it, in the order in which it was.</param>
/// <param name="Knocking">Who asks to be asked in.</param>
public sealed record GoverningEntry(
    Settings Settings,
    Listing<RoleEntry> Roles,
    Listing<MessageRef> Pins,
    Listing<PersonId> Knocking
)
{
    /// <summary>
    /// How a conversation stands to somebody: a pin is about its message, and seen by who sees that.
    /// </summary>
    public static GoverningEntry Of(State state, Sight sight) =>
        new(
            state.Settings,
            Listing.From(state.Roles.AsEnumerable().Select(pair => new RoleEntry(pair.Key, pair.Value))),
            Listing.From(state.Pins.Where(sight.Holds)),
            Listing.From(state.Knocking.Take(Details.MaxMembers))
        );
}

/// <summary>A page of members, in order of their ids.</summary>
public sealed record MembersPage(Listing<MemberEntry> Members, bool More);

/// <summary>A conversation as this person may see it.</summary>
/// <param name="Entry">Its line in the inbox.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="JoinedSeq">The last message before this person came in.</param>
/// <param name="MemberCount">How many members it has.</param>
/// <param name="Members">The first of them, in order of their ids; the rest by <c>conversation.members</c>.</param>
/// <param name="Invited">Who was asked in and has not answered.</param>
/// <param name="Rules">How it is kept.</param>
public sealed record Details(
    InboxEntry Entry,
    Topic? Topic,
    long JoinedSeq,
    long MemberCount,
    Listing<MemberEntry> Members,
    Listing<PersonId> Invited,
    GoverningEntry Rules
)
{
    /// <summary>Members that come with the details.</summary>
    public const int MaxMembers = 200;
}

/// <summary>What became of one conversation since a cursor.</summary>
public abstract record Resumption(ConversationId Conversation)
{
    /// <summary>The exact missing suffix, repeats allowed, and this person's marks as they stand.</summary>
    public sealed record Missed(ConversationId Conversation, Listing<Seen> Events, Marks Marks)
        : Resumption(Conversation);

    /// <summary>Start again from here: its state and newest messages.</summary>
    public sealed record Reset(ConversationId Conversation, Details Details, Listing<Message> Newest)
        : Resumption(Conversation)
    {
        /// <summary>What stands between the messages and is none, oldest first.</summary>
        public Listing<Line> Lines { get; init; } = [];

        /// <summary>The version that it begins anew at.</summary>
        public long Version => Details.Entry.Version;
    }

    /// <summary>This person is in it no more.</summary>
    public sealed record Left(ConversationId Conversation, long Version) : Resumption(Conversation);
}

/// <summary>A page of what was missed.</summary>
/// <param name="Cursor">Where to resume from next.</param>
/// <param name="IsReset">Whether the cursor given was of no use, and everything begins anew.</param>
/// <param name="Conversations">What changed.</param>
/// <param name="More">Whether to ask again at once.</param>
/// <param name="Certificates">Of what was asked to be compared, on the last page.</param>
public sealed record ResumePage(
    string Cursor,
    bool IsReset,
    Listing<Resumption> Conversations,
    bool More,
    Listing<Certificate> Certificates
);
