using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What people do in conversations, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class ConversationTests(ChatUp chat)
{
    [Fact]
    public async Task A_direct_conversation_is_there_once_for_a_pair_whoever_asks()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var both = await Task.WhenAll(
            mia.CreateAsync(ConversationKind.Direct, null, tomas.Person),
            tomas.CreateAsync(ConversationKind.Direct, null, mia.Person),
            mia.CreateAsync(ConversationKind.Direct, null, tomas.Person)
        );
        var direct = Assert.Single(both.Distinct());
        await tomas.SayAsync(direct, "you too?");
        Assert.IsType<Event.MessageSent>(Assert.IsType<Seen.Shown>(await mia.HearsAsync(direct, 2)).Event);
        Assert.Equal(direct, await tomas.CreateAsync(ConversationKind.Direct, null, mia.Person));
        Assert.Equal(2, (await mia.GetAsync(direct)).Entry.Version);
        Assert.NotEqual(direct, await eve.CreateAsync(ConversationKind.Direct, null, mia.Person));
        Assert.Equal("unsupported", await mia.RefusedAsync(direct, new Command.Leave()));
        Assert.Equal("unsupported", await mia.RefusedAsync(direct, new Command.Invite([eve.Person])));
    }

    [Fact]
    public async Task A_group_is_for_whom_it_was_made_and_who_is_asked_in()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "hiking", tomas.Person);
        Assert.Equal("not_found", await eve.RefusedAsync(group, new Command.Join()));
        await tomas.DoAsync(group, new Command.Invite([eve.Person]));
        Assert.Equal(Standing.Invited, (await eve.EntryAsync(group))?.Standing);
        await eve.DoAsync(group, new Command.Join());
        await eve.DoAsync(group, new Command.SetNickname(Texts.Nickname("Evi")));
        await tomas.DoAsync(group, new Command.Rename(Texts.Name("hiking on Sunday")));
        await mia.DoAsync(group, new Command.SetTopic(Texts.Topic("where to")));
        await eve.DoAsync(group, new Command.Leave());

        var types = new List<string>();
        for (var version = 1; version <= 7; version++)
            types.Add(Events.TypeOf(Assert.IsType<Seen.Shown>(await mia.HearsAsync(group, version)).Event));
        Assert.Equal(["created", "invited", "joined", "nicknamed", "renamed", "topic_set", "left"], types);
        var details = await tomas.GetAsync(group);
        Assert.Equal(
            ("hiking on Sunday", "where to", 2L),
            (details.Entry.Name?.Value, details.Topic?.Value, details.MemberCount)
        );
        Assert.Equal((mia.Person, Role.Owner), details.Members.Select(member => (member.Person, member.Role)).First());
    }

    [Fact]
    public async Task A_channel_is_open_with_all_of_its_history()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var channel = await mia.CreateAsync(ConversationKind.Channel, "news");
        await mia.SayAsync(channel, "before you came");
        Assert.Equal("not_a_member", await tomas.RefusedAsync(channel, new Command.SetNickname(Texts.Nickname("T"))));
        await tomas.DoAsync(channel, new Command.Join());
        Assert.Equal(["before you came"], (await tomas.HistoryAsync(channel)).Messages.Select(Texts.Said));
        Assert.Equal("forbidden", await tomas.RefusedAsync(channel, new Command.Rename(Texts.Name("mine"))));
        Assert.Equal(0, (await tomas.GetAsync(channel)).Entry.Unread);
    }

    [Fact]
    public async Task What_is_said_can_be_answered_edited_reacted_to_and_taken_back()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "talk", tomas.Person);
        var tea = Texts.Emoji("🍵");
        await mia.SayAsync(group, "tea?");
        await tomas.SayAsync(group, "Yes", replyTo: 1);
        await mia.SayAsync(group, "a mistake");
        await tomas.DoAsync(group, new Command.EditMessage(2, Texts.Body("yes, please"), []));
        await tomas.DoAsync(group, new Command.React(1, tea));
        await mia.DoAsync(group, new Command.React(1, tea));
        await mia.DoAsync(group, new Command.Unreact(1, tea));
        await mia.DoAsync(group, new Command.RedactMessage(3, Texts.Reason("wrong room")));
        Assert.Equal("forbidden", await mia.RefusedAsync(group, new Command.EditMessage(2, Texts.Body("no"), [])));
        Assert.Equal("gone", await mia.RefusedAsync(group, new Command.EditMessage(3, Texts.Body("again"), [])));
        Assert.Equal("forbidden", await tomas.RefusedAsync(group, new Command.RedactMessage(1, null)));
        Assert.Equal("not_found", await mia.RefusedAsync(group, new Command.React(4, tea)));

        var messages = (await tomas.HistoryAsync(group)).Messages;
        Assert.Equal(["tea?", "yes, please", null], messages.Select(Texts.Said));
        Assert.Equal([new ReactionsOf(tea, [tomas.Person])], messages[0].Reactions);
        Assert.Equal((1L, true), (messages[1].ReplyTo, messages[1].EditedAt is not null));
        Assert.Equal((mia.Person, "wrong room"), (messages[2].RedactedBy!.Value, messages[2].Reason?.Value));
        await tomas.HearsAsync(group, 9);
        Assert.Equal(Enumerable.Range(1, 9).Select(n => (long)n), tomas.Heard(group).Select(seen => seen.Version));
        Assert.Equal(messages, History.Fold(tomas.Heard(group)).Before(10, 10));
    }

    [Fact]
    public async Task History_is_paged_before_after_and_around()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "long");
        for (var n = 1; n <= 30; n++)
            await mia.SayAsync(group, $"{n}");
        await PageIs(26, 30, true, null, 0, 5);
        await PageIs(6, 10, true, Anchor.Before, 11, 5);
        await PageIs(1, 5, false, Anchor.Before, 6, 5);
        await PageIs(12, 16, true, Anchor.After, 11, 5);
        await PageIs(28, 30, false, Anchor.After, 27, 5);
        await PageIs(13, 16, true, Anchor.Around, 15, 4);
        Assert.Empty((await mia.HistoryAsync(group, Anchor.After, 30)).Messages);
        Assert.Equal("malformed", Must.Refuse(await mia.Client.HistoryAsync(group, limit: 201)).Code);

        async Task PageIs(long first, long last, bool more, Anchor? from, long seq, int limit)
        {
            var page = await mia.HistoryAsync(group, from, seq, limit);
            Assert.Equal(
                Enumerable.Range((int)first, (int)(last - first + 1)).Select(n => (long)n),
                page.Messages.Select(m => m.Seq)
            );
            Assert.All(page.Messages, message => Assert.Equal($"{message.Seq}", Texts.Said(message)));
            Assert.Equal(more, page.More);
        }
    }

    [Fact]
    public async Task What_is_unread_is_counted_until_it_is_read()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "count", tomas.Person);
        await mia.SayAsync(group, "one");
        await mia.SayAsync(group, "two", null, tomas.Person);
        await mia.SayAsync(group, "three", null, tomas.Person);
        await tomas.SayAsync(group, "mine");
        await CountsAre(3, 2);
        await mia.DoAsync(group, new Command.RedactMessage(3, null));
        await CountsAre(2, 1);
        await mia.DoAsync(group, new Command.EditMessage(2, Texts.Body("two!"), []));
        await CountsAre(2, 0);
        Assert.Equal(new Marks(1, 1), Must.Accept(await tomas.Client.ReadAsync(group, 1)));
        await CountsAre(1, 0);
        Assert.Equal(new Marks(1, 4), Must.Accept(await tomas.Client.DeliveredAsync(group, 99)));
        Assert.Equal(new Marks(4, 4), Must.Accept(await tomas.Client.ReadAsync(group, 4)));
        Assert.Equal(new Marks(4, 4), Must.Accept(await tomas.Client.ReadAsync(group, 2)));
        await CountsAre(0, 0);

        async Task CountsAre(int unread, int mentions)
        {
            var listed = await tomas.EntryAsync(group);
            Assert.Equal((unread, mentions), (listed!.Unread, listed.Mentions));
            Assert.Equal(listed, (await tomas.GetAsync(group)).Entry);
        }
    }

    [Fact]
    public async Task Typing_and_receipts_are_heard()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "typing", tomas.Person);
        await mia.SayAsync(group, "hello");
        Must.Accept(await mia.Client.TypingAsync(group));
        Must.Accept(await tomas.Client.ReadAsync(group, 1));
        Assert.Equal("not_found", Must.Refuse(await eve.Client.TypingAsync(group)).Code);
        Assert.Equal("not_found", Must.Refuse(await eve.Client.ReadAsync(group, 1)).Code);
        var receipt = new Ephemeral.Receipt(group, tomas.Person, new Marks(1, 1));
        await Eventually.HoldsAsync(() => tomas.Told().Contains(new Ephemeral.Typing(group, mia.Person)), "typing");
        await Eventually.HoldsAsync(() => mia.Told().Contains(receipt), "the receipt");
        await Eventually.HoldsAsync(() => tomas.Told().Contains(receipt), "one's own receipt");
        Assert.DoesNotContain(mia.Told(), one => one is Ephemeral.Typing);
        await eve.ArrivedAsync();
        Assert.Empty(eve.Told());
    }
}
