using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using Command = Chat.Domain.Conversations.Command;
using Event = Chat.Domain.Conversations.Event;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Rules about words, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class WordTests(ChatUp chat)
{
    [Fact]
    public async Task What_a_rule_names_is_not_said_nor_brought_in_by_an_edit()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var rules = Listing.Of([Rule("manners", WordAction.Block, "you fool*", "狗")]);
        await mia.DoAsync(group, new Command.SetWords(rules));

        var said = await tomas.SayAsync(group, "foolish of you");
        var refused = Must.Refuse(await tomas.Client.ChangeAsync(group, Say("You… FOOLS!")));
        Assert.Equal(("unwanted", "words.manners"), (refused.Code, refused.Because.Last()));
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, Say("看这只狗吧")));
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, Say("y\u200bou f\u00adool")));
        var edit = new Command.EditMessage(said.Seq!.Value, Texts.Body("you fool"), []);
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, edit));
        await mia.SayAsync(group, "who calls whom: you fool?");
        Assert.Equal(2, Must.Accept(await mia.Client.HistoryAsync(group, limit: 200)).Messages.Count);

        // What the rules are is for who sets them; that one was in the way can be asked before it is.
        Assert.Equal(rules, Must.Accept(await mia.Client.WordRulesAsync(group)));
        Assert.Equal("forbidden", Must.Refuse(await tomas.Client.WordRulesAsync(group)).Code);
        var why = Must.Accept(await tomas.Client.ExplainAsync(group, Say("you fool")));
        Assert.Equal(("unwanted", mia.Person), (why.Explanation.Verdict.Refusal?.Code, why.Explanation.Who.Single()));
        await tomas.HearsAsync(group, (await mia.GetAsync(group)).Entry.Version);
        Assert.DoesNotContain(tomas.Heard(group), seen => seen is Seen.Shown { Event: Event.WordsSet });
        var done = Must.Accept(await mia.Client.AuditAsync(group)).Lines;
        Assert.Contains(done, line => line.What == "words_set" && line.By == mia.Person);
    }

    [Fact]
    public async Task A_rule_takes_the_word_for_a_time_and_the_same_request_is_told_the_same()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var rule = Rule("manners", WordAction.Timeout, "fool") with { ForMs = 3_600_000 };
        await mia.DoAsync(group, new Command.SetWords([rule]));

        var id = ChatClient.NewId();
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, Say("fool"), id));
        Assert.Equal("muted", await tomas.RefusedAsync(group, Say("sorry")));
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, Say("fool"), id));
        Assert.Equal("conflict", await tomas.RefusedAsync(group, Say("sorry"), id));
        var version = (await mia.GetAsync(group)).Entry.Version;
        await mia.HearsAsync(group, version);
        var shown = mia.Heard(group).OfType<Seen.Shown>().Select(one => one.Event).OfType<Event.TimedOut>();
        var timed = Assert.Single(shown.DistinctBy(one => one.At));
        Assert.Equal((tomas.Person, rule.Id), (timed.Person, timed.Rule));
        var line = Must.Accept(await mia.Client.AuditAsync(group)).Lines[0];
        Assert.Equal(("timed_out", "words.manners"), (line.What, line.Because.Last()));

        await mia.DoAsync(group, new Command.Timeout(tomas.Person, 0, null));
        await tomas.SayAsync(group, "sorry");
        Assert.Equal("unwanted", await tomas.RefusedAsync(group, Say("fool"), id));
    }

    [Fact]
    public async Task What_a_rule_flags_is_said_and_told()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person, yuki.Person);
        await mia.DoAsync(group, new Command.SetWords([Rule("trade", WordAction.Flag, "*gold")]));

        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(one => tomas.SayAsync(group, one % 2 == 0 ? "marigold" : "hello"))
        );
        var told = Must.Accept(await mia.Client.ReportsAsync(group)).Reports;
        Assert.Equal(10, told.Count);
        Assert.All(told, one => Assert.Equal((tomas.Person, "trade"), (one.About, one.Rule?.Value)));
        var page = Must.Accept(await mia.Client.HistoryAsync(group, limit: 200)).Messages;
        var flagged = page.Where(one => one.Content is Content.Present { Body.Value: "marigold" })
            .Select(one => one.Seq);
        Assert.Equal(flagged.Order(), told.Select(one => ((Subject.Message)one.Subject).Seq).Order());
        await Eventually.HoldsAsync(() => mia.Told().OfType<Ephemeral.Reported>().Any(), "mia is told");
        Assert.Empty(Must.Accept(await tomas.Client.ReportsAsync(group)).Reports);
        Assert.Empty(Must.Accept(await yuki.Client.ReportsAsync(group)).Reports);
    }

    [Fact]
    public async Task Rules_have_a_form_and_are_for_who_keeps_the_place()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var two = await mia.CreateAsync(ConversationKind.Direct, null, tomas.Person);
        var rule = Rule("manners", WordAction.Block, "fool");
        Assert.Equal("forbidden", await tomas.RefusedAsync(group, new Command.SetWords([rule])));
        Assert.Equal("unsupported", await mia.RefusedAsync(two, new Command.SetWords([rule])));
        foreach (
            var rules in new Listing<WordRule>[]
            {
                [rule, rule],
                [rule with { Action = WordAction.Timeout }],
                [rule with { ForMs = 1 }],
                [rule with { Phrases = [] }],
                [.. Enumerable.Range(0, 11).Select(one => rule with { Id = WordRuleId.Of($"r{one}") })],
            }
        )
            Assert.Equal("malformed", await mia.RefusedAsync(group, new Command.SetWords(rules)));
    }

    private static WordRule Rule(string id, WordAction action, params string[] phrases) =>
        new(WordRuleId.Of(id), [.. phrases.Select(Texts.Phrase)], action);

    private static Command.SendMessage Say(string text) => new(Texts.Body(text), null, []);
}
