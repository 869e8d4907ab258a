using Chat.Domain.Conversations;
using Chat.Domain.Views;

namespace Chat.Protocol.Wire;

/// <summary>From where a page of history is read.</summary>
public enum Anchor
{
    /// <summary>The messages before a number.</summary>
    Before = 1,

    /// <summary>The messages after it.</summary>
    After = 2,

    /// <summary>Those around it.</summary>
    Around = 3,
}

/// <summary>What a request asks, once its form is checked.</summary>
public abstract record Ask
{
    private Ask() { }

    /// <summary>
    /// To change something; <see cref="Conversation"/> is null for a create, whose id follows from the request.
    /// </summary>
    public sealed record Change(ConversationId? Conversation, ClientId Client, Command Command) : Ask;

    /// <summary>To change something about oneself.</summary>
    public sealed record ChangeSelf(ClientId Client, Domain.People.Command Command) : Ask;

    /// <summary>To change something between oneself and another.</summary>
    public sealed record ChangePair(ClientId Client, Domain.Pairs.Command Command) : Ask;

    /// <summary>To report something, or to handle a report.</summary>
    public sealed record ChangeDesk(ClientId Client, Domain.Desks.Command Command) : Ask;

    /// <summary>To change something about a room; none where it is lit: its id follows from the request.</summary>
    public sealed record ChangeRoom(RoomId? Room, ClientId Client, Domain.Rooms.Command Command) : Ask;

    /// <summary>To do something at the table of a room; null where it is nothing that a table knows.</summary>
    public sealed record Play(RoomId Room, ClientId Client, Domain.Games.Command? What) : Ask;

    /// <summary>The log of the last game that was played in a room, once it has ended.</summary>
    public sealed record GameLog(RoomId Room) : Ask;

    /// <summary>To change one's own place in the house, or to wave at who is named.</summary>
    public sealed record ChangePlace(PersonId? Of, ClientId Client, Domain.Places.Command Command) : Ask;

    /// <summary>To call somebody, to take their call, or to end it.</summary>
    public sealed record ChangeLine(PersonId Other, ClientId Client, Domain.Calls.Command Command) : Ask;

    /// <summary>The last call with somebody.</summary>
    public sealed record CallWith(PersonId Other) : Ask;

    /// <summary>To pass something on to the other of a call.</summary>
    public sealed record PassOn(PersonId Other, long Number, CallSignal Data) : Ask;

    /// <summary>Where devices find each other where no straight way leads.</summary>
    public sealed record Relays : Ask;

    /// <summary>What a room is, to this person.</summary>
    public sealed record Look(RoomId Room) : Ask;

    /// <summary>Who is in the house, and which rooms are lit.</summary>
    public sealed record House : Ask;

    /// <summary>Who is called so, of whom one may find.</summary>
    public sealed record Find(SearchWords Called, int Limit) : Ask;

    /// <summary>Whom one might want to meet.</summary>
    public sealed record Meet(int Limit) : Ask;

    /// <summary>Who is close to oneself.</summary>
    public sealed record Closest(int Limit) : Ask;

    /// <summary>To be in the house for as long as a lease lasts; or, away, not any more.</summary>
    public sealed record Here(bool IsSneaking, bool IsAway) : Ask;

    /// <summary>To let something fly over a room.</summary>
    public sealed record Fling(RoomId Room, Emoji Emoji) : Ask;

    /// <summary>
    /// To pass something on to a device of somebody in the same room; to all of theirs where none is named.
    /// </summary>
    public sealed record Pass(RoomId Room, PersonId To, DeviceId? Device, CallSignal Data) : Ask;

    /// <summary>
    /// What was reported about a conversation and waits, or was settled; before a number, the newest first.
    /// </summary>
    public sealed record Reports(ConversationId Place, bool AreSettled, long? Before, int Limit) : Ask;

    /// <summary>The message that a report is about, for who said why they look at it.</summary>
    public sealed record Reported(ConversationId Place, long Report) : Ask;

    /// <summary>Where a file of that message is fetched from.</summary>
    public sealed record FetchReported(ConversationId Place, long Report, FileId File) : Ask;

    /// <summary>What was done with the reports about a conversation; before a version, the newest first.</summary>
    public sealed record ReportAudit(ConversationId Place, long? Before, int Limit) : Ask;

    /// <summary>Whom one is friends with, asked, is asked by or has blocked, in order of their ids.</summary>
    public sealed record Friends(PersonId? After, int Limit) : Ask;

    /// <summary>Who some people are.</summary>
    public sealed record Profiles(Listing<PersonId> People) : Ask;

    /// <summary>What one said of oneself.</summary>
    public sealed record Self : Ask;

    /// <summary>One's own devices.</summary>
    public sealed record Devices : Ask;

    /// <summary>To move one's marks.</summary>
    public sealed record Mark(ConversationId Conversation, Marks Marks) : Ask;

    /// <summary>To let the others know that one is writing.</summary>
    public sealed record Typing(ConversationId Conversation) : Ask;

    /// <summary>What a conversation is, to this person.</summary>
    public sealed record Get(ConversationId Conversation) : Ask;

    /// <summary>All that is needed to begin it anew, and in what it had drifted that was held.</summary>
    public sealed record Begin(ConversationId Conversation, Listing<ViewPart> Drifted) : Ask;

    /// <summary>Its members, in order of their ids, after one of them.</summary>
    public sealed record Members(ConversationId Conversation, PersonId? After, int Limit) : Ask;

    /// <summary>Whether something may be done here, why, and who could make it otherwise.</summary>
    public sealed record Explain(ConversationId Conversation, Command Command) : Ask;

    /// <summary>Close somebody out of everything; for the staff.</summary>
    public sealed record Suspend(ClientId Client, PersonId Who, long? ForMs, Reason? Why) : Ask;

    /// <summary>Let somebody in again; for the staff.</summary>
    public sealed record Restore(ClientId Client, PersonId Who) : Ask;

    /// <summary>Whether somebody is closed out; for the staff.</summary>
    public sealed record Suspension(PersonId Who) : Ask;

    /// <summary>Why one sees no more of the past than one does.</summary>
    public sealed record ExplainHistory(ConversationId Conversation) : Ask;

    /// <summary>What something would come to, without doing it.</summary>
    public sealed record WhatIf(ConversationId Conversation, Command Command) : Ask;

    /// <summary>Who is kept out, in order of their ids, after one of them.</summary>
    public sealed record Bans(ConversationId Conversation, PersonId? After, int Limit) : Ask;

    /// <summary>The links that let people in, after one of them: one's own, or all to who may admit.</summary>
    public sealed record Links(ConversationId Conversation, LinkId? After, int Limit) : Ask;

    /// <summary>The rules about words.</summary>
    public sealed record Words(ConversationId Conversation) : Ask;

    /// <summary>What was done to it, before a version, the newest first.</summary>
    public sealed record Audit(ConversationId Conversation, long? Before, int Limit) : Ask;

    /// <summary>Where a file for this conversation may be brought to.</summary>
    public sealed record Upload(ConversationId Conversation, ClientId Client, FileName Name, MediaType Type, long Bytes)
        : Ask;

    /// <summary>Where a file of a message may be fetched from.</summary>
    public sealed record Fetch(ConversationId Conversation, long Seq, FileId File) : Ask;

    /// <summary>A page of the inbox, after an entry.</summary>
    public sealed record List(ConversationId? After, int Limit) : Ask;

    /// <summary>A page of history.</summary>
    public sealed record History(ConversationId Conversation, Anchor Anchor, long Seq, int Limit) : Ask;

    /// <summary>
    /// A page of what could be seen after a version: by oneself, or by another, for who may know what was done.
    /// </summary>
    public sealed record View(
        ConversationId Conversation,
        PersonId? Person,
        long Version,
        Anchor Anchor,
        long Seq,
        int Limit
    ) : Ask;

    /// <summary>
    /// A page of what is found, in one conversation or, where none is named, in all of the caller's.
    /// </summary>
    public sealed record Search(ConversationId? Conversation, SearchQuery Query, string? Cursor, int Limit) : Ask;

    /// <summary>
    /// All that was missed since a cursor; without one, everything from the start. And what some conversations come to,
    /// to be compared with what is held.
    /// </summary>
    public sealed record Resume(string? Cursor, Listing<ConversationId> Certify) : Ask;
}
