using Chat.Client;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Xunit;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// A request takes effect once, whatever happened since: a retry gives the first answer, and changes nothing.
/// </summary>
[Collection(ChatUp.Collection)]
public sealed class ExactlyOnceTests(ChatUp chat)
{
    private static readonly Emoji Tea = Texts.Emoji("🍵");
    private static readonly PersonId Stranger = Door.NewPerson("stranger");

    // What changes something, what undoes it, and by whom: 0 is the owner, 1 a member.
    private static readonly (string Name, Command Does, int By, Command[] Undoes)[] Pairs =
    [
        ("rename", new Command.Rename(Texts.Name("a")), 0, [new Command.Rename(Texts.Name("b"))]),
        ("topic", new Command.SetTopic(Texts.Topic("a")), 0, [new Command.SetTopic(Texts.Topic(""))]),
        ("nickname", new Command.SetNickname(Texts.Nickname("a")), 1, [new Command.SetNickname(Texts.Nickname("b"))]),
        ("join", new Command.Join(), 1, [new Command.Leave()]),
        ("leave", new Command.Leave(), 1, [new Command.Join()]),
        ("send", Send("hello"), 1, [new Command.RedactMessage(2, null)]),
        ("edit", Edit("a"), 1, [Edit("b")]),
        ("edit, redacted", Edit("a"), 1, [new Command.RedactMessage(1, null)]),
        ("send, gone", Send("hello"), 1, [new Command.Leave()]),
        ("redact, gone", new Command.RedactMessage(1, null), 1, [new Command.Leave()]),
        ("react", new Command.React(1, Tea), 1, [new Command.Unreact(1, Tea)]),
        ("unreact", new Command.Unreact(1, Tea), 1, [new Command.React(1, Tea)]),
        ("pin", new Command.Pin(1), 0, [new Command.Unpin(1)]),
        ("settings", Slow(5), 0, [Slow(0)]),
        ("role", Defined(2), 0, [Defined(3)]),
        ("role, dropped", Defined(2), 0, [new Command.DropRole(RoleId.Of("helpers"))]),
        ("ban", new Command.Ban(Stranger, null, null), 0, [new Command.Unban(Stranger)]),
        ("invite, taken back", new Command.Invite([Stranger]), 0, [new Command.Uninvite(Stranger)]),
        ("react, gone", new Command.React(1, Tea), 1, [new Command.Unreact(1, Tea), new Command.Leave()]),
    ];

    private static Command Slow(long pause) => new Command.ChangeSettings(new SettingsChange(SlowModeMs: pause));

    private static Command Defined(int rank) =>
        new Command.SetRole(RoleId.Of("helpers"), Texts.RoleName("Helpers"), rank, Grant.None);

    public static TheoryData<string> Verbs => [.. Pairs.Select(pair => pair.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Retried_after_its_inverse_a_request_gives_the_first_answer_and_changes_nothing(string name)
    {
        var (_, does, by, undoes) = Pairs.Single(pair => pair.Name == name);
        await using var owner = await chat.Door.GuestAsync("mia");
        await using var member = await chat.Door.GuestAsync("tomas");
        var channel = await owner.CreateAsync(ConversationKind.Channel, "once", member.Person);
        if (does is Command.Join)
            await member.DoAsync(channel, new Command.Leave());
        else
            await member.SayAsync(channel, "said");
        if (does is Command.Unreact)
            await member.DoAsync(channel, new Command.React(1, Tea));
        var guest = by == 0 ? owner : member;
        var id = ChatClient.NewId();
        var first = await guest.DoAsync(channel, does, id);
        Assert.False(first.Replayed);
        foreach (var command in undoes)
            await guest.DoAsync(channel, command);
        await IsReplayedAsync(owner, guest, channel, does, id, first);

        // And over another connection, once more.
        await using var again = await chat.Door.GuestAsync(guest.Person, Door.Device);
        await IsReplayedAsync(owner, again, channel, does, id, first);
    }

    [Fact]
    public async Task An_invitation_retried_after_it_was_taken_and_given_back_invites_nobody()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var eve = await chat.Door.GuestAsync("eve");
        var group = await mia.CreateAsync(ConversationKind.Group, "once");
        var (invite, id) = (new Command.Invite([eve.Person]), ChatClient.NewId());
        var first = await mia.DoAsync(group, invite, id);
        await eve.DoAsync(group, new Command.Join());
        await eve.DoAsync(group, new Command.Leave());
        await IsReplayedAsync(mia, mia, group, invite, id, first);
        Assert.Equal("not_found", await eve.RefusedAsync(group, new Command.Join()));
    }

    [Theory]
    [InlineData(ConversationKind.Direct)]
    [InlineData(ConversationKind.Group)]
    [InlineData(ConversationKind.Channel)]
    public async Task A_create_retried_finds_what_it_made(ConversationKind kind)
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var other = Door.NewPerson("tomas");
        var name = kind is ConversationKind.Direct ? null : Texts.Name("made");
        var (create, id) = (new Command.Create(kind, [other], name), ChatClient.NewId());
        var first = await mia.DoAsync(null, create, id);
        var where = first.Stream.Conversation;
        await mia.SayAsync(where, "and on");
        if (kind is not ConversationKind.Direct)
            await mia.DoAsync(where, new Command.Leave());
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => mia.DoAsync(null, create, id)));
        Assert.All(again, receipt => Assert.Equal(first with { Replayed = true }, receipt));
        // The id alone, elsewhere, is another request.
        if (kind is not ConversationKind.Direct)
            Assert.Equal("conflict", await mia.RefusedAsync(null, create with { Members = [] }, id));
        await using var laptop = await chat.Door.GuestAsync(mia.Person, "laptop");
        var elsewhere = await laptop.DoAsync(null, create, id);
        Assert.Equal(kind is ConversationKind.Direct, elsewhere.Stream == first.Stream);
    }

    [Fact]
    public async Task The_same_id_with_another_request_is_a_conflict_and_changes_nothing()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "once");
        var id = ChatClient.NewId();
        var first = await mia.DoAsync(group, Send("one"), id);
        Command[] others =
        [
            Send("two"),
            new Command.SendMessage(Texts.Body("one"), 1, []),
            new Command.SendMessage(Texts.Body("one"), null, [mia.Person]),
            new Command.SendMessage(Texts.Body("one"), null, [], IsAction: true),
            new Command.Rename(Texts.Name("one")),
            new Command.RedactMessage(1, null),
            new Command.Leave(),
        ];
        foreach (var other in others)
            Assert.Equal("conflict", await mia.RefusedAsync(group, other, id));
        await IsReplayedAsync(mia, mia, group, Send("one"), id, first);
        await using var laptop = await chat.Door.GuestAsync(mia.Person, "laptop");
        Assert.Equal(2, (await laptop.DoAsync(group, Send("one"), id)).Seq);
        var second = await mia.CreateAsync(ConversationKind.Group, "elsewhere");
        Assert.False((await mia.DoAsync(second, Send("one"), id)).Replayed);
    }

    [Fact]
    public async Task One_id_a_hundred_times_at_once_is_one_message_and_one_answer()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => chat.Door.ClientAsync(mia.Person)));
        var group = await mia.CreateAsync(ConversationKind.Group, "once");
        var id = ChatClient.NewId();
        var all = Enumerable.Range(0, 100).Select(n => clients[n % 4].ChangeAsync(group, Send("once"), id));
        var receipts = (await Task.WhenAll(all)).Select(Must.Accept).ToList();
        Assert.Single(receipts, receipt => !receipt.Replayed);
        Assert.Single(receipts.Select(receipt => receipt with { Replayed = false }).Distinct());
        Assert.Equal((2L, 1L), ((await mia.GetAsync(group)).Entry.Version, (await mia.GetAsync(group)).Entry.Seq));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static Command Send(string text) => new Command.SendMessage(Texts.Body(text), null, []);

    private static Command Edit(string text) => new Command.EditMessage(1, Texts.Body(text), []);

    private static async Task IsReplayedAsync(
        Guest owner,
        Guest by,
        ConversationId where,
        Command command,
        ClientId id,
        Receipt first
    )
    {
        var before = await owner.GetAsync(where);
        var history = await owner.HistoryAsync(where);
        Assert.Equal(first with { Replayed = true }, await by.DoAsync(where, command, id));
        Assert.Equal(before, await owner.GetAsync(where));
        Assert.Equal(history, await owner.HistoryAsync(where));
    }
}
