using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Links that let people in, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class LinkTests(ChatUp chat)
{
    [Fact]
    public async Task However_many_race_for_a_link_it_lets_in_exactly_as_many_as_it_may()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea");
        var link = await LinkAsync(mia, group, maxUses: 7);
        await using var client = await chat.Door.ClientAsync(mia.Person, "desk");
        var racers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => chat.Door.GuestAsync($"racer{n}")));
        var answers = await Task.WhenAll(
            racers.Select(racer => racer.Client.ChangeAsync(group, new Command.Join(link)))
        );
        Assert.Equal(7, answers.Count(answer => answer.IsRight));
        Assert.Equal(8, (await mia.GetAsync(group)).MemberCount);
        Assert.All(
            answers.Where(answer => answer.IsLeft),
            answer => Assert.Equal(("link_ended", "link.used_up"), Said(Must.Refuse(answer)))
        );
        Assert.Equal(7, Assert.Single(Must.Accept(await mia.Client.LinksAsync(group)).Links).Link.Uses);
        foreach (var racer in racers)
            await racer.DisposeAsync();
    }

    [Fact]
    public async Task A_link_is_for_whom_it_names_for_as_long_as_it_says_and_as_its_maker_may_invite()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);

        var named = await LinkAsync(mia, group, people: tomas.Person);
        await ComesAsync("forbidden", "link.not_for_you", named);
        await ComesAsync("link_ended", "link.expired", await LinkAsync(mia, group, forMs: 1));
        var own = await LinkAsync(tomas, group);
        await mia.DoAsync(group, new Command.AssignRoles(tomas.Person, [], new Grant(Powers.None, Invite)));
        await ComesAsync("link_ended", "link.maker_may_not", own);
        await mia.DoAsync(group, new Command.DropLink(own));
        await ComesAsync("not_found", "conversation.unknown", own);
        await ComesAsync("not_found", "conversation.unknown", ChatRules.NewLink());
        var open = await LinkAsync(mia, group);
        await mia.DoAsync(group, new Command.Ban(yuki.Person, null, null));
        await ComesAsync("banned", "member.banned", open);
        await mia.DoAsync(group, new Command.Unban(yuki.Person));
        await yuki.DoAsync(group, new Command.Join(open));
        await yuki.SayAsync(group, "hello");

        // Who may not ask in makes none, and nobody sees those of others but who may admit.
        Assert.Equal("forbidden", await tomas.RefusedAsync(group, Make(ChatRules.NewLink())));
        Assert.Equal("forbidden", Must.Refuse(await tomas.Client.LinksAsync(group)).Code);
        await LinkAsync(yuki, group);
        Assert.Single(Must.Accept(await yuki.Client.LinksAsync(group)).Links);
        Assert.Equal(4, Must.Accept(await mia.Client.LinksAsync(group)).Links.Count);
        // That there is a link nobody is shown, least of all what lets in.
        await tomas.ArrivedAsync();
        Assert.Contains(tomas.Heard(group), seen => seen is Seen.Hidden);
        Assert.DoesNotContain(tomas.Heard(group), seen => $"{seen}".Contains(open.Value, StringComparison.Ordinal));

        async Task ComesAsync(string code, string rule, LinkId link) =>
            Assert.Equal((code, rule), Said(Must.Refuse(await yuki.Client.ChangeAsync(group, new Command.Join(link)))));
    }

    [Fact]
    public async Task Who_comes_by_a_link_twice_takes_one_place()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea");
        var link = await LinkAsync(mia, group, maxUses: 2);
        var id = ClientId.Of("come");
        await yuki.DoAsync(group, new Command.Join(link), id);
        Assert.True((await yuki.DoAsync(group, new Command.Join(link), id)).Replayed);
        await yuki.DoAsync(group, new Command.Join(link));
        Assert.Equal(1, Assert.Single(Must.Accept(await mia.Client.LinksAsync(group)).Links).Link.Uses);
    }

    [Fact]
    public async Task A_ban_takes_back_what_was_said_of_late()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", eve.Person, tomas.Person);
        await tomas.SayAsync(group, "hello");
        foreach (var text in new[] { "buy", "cheap", "watches" })
            await eve.SayAsync(group, text, null, tomas.Person);
        await eve.DoAsync(group, new Command.RedactMessage(3, null));
        await mia.DoAsync(group, new Command.Ban(eve.Person, null, Texts.Reason("spam"), 60_000));
        var messages = (await tomas.HistoryAsync(group)).Messages;
        Assert.Equal(["hello", null, null, null], messages.Select(Texts.Said));
        Assert.Equal([mia.Person, eve.Person, mia.Person], messages.Skip(1).Select(one => one.RedactedBy!.Value));
        var entry = await tomas.EntryAsync(group);
        Assert.Equal((0, 0), (entry!.Unread, entry.Mentions));
        Assert.Equal("not_found", await eve.RefusedAsync(group, new Command.Join()));
    }

    private static readonly Powers Invite = Powers.Of(Permission.Invite);

    private static async Task<LinkId> LinkAsync(
        Guest guest,
        ConversationId group,
        long? forMs = null,
        int? maxUses = null,
        params PersonId[] people
    )
    {
        var link = ChatRules.NewLink();
        await guest.DoAsync(group, new Command.MakeLink(link, forMs, maxUses, [.. people]));
        if (forMs is { } length)
            await Task.Delay((int)length + 20);
        return link;
    }

    private static Command.MakeLink Make(LinkId link) => new(link, null, null, []);

    private static (string, string) Said(Refusal refusal) => (refusal.Code, refusal.Because[^1]);
}
