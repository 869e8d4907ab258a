using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>A page of history, oldest first.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="More">Whether there are more in the direction that was read.</param>
public sealed record HistoryPage(Listing<Message> Messages, bool More);

/// <summary>A page of the inbox, in order of the conversations' ids.</summary>
public sealed record InboxPage(Listing<InboxEntry> Entries, bool More);

/// <summary>A member as others see them.</summary>
/// <param name="Person">Who.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Nickname">What they are called here.</param>
/// <param name="JoinedAt">The version at which they came in: who came first follows an owner who leaves.</param>
public sealed record MemberEntry(PersonId Person, Role Role, Nickname? Nickname, long JoinedAt);

/// <summary>A page of members, in order of their ids.</summary>
public sealed record MembersPage(Listing<MemberEntry> Members, bool More);

/// <summary>A conversation as this person may see it.</summary>
/// <param name="Entry">Its line in the inbox.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="JoinedSeq">The last message before this person came in.</param>
/// <param name="MemberCount">How many members it has.</param>
/// <param name="Members">The first of them, in order of their ids; the rest by <c>conversation.members</c>.</param>
/// <param name="Invited">Who was asked in and has not answered.</param>
public sealed record Details(
    InboxEntry Entry,
    Topic? Topic,
    long JoinedSeq,
    long MemberCount,
    Listing<MemberEntry> Members,
    Listing<PersonId> Invited
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
        : Resumption(Conversation);

    /// <summary>This person is in it no more.</summary>
    public sealed record Left(ConversationId Conversation, long Version) : Resumption(Conversation);
}

/// <summary>A page of what was missed.</summary>
/// <param name="Cursor">Where to resume from next.</param>
/// <param name="IsReset">Whether the cursor given was of no use, and everything begins anew.</param>
/// <param name="Conversations">What changed.</param>
/// <param name="More">Whether to ask again at once.</param>
public sealed record ResumePage(string Cursor, bool IsReset, Listing<Resumption> Conversations, bool More);
