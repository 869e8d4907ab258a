using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Store;

/// <summary>Where a person stands to a conversation: a line of their inbox, less what was said last.</summary>
/// <param name="Stream">The conversation.</param>
/// <param name="Standing">Member, invited or former.</param>
/// <param name="Sight">What they see by: where they were, closed if they are not in; and whom a block veils.</param>
/// <param name="JoinedSeq">The last message before they came in.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Version">Its head.</param>
/// <param name="Seq">Its last message.</param>
/// <param name="Marks">How far the person is.</param>
/// <param name="Unread">Messages of others after the marker, not taken back.</param>
/// <param name="Mentions">Those of them that mention the person.</param>
/// <param name="Xid">The last transaction that changed their membership.</param>
public sealed record InboxRow(
    StreamKey Stream,
    Standing Standing,
    Sight Sight,
    long JoinedSeq,
    ConversationKind Kind,
    ConversationName? Name,
    long Version,
    long Seq,
    Marks Marks,
    int Unread,
    int Mentions,
    ulong Xid
);
