using Chat.Domain.Conversations;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>
/// A request as a client writes it. A command has one normal form, which is also what its digest is taken over: fields
/// in a fixed order, optional ones left out, without the client's id.
/// </summary>
public static class RequestBodies
{
    /// <summary>The verb of a command. Closing, opening and keeping a call have a name and no verb: nobody
    /// asks for them.</summary>
    public static string VerbOf(Command command) =>
        command switch
        {
            Command.Create => "create",
            Command.Rename => "rename",
            Command.SetTopic => "topic",
            Command.SetNickname => "nickname",
            Command.Invite => "invite",
            Command.Join => "join",
            Command.MakeLink => "link",
            Command.DropLink => "unlink",
            Command.Leave => "leave",
            Command.SendMessage => "send",
            Command.EditMessage => "edit",
            Command.RedactMessage => "redact",
            Command.React => "react",
            Command.Unreact => "unreact",
            Command.Pin => "pin",
            Command.Unpin => "unpin",
            Command.ChangeSettings => "settings",
            Command.SetWords => "words",
            Command.SetRole => "role",
            Command.DropRole => "drop_role",
            Command.AssignRoles => "assign",
            Command.TransferOwnership => "transfer",
            Command.Kick => "kick",
            Command.Ban => "ban",
            Command.Unban => "unban",
            Command.Timeout => "timeout",
            Command.Knock => "knock",
            Command.Uninvite => "uninvite",
            Command.Close => "close",
            Command.Reopen => "reopen",
            Command.Record => "record",
            Command.KeepParty => "keep_party",
        };

    /// <summary>The body of a request that carries a command.</summary>
    /// <exception cref="ArgumentException">It names something that there is no word for.</exception>
    public static byte[] Of(Command command, ClientId client) =>
        Writing.ToBytes((ref MessagePackWriter writer) => Write(ref writer, command, client.Value));

    /// <summary>The body of an import's request: with the time at which it happened elsewhere.</summary>
    public static byte[] Of(Command command, ClientId client, Instant occurredAt) =>
        Imported(Of(command, client), occurredAt);

    /// <summary>A request's body within an import's.</summary>
    public static byte[] Imported(byte[] request, Instant? occurredAt = null) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1 + Writing.Count(occurredAt is not null));
                if (occurredAt is { } at)
                    writer.Field("occurred_at", at);
                writer.Write("request");
                writer.WriteRaw(request);
            }
        );

    /// <summary>The normal form that digests are taken over: the verb, then the body without its client id.</summary>
    public static byte[] Normal(Command command) =>
        Writing.ToBytes(
            (ref MessagePackWriter writer) =>
            {
                writer.Write(VerbOf(command));
                Write(ref writer, command, null);
            }
        );

    /// <summary>Writes a command's fields as a map, in their normal form.</summary>
    internal static void Write(ref MessagePackWriter writer, Command command) => Write(ref writer, command, null);

    private static void Write(ref MessagePackWriter writer, Command command, string? client)
    {
        switch (command)
        {
            case Command.Create create:
                Start(ref writer, 2 + Writing.Count(create.Name is not null), client);
                writer.Field("kind", Words.Of(create.Kind));
                writer.Field("members", create.Members);
                Optional(ref writer, "name", create.Name?.Value);
                break;
            case Command.Rename rename:
                Start(ref writer, 1, client);
                writer.Field("name", rename.Name.Value);
                break;
            case Command.SetTopic set:
                Start(ref writer, 1, client);
                writer.Field("topic", set.Topic.Value);
                break;
            case Command.SetNickname set:
                Start(ref writer, 1, client);
                writer.Field("nickname", set.Nickname.Value);
                break;
            case Command.Invite invite:
                Start(ref writer, 1, client);
                writer.Field("people", invite.People);
                break;
            case Command.Join join:
                Start(ref writer, Writing.Count(join.Link is not null), client);
                Optional(ref writer, "link", join.Link?.Value);
                break;
            case Command.Leave or Command.Close or Command.Reopen or Command.Record or Command.KeepParty:
                Start(ref writer, 0, client);
                break;
            case Command.SendMessage send:
                WriteSend(ref writer, send, client);
                break;
            case Command.EditMessage or Command.RedactMessage or Command.React or Command.Unreact:
                WriteAbout(ref writer, command, client);
                break;
            default:
                Start(ref writer, GoverningRequests.FieldsOf(command), client);
                GoverningRequests.Write(ref writer, command);
                break;
        }
    }

    private static void WriteSend(ref MessagePackWriter writer, Command.SendMessage send, string? client)
    {
        var fields = Writing.Count(
            send.Body != Body.None,
            send.ReplyTo is not null,
            send.Mentions.Count > 0,
            send.IsAction,
            send.Files.Count > 0,
            send.Roles.Count > 0
        );
        Start(ref writer, fields, client);
        if (send.Body != Body.None)
            writer.Field("body", send.Body.Value);
        if (send.ReplyTo is { } seq)
            writer.Field("reply_to", seq);
        if (send.Mentions.Count > 0)
            writer.Field("mentions", send.Mentions);
        if (send.IsAction)
            writer.Field("action", true);
        Attachments.Field(ref writer, send.Files);
        if (send.Roles.Count > 0)
            Governed.Write(ref writer, "roles", send.Roles);
    }

    private static void WriteAbout(ref MessagePackWriter writer, Command command, string? client)
    {
        switch (command)
        {
            case Command.EditMessage edit:
                Start(ref writer, 2 + Writing.Count(edit.Mentions.Count > 0, edit.Roles.Count > 0), client);
                writer.Field("seq", edit.Seq);
                writer.Field("body", edit.Body.Value);
                if (edit.Mentions.Count > 0)
                    writer.Field("mentions", edit.Mentions);
                if (edit.Roles.Count > 0)
                    Governed.Write(ref writer, "roles", edit.Roles);
                break;
            case Command.RedactMessage redact:
                Start(ref writer, 1 + Writing.Count(redact.Reason is not null), client);
                writer.Field("seq", redact.Seq);
                Optional(ref writer, "reason", redact.Reason?.Value);
                break;
            case Command.React react:
                Start(ref writer, 2, client);
                writer.Field("seq", react.Seq);
                writer.Field("emoji", react.Emoji.Value);
                break;
            case Command.Unreact unreact:
                Start(ref writer, 2, client);
                writer.Field("seq", unreact.Seq);
                writer.Field("emoji", unreact.Emoji.Value);
                break;
        }
    }

    private static void Start(ref MessagePackWriter writer, int fields, string? client)
    {
        writer.WriteMapHeader(fields + Writing.Count(client is not null));
        if (client is not null)
            writer.Field("client_id", client);
    }

    private static void Optional(ref MessagePackWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.Field(name, value);
    }
}
