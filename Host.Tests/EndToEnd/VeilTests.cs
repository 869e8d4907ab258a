using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;
using Bonding = Chat.Domain.Pairs.Command;
using Command = Chat.Domain.Conversations.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A block where both are in a group: from outside, on every path.</summary>
[Collection(ChatUp.Collection)]
public sealed class VeilTests(ChatUp chat)
{
    [Fact]
    public async Task Whatever_who_was_blocked_says_in_a_group_not_a_byte_differs()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var (loud, quiet) = (await GroupAsync(tomas, mia, eve), await GroupAsync(tomas, mia, eve));
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person)));
        await mia.ArrivedAsync();
        var (heard, told) = (mia.Heard(loud).Count, mia.Told().Count);
        var cursor = await mia.LevelAsync();
        await TalkAsync(loud, eve, "cinnamon for mia", "🔥", "Queen Eve", mia.Person);
        await TalkAsync(quiet, eve, "…", "+", "eve");
        foreach (var group in new[] { loud, quiet })
        {
            await tomas.SayAsync(group, "what eve said", 4);
            await tomas.DoAsync(group, new Command.React(4, Texts.Emoji("👀")));
            await tomas.SayAsync(group, "tea?");
        }
        await mia.HearsAsync(quiet, 14);
        await mia.HearsAsync(loud, 14);

        Assert.Equal(Told(mia.Heard(quiet).Skip(heard)), Told(mia.Heard(loud).Skip(heard)));
        Assert.Equal(await SeenAsync(mia, quiet), await SeenAsync(mia, loud));
        var missed = Must.Accept(await mia.Client.ResumeAsync(cursor)).Conversations.OfType<Resumption.Missed>();
        Assert.Equal([.. Since(quiet)], Since(loud));
        Assert.DoesNotContain(mia.Told().Skip(told), IsOf(eve.Person));
        Assert.Empty(Must.Accept(await mia.Client.SearchAsync(Store.Searching.For("cinnamon"))).Messages);
        // And the other way round.
        await mia.SayAsync(loud, "for tomas");
        Assert.IsType<Seen.Hidden>(await eve.HearsAsync(loud, 15));
        Assert.DoesNotContain((await eve.HistoryAsync(loud)).Messages, message => message.By == mia.Person);
        Assert.Contains((await tomas.HistoryAsync(loud)).Messages, message => message.By == mia.Person);

        IEnumerable<string> Since(ConversationId group) => Told(missed.Single(one => one.Conversation == group).Events);
    }

    [Fact]
    public async Task What_a_device_holds_is_without_who_was_blocked_and_with_them_when_it_ends()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await GroupAsync(tomas, mia, eve);
        await using var client = await chat.Door.ClientAsync(mia.Person, "tablet");
        await using var session = await ChatSession.StartAsync(client);
        Assert.Equal([1L, 2, 3], Held());
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person)));
        await Eventually.HoldsAsync(() => Held() is [1, 3], "she is gone");
        await eve.SayAsync(group, "hidden");
        await tomas.SayAsync(group, "shown");
        await Eventually.HoldsAsync(() => Held() is [1, 3, 5], "the rest comes");
        Assert.Equal(3, session.Find(group).Match(view => view.Unread.Count, 0));
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Unblock(eve.Person)));
        await Eventually.HoldsAsync(() => Held() is [1, 2, 3, 4, 5], "she is back");
        Assert.Equal(5, session.Find(group).Match(view => view.Unread.Count, 0));

        long[] Held() => session.Find(group).Match(view => view.History.Messages.Keys.ToArray(), () => []);
    }

    [Fact]
    public async Task What_a_device_holds_of_who_left_is_hidden_by_a_block_too()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await GroupAsync(tomas, mia, eve);
        await eve.DoAsync(group, new Command.Leave());
        await using var client = await chat.Door.ClientAsync(mia.Person, "tablet");
        await using var session = await ChatSession.StartAsync(client);
        var cursor = await mia.LevelAsync();
        Assert.Equal([1L, 2, 3], Held());
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person)));
        await Eventually.HoldsAsync(() => Held() is [1, 3], "she is gone");
        var missed = Must.Accept(await mia.Client.ResumeAsync(cursor)).Conversations;
        Assert.IsType<Resumption.Reset>(Assert.Single(missed, one => one.Conversation == group));
        Assert.DoesNotContain(eve.Told().OfType<Ephemeral.Heads>(), heads => heads.IsReset);
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Unblock(eve.Person)));
        await Eventually.HoldsAsync(() => Held() is [1, 2, 3], "she is back");

        long[] Held() => session.Find(group).Match(view => view.History.Messages.Keys.ToArray(), () => []);
    }

    [Fact]
    public async Task A_page_is_as_long_as_any_however_much_who_was_blocked_says_between()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await GroupAsync(tomas, mia, eve);
        for (var n = 0; n < 30; n++)
            await eve.SayAsync(group, $"and {n}");
        Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person)));
        var page = await mia.HistoryAsync(group, limit: 2);
        Assert.Equal([1L, 3], page.Messages.Select(message => message.Seq));
        Assert.False(page.More);
    }

    // Three messages: of tomas, of eve, and his again.
    private static async Task<ConversationId> GroupAsync(Guest tomas, Guest mia, Guest eve)
    {
        var group = await tomas.CreateAsync(ConversationKind.Group, "tea", mia.Person, eve.Person);
        await tomas.SayAsync(group, "hello");
        await eve.SayAsync(group, "hello all");
        await tomas.SayAsync(group, "how are you?");
        return group;
    }

    // Always seven versions: three messages, one of them edited and one taken back, an emoji and a name.
    private static async Task TalkAsync(
        ConversationId group,
        Guest eve,
        string text,
        string emoji,
        string name,
        PersonId? to = null
    )
    {
        PersonId[] mentions = to is { } person ? [person] : [];
        Must.Accept(await eve.Client.TypingAsync(group));
        await eve.SayAsync(group, text, to is null ? null : 1, mentions);
        await eve.SayAsync(group, text);
        await eve.SayAsync(group, text, null, mentions);
        await eve.DoAsync(group, new Command.EditMessage(5, Texts.Body($"{text}!"), [.. mentions]));
        await eve.DoAsync(group, new Command.RedactMessage(6, null));
        await eve.DoAsync(group, new Command.React(1, Texts.Emoji(emoji)));
        await eve.DoAsync(group, new Command.SetNickname(Texts.Nickname(name)));
        Must.Accept(await eve.Client.ReadAsync(group, to is null ? 1 : 3));
    }

    private static IEnumerable<string> Told(IEnumerable<Seen> seen) =>
        seen.Select(one =>
            one is Seen.Shown { Event: var happened } shown
                ? $"{shown.Version} {Timeless(happened)}"
                : $"{one.Version}-{one.Until} hidden"
        );

    private static string Timeless(Event happened) =>
        happened
            .ToString()
            .Replace($"{happened.Stamp}", $"{happened.By}", StringComparison.Ordinal)
            .Replace($"{happened.At}", "-", StringComparison.Ordinal);

    // All that can be asked for of a group, but what it is called by and when it was.
    private static async Task<string> SeenAsync(Guest guest, ConversationId group)
    {
        var details = await guest.GetAsync(group);
        var members = Must.Accept(await guest.Client.MembersAsync(group));
        var history = await guest.HistoryAsync(group);
        var entry = await guest.EntryAsync(group);
        var parts = new object?[]
        {
            details.Members,
            details.Rules.Pins,
            members.Members,
            (entry!.Unread, entry.Mentions, entry.Seq, entry.Version, Still(entry.Last!)),
            string.Join('\n', history.Messages.Select(Still)),
        };
        return string.Join('\n', parts);
    }

    private static Message Still(Message message) => message with { At = new Instant(0) };

    private static Predicate<Ephemeral> IsOf(PersonId person) =>
        told =>
            told is Ephemeral.Typing { By: var typing } && typing == person
            || told is Ephemeral.Receipt { By: var reading } && reading == person;
}
