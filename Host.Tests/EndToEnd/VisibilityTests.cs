using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Nobody receives a byte that they may not see: live, in histories, in what is resumed.</summary>
[Collection(ChatUp.Collection)]
public sealed class VisibilityTests(ChatUp chat)
{
    [Fact]
    public async Task Who_comes_late_to_a_group_sees_nothing_of_before()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "late");
        await mia.SayAsync(group, "secret");
        await mia.DoAsync(group, new Command.Invite([eve.Person]));
        await eve.DoAsync(group, new Command.Join());
        await mia.SayAsync(group, "as I said", replyTo: 1);
        await mia.DoAsync(group, new Command.EditMessage(1, Texts.Body("more secret"), [eve.Person]));
        await mia.DoAsync(group, new Command.React(1, Texts.Emoji("🤫")));
        await mia.SayAsync(group, "hello Eve");

        await eve.HearsAsync(group, 8);
        Assert.Equal([3, 4, 5, 6, 7, 8], eve.Heard(group).Select(seen => seen.Version));
        Assert.Equal([6, 7], eve.Heard(group).OfType<Seen.Hidden>().Select(seen => seen.Version));
        var quoting = Assert.IsType<Event.MessageSent>(Assert.IsType<Seen.Shown>(await eve.HearsAsync(group, 5)).Event);
        Assert.Null(quoting.ReplyTo);
        var history = await eve.HistoryAsync(group);
        Assert.Equal(["as I said", "hello Eve"], history.Messages.Select(Texts.Said));
        Assert.Null(history.Messages[0].ReplyTo);
        Assert.Empty((await eve.HistoryAsync(group, Anchor.Before, 2)).Messages);
        var entry = (await eve.GetAsync(group)).Entry;
        Assert.Equal((8L, 2, 0), (entry.Version, entry.Unread, entry.Mentions));
        Assert.Equal("not_found", await eve.RefusedAsync(group, new Command.React(1, Texts.Emoji("👀"))));
        Assert.Equal("not_found", await eve.RefusedAsync(group, Send("what?", 1)));
    }

    [Fact]
    public async Task What_is_resumed_hides_the_same_as_what_is_heard()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "late");
        await mia.SayAsync(group, "secret");
        await mia.DoAsync(group, new Command.Invite([eve.Person]));
        await eve.DoAsync(group, new Command.Join());
        var cursor = await eve.LevelAsync();
        await mia.SayAsync(group, "as I said", replyTo: 1);
        await mia.DoAsync(group, new Command.EditMessage(1, Texts.Body("more secret"), [eve.Person]));
        await mia.DoAsync(group, new Command.RedactMessage(1, null));

        var page = Must.Accept(await eve.Client.ResumeAsync(cursor));
        var missed = Assert.IsType<Resumption.Missed>(page.Conversations.Single(one => one.Conversation == group));
        var tail = missed.Events.Where(seen => seen.Until > 4).ToArray();
        Assert.Null(Assert.IsType<Event.MessageSent>(Assert.IsType<Seen.Shown>(tail[0]).Event).ReplyTo);
        Assert.Equal([new Seen.Hidden(6, 7)], tail[1..]);
    }

    [Fact]
    public async Task Who_is_not_in_is_told_that_there_is_nothing_and_hears_nothing()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "ours", tomas.Person);
        await mia.SayAsync(group, "hello");
        Command[] all =
        [
            new Command.Rename(Texts.Name("x")),
            new Command.SetTopic(Texts.Topic("x")),
            new Command.SetNickname(Texts.Nickname("x")),
            new Command.Invite([eve.Person]),
            new Command.Join(),
            new Command.Leave(),
            Send("x", null),
            Send("x", 1),
            new Command.EditMessage(1, Texts.Body("x"), []),
            new Command.RedactMessage(1, null),
            new Command.React(1, Texts.Emoji("x")),
            new Command.Unreact(1, Texts.Emoji("x")),
            new Command.Pin(1),
            new Command.Unpin(1),
            new Command.ChangeSettings(new SettingsChange(JoinRule.Open)),
            new Command.SetRole(RoleId.Of("x"), Texts.RoleName("x"), 1, Grant.None),
            new Command.DropRole(RoleId.Of("x")),
            new Command.AssignRoles(mia.Person, [], Grant.None),
            new Command.TransferOwnership(tomas.Person),
            new Command.Kick(mia.Person, null),
            new Command.Ban(mia.Person, null, null),
            new Command.Unban(mia.Person),
            new Command.Timeout(mia.Person, 1, null),
            new Command.Knock(null),
            new Command.Uninvite(eve.Person),
        ];
        var absent = ConversationId.Of("c00000000000000000000000000000000");
        foreach (var where in new[] { group, absent })
        {
            foreach (var command in all)
                IsUnknown(await eve.Client.ChangeAsync(where, command));
            IsUnknown(await eve.Client.GetAsync(where));
            IsUnknown(await eve.Client.HistoryAsync(where));
            IsUnknown(await eve.Client.MembersAsync(where));
            IsUnknown(await eve.Client.ReadAsync(where, 1));
            IsUnknown(await eve.Client.DeliveredAsync(where, 1));
            IsUnknown(await eve.Client.TypingAsync(where));
        }
        Assert.Null(await eve.EntryAsync(group));
        Assert.Empty(Must.Accept(await eve.Client.ResumeAsync(null)).Conversations);
        Assert.Equal(2, (await tomas.GetAsync(group)).Entry.Version);
        await SilenceAsync(mia, tomas, group, eve);
    }

    [Fact]
    public async Task Who_leaves_hears_it_and_nothing_after()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "parting", tomas.Person, eve.Person);
        await eve.SayAsync(group, "bye");
        var cursor = await eve.LevelAsync();
        Assert.Equal(3, (await eve.DoAsync(group, new Command.Leave())).Version);
        await mia.SayAsync(group, "she is gone");
        await mia.SayAsync(group, "answering", replyTo: 1);
        Must.Accept(await tomas.Client.ReadAsync(group, 3));
        Must.Accept(await tomas.Client.TypingAsync(group));
        await SilenceAsync(mia, tomas, group, eve, 1, 2, 3);

        IsUnknown(await eve.Client.HistoryAsync(group));
        IsUnknown(await eve.Client.GetAsync(group));
        IsUnknown(await eve.Client.MembersAsync(group));
        Assert.Null(await eve.EntryAsync(group));
        var since = Must.Accept(await eve.Client.ResumeAsync(cursor));
        Assert.Equal([new Resumption.Left(group, 3)], since.Conversations);
        Assert.Empty(Must.Accept(await eve.Client.ResumeAsync(null)).Conversations);
    }

    [Fact]
    public async Task Who_comes_back_sees_the_time_before_and_not_the_time_between()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "again", eve.Person);
        await mia.SayAsync(group, "before");
        await eve.DoAsync(group, new Command.Leave());
        await mia.SayAsync(group, "between");
        await mia.DoAsync(group, new Command.Invite([eve.Person]));
        await eve.DoAsync(group, new Command.Join());
        await mia.SayAsync(group, "after");
        Assert.Equal(["before", "after"], (await eve.HistoryAsync(group)).Messages.Select(Texts.Said));
        await using var session = await ChatSession.StartAsync(eve.Client);
        Assert.Equal(
            new List<string?> { "before", "after" },
            session.Views[group].History.Before(9, 9).Select(Texts.Said).ToList()
        );
    }

    private static Command Send(string text, long? replyTo) => new Command.SendMessage(Texts.Body(text), replyTo, []);

    private static void IsUnknown<T>(Either<Refusal, T> answer)
    {
        var refusal = Must.Refuse(answer);
        Assert.Equal(("not_found", "conversation.unknown"), (refusal.Code, refusal.Because.Single()));
    }

    // Members hear a later event, sent to all by one connection: what was published before it has come by then, to
    // anybody.
    private static async Task SilenceAsync(
        Guest by,
        Guest other,
        ConversationId where,
        Guest outside,
        params long[] versions
    )
    {
        var last = await by.SayAsync(where, "the last word");
        await by.HearsAsync(where, last.Version);
        await other.HearsAsync(where, last.Version);
        await outside.ArrivedAsync();
        Assert.Equal(versions, outside.Heard(where).Select(seen => seen.Version));
        Assert.DoesNotContain(outside.Told(), one => one is Ephemeral.Typing);
        Assert.DoesNotContain(outside.Told(), one => one is Ephemeral.Receipt receipt && receipt.By != outside.Person);
    }
}
