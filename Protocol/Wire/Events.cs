using System.Buffers;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Events as a person is sent them: <c>{ conversation, version, seq?, at, by, type, … }</c>.</summary>
public static class Events
{
    private const string Hidden = "hidden";

    /// <summary>An event, or its place where it may not be seen, as MessagePack.</summary>
    public static byte[] Encode(ConversationId conversation, Seen seen) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, conversation, seen));

    internal static void Write(ref MessagePackWriter writer, ConversationId conversation, Seen seen)
    {
        if (seen is Seen.Shown { Event.IsSilent: false } shown)
            WriteShown(ref writer, conversation, shown);
        else
        {
            var range = seen.Until > seen.Version;
            writer.WriteMapHeader(3 + Writing.Count(range));
            writer.Field("conversation", conversation.Value);
            writer.Field("version", seen.Version);
            writer.Field("type", Hidden);
            if (range)
                writer.Field("until", seen.Until);
        }
    }

    /// <summary>A line of a page, which says by itself of what conversation it is.</summary>
    internal static void Write(ref MessagePackWriter writer, Line line) =>
        WriteShown(ref writer, null, new Seen.Shown(line.Version, line.Event));

    private static void WriteShown(ref MessagePackWriter writer, ConversationId? conversation, Seen.Shown shown)
    {
        var happened = shown.Event;
        var occurred = happened.Stamp.OccurredAt;
        writer.WriteMapHeader(
            4
                + FieldsOf(happened)
                + Writing.Count(conversation is not null, occurred is not null, happened.About?.Author is not null)
        );
        if (conversation is { } id)
            writer.Field("conversation", id.Value);
        writer.Field("version", shown.Version);
        writer.Field("type", TypeOf(happened));
        writer.Field("by", happened.By.Value);
        writer.Field("at", happened.At);
        if (occurred is { } when)
            writer.Field("occurred_at", when);
        WriteRest(ref writer, happened);
    }

    /// <summary>The event's name on the wire.</summary>
    public static string TypeOf(Event happened) =>
        happened switch
        {
            Event.Created => "created",
            Event.Renamed => "renamed",
            Event.TopicSet => "topic_set",
            Event.Nicknamed => "nicknamed",
            Event.Invited => "invited",
            Event.Joined => "joined",
            Event.Left => "left",
            Event.MessageSent => "message",
            Event.MessageEdited => "edited",
            Event.MessageRedacted => "redacted",
            Event.Reacted => "reacted",
            Event.Unreacted => "unreacted",
            Event.Pinned => "pinned",
            Event.Unpinned => "unpinned",
            Event.SettingsChanged => "settings_changed",
            Event.RoleSet => "role_set",
            Event.RoleDropped => "role_dropped",
            Event.RolesAssigned => "roles_assigned",
            Event.OwnershipTransferred => "ownership_transferred",
            Event.Kicked => "kicked",
            Event.Banned => "banned",
            Event.Unbanned => "unbanned",
            Event.TimedOut => "timed_out",
            Event.Knocked => "knocked",
            Event.Uninvited => "uninvited",
            Event.Called => "called",
            Event.Partied => "partied",
            Event.Closed or Event.Reopened or Event.LinkMade or Event.LinkDropped or Event.WordsSet => Hidden,
        };

    private static int FieldsOf(Event happened) =>
        happened switch
        {
            Event.Created created => 2 + Writing.Count(created.Name is not null),
            Event.Renamed or Event.TopicSet or Event.Nicknamed or Event.Invited => 1,
            Event.Joined
            or Event.Left
            or Event.Closed
            or Event.Reopened
            or Event.LinkMade
            or Event.LinkDropped
            or Event.WordsSet => 0,
            Event.MessageSent sent => 1
                + FieldsOf(sent.Content)
                + Writing.Count(
                    sent.ReplyTo is not null,
                    sent.ReplyTo?.Author is not null,
                    sent.Mentions.Count > 0,
                    sent.IsAction,
                    sent.IsForEveryone
                ),
            Event.MessageEdited edited => 2
                + FieldsOf(edited.Content)
                + Writing.Count(edited.Mentions.Count > 0, edited.IsForEveryone),
            Event.MessageRedacted redacted => 3 + Writing.Count(redacted.Reason is not null),
            Event.Reacted or Event.Unreacted => 3,
            Event.Pinned
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
            or Event.Uninvited
            or Event.Called
            or Event.Partied => GoverningEvents.FieldsOf(happened),
        };

    private static void WriteRest(ref MessagePackWriter writer, Event happened)
    {
        switch (happened)
        {
            case Event.Created created:
                writer.Field("kind", Words.Of(created.Kind));
                writer.Field("members", created.Members);
                if (created.Name is { } name)
                    writer.Field("name", name.Value);
                break;
            case Event.Renamed renamed:
                writer.Field("name", renamed.Name.Value);
                break;
            case Event.TopicSet set:
                writer.Field("topic", set.Topic.Value);
                break;
            case Event.Nicknamed named:
                writer.Field("nickname", named.Nickname.Value);
                break;
            case Event.Invited invited:
                writer.Field("people", invited.People);
                break;
            case Event.MessageSent sent:
                WriteMessage(ref writer, sent);
                break;
            case { About: not null }:
                WriteAbout(ref writer, happened);
                break;
            default:
                GoverningEvents.Write(ref writer, happened);
                break;
        }
    }

    private static void WriteMessage(ref MessagePackWriter writer, Event.MessageSent sent)
    {
        writer.Field("seq", sent.Seq);
        WriteContent(ref writer, sent.Content);
        if (sent.ReplyTo is { } quoted)
        {
            writer.Write("reply_to");
            WriteRef(ref writer, quoted);
            if (quoted.Author is { } author)
                writer.Field("reply_to_by", author.Value);
        }
        if (sent.Mentions.Count > 0)
            writer.Field("mentions", sent.Mentions);
        if (sent.IsAction)
            writer.Field("action", true);
        if (sent.IsForEveryone)
            writer.Field("everyone", true);
    }

    private static void WriteAbout(ref MessagePackWriter writer, Event happened)
    {
        if (happened.About is not { } about)
            return;
        writer.Field("seq", about.Seq);
        writer.Field("message_version", about.Version);
        if (about.Author is { } author)
            writer.Field("message_by", author.Value);
        switch (happened)
        {
            case Event.MessageEdited edited:
                WriteContent(ref writer, edited.Content);
                if (edited.Mentions.Count > 0)
                    writer.Field("mentions", edited.Mentions);
                if (edited.IsForEveryone)
                    writer.Field("everyone", true);
                break;
            case Event.MessageRedacted redacted:
                writer.Field("author", redacted.Author.Value);
                if (redacted.Reason is { } reason)
                    writer.Field("reason", reason.Value);
                break;
            case Event.Reacted reacted:
                writer.Field("emoji", reacted.Emoji.Value);
                break;
            case Event.Unreacted removed:
                writer.Field("emoji", removed.Emoji.Value);
                break;
        }
    }

    internal static int FieldsOf(Content content) => 1 + Writing.Count(content is Content.Present { Files.Count: > 0 });

    /// <summary>The body and the files, or why they are gone.</summary>
    internal static void WriteContent(ref MessagePackWriter writer, Content content)
    {
        if (content is Content.Present present)
        {
            writer.Field("body", present.Body.Value);
            Attachments.Field(ref writer, present.Files);
        }
        else
            writer.Field("gone", "redacted");
    }

    private static void WriteRef(ref MessagePackWriter writer, MessageRef message)
    {
        writer.WriteArrayHeader(2);
        writer.Write(message.Seq);
        writer.Write(message.Version);
    }
}
