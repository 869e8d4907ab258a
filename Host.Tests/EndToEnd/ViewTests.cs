using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>What somebody could see of a conversation as it once stood.</summary>
[Collection(ChatUp.Collection)]
public sealed class ViewTests(ChatUp chat)
{
    [Fact]
    public async Task It_is_seen_as_it_stood_and_what_was_taken_back_stays_gone()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await mia.SayAsync(channel, "soup at six", null, tomas.Person);
        await tomas.DoAsync(channel, new Command.React(1, Texts.Emoji("+")));
        await mia.SayAsync(channel, "never mind");
        var then = (await mia.GetAsync(channel)).Entry.Version;
        await mia.DoAsync(channel, new Command.EditMessage(1, Texts.Body("soup at eight"), []));
        await mia.DoAsync(channel, new Command.RedactMessage(2, null));
        await tomas.DoAsync(channel, new Command.Unreact(1, Texts.Emoji("+")));
        await mia.DoAsync(channel, new Command.SetTopic(Texts.Topic("soup")));
        await yuki.DoAsync(channel, new Command.Leave());

        var page = Must.Accept(await tomas.Client.ViewAsync(channel, then));
        Assert.Equal(["soup at six", null], page.Messages.Select(Texts.Said));
        Assert.Equal(tomas.Person, Assert.Single(Assert.Single(page.Messages[0].Reactions).People));
        Assert.Null(page.Messages[1].RedactedBy);
        Assert.Equal((null, 3L, then), (page.Details!.Topic, page.Details.MemberCount, page.Details.Entry.Version));
        Assert.Equal((1, 1), (page.Details.Entry.Unread, page.Details.Entry.Mentions));
        Assert.Empty(page.Hidden);
        var older = Must.Accept(await tomas.Client.ViewAsync(channel, then, from: (Anchor.Before, 2), limit: 1));
        Assert.Equal((1L, false), (Assert.Single(older.Messages).Seq, older.More));

        // At the head it is what is seen now.
        Must.Accept(await tomas.Client.ReadAsync(channel, 1));
        var now = await tomas.GetAsync(channel);
        page = Must.Accept(await tomas.Client.ViewAsync(channel, now.Entry.Version));
        Assert.Equal(Answers.Ok(now), Answers.Ok(page.Details!));
        Assert.Equal((await tomas.HistoryAsync(channel)).Messages, page.Messages);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Of_another_it_is_told_to_who_keeps_the_conversation_as_far_as_they_see_it_themselves()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await mia.SayAsync(channel, "only us three");
        await mia.DoAsync(channel, new Command.ChangeSettings(new SettingsChange(History: HistoryRule.Join)));
        await using var eve = await chat.Door.GuestAsync("eve");
        await eve.DoAsync(channel, new Command.Join());
        await mia.SayAsync(channel, "and eve");
        await mia.DoAsync(channel, new Command.TransferOwnership(eve.Person));
        await eve.DoAsync(channel, new Command.Kick(yuki.Person, null));
        var head = (await mia.GetAsync(channel)).Entry.Version;
        await yuki.DoAsync(channel, new Command.Join());

        var page = Must.Accept(await eve.Client.ViewAsync(channel, head - 1, tomas.Person));
        Assert.Equal(["and eve"], page.Messages.Select(Texts.Said));
        Assert.Equal([1L], page.Hidden);
        Assert.Equal((1, default), (page.Details!.Entry.Unread, page.Details.Entry.Marks));
        page = Must.Accept(await eve.Client.ViewAsync(channel, head, yuki.Person));
        Assert.Equal((null, 0, 0), (page.Details, page.Messages.Count, page.Hidden.Count));

        // What is not there, what was before them, and who they are not.
        Assert.Equal("version.unknown", Why(await eve.Client.ViewAsync(channel, 2, tomas.Person)));
        Assert.Equal("version.unknown", Why(await eve.Client.ViewAsync(channel, head + 9, tomas.Person)));
        var refusal = Must.Refuse(await tomas.Client.ViewAsync(channel, head, eve.Person));
        Assert.Equal(("forbidden", "permission.manage_settings"), (refusal.Code, refusal.Because[^1]));
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Who_is_not_in_cannot_tell_it_from_what_is_not_there()
    {
        var (mia, tomas, yuki, _) = await Ruled.GatherAsync(chat.Door);
        var group = await mia.CreateAsync(ConversationKind.Group, "ours", tomas.Person);
        foreach (var id in new[] { group, ConversationId.Of("c0") })
        foreach (var whom in new[] { yuki.Person, mia.Person })
        {
            Assert.Equal("conversation.unknown", Why(await yuki.Client.ViewAsync(id, 1, whom)));
            Assert.Equal("conversation.unknown", Why(await yuki.Client.ViewAsync(id, 99, whom)));
        }
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    [Fact]
    public async Task Of_a_block_nothing_is_told_by_it()
    {
        var (mia, tomas, yuki, channel) = await Ruled.GatherAsync(chat.Door);
        await yuki.SayAsync(channel, "from yuki");
        await mia.SayAsync(channel, "from mia");
        Must.Accept(await tomas.Client.ChangeFriendAsync(new Bonding.Block(yuki.Person)));
        var head = (await mia.GetAsync(channel)).Entry.Version;
        var own = Must.Accept(await tomas.Client.ViewAsync(channel, head));
        Assert.Equal(["from mia"], own.Messages.Select(Texts.Said));
        Assert.Empty(own.Hidden);
        var told = Must.Accept(await mia.Client.ViewAsync(channel, head, tomas.Person));
        Assert.Equal(["from yuki", "from mia"], told.Messages.Select(Texts.Said));
        Assert.Equal(2, told.Details!.Entry.Unread);
        await Ruled.EndAsync(mia, tomas, yuki);
    }

    private static string Why<T>(LanguageExt.Either<Domain.Deciding.Refusal, T> answer) =>
        Must.Refuse(answer).Because[^1];
}
