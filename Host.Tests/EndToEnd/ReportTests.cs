using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Desks;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Host.Nats;
using Chat.Protocol;
using Chat.Protocol.Wire;
using Xunit;
using Command = Chat.Domain.Conversations.Command;
using Reporting = Chat.Domain.Desks.Command;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>Telling those who look after a conversation, and the staff, from outside.</summary>
[Collection(ChatUp.Collection)]
public sealed class ReportTests(ChatUp chat)
{
    private static readonly Grant Handles = new(Powers.Of(Permission.Reports), Powers.None);

    [Fact]
    public async Task A_message_is_reported_taken_on_and_settled_and_its_author_learns_nothing()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person, yuki.Person);
        await mia.DoAsync(group, new Command.AssignRoles(tomas.Person, [], Handles));
        await tomas.SayAsync(group, "buy my tea");
        await yuki.SayAsync(group, "please do not");
        var version = (await mia.GetAsync(group)).Entry.Version;

        var why = Texts.Reason("again");
        var id = ChatClient.NewId();
        var report = new Reporting.File(group, new Subject.Message(group, 1), Cause.Spam, why);
        Assert.False(Must.Accept(await yuki.Client.ReportAsync(report, id)).IsReplayed);
        Assert.True(Must.Accept(await yuki.Client.ReportAsync(report, id)).IsReplayed);
        // It is told already.
        Must.Accept(await yuki.Client.ReportAsync(report));

        var told = Assert.Single((await ReportsAsync(mia, group)).Reports);
        Assert.Equal((1L, yuki.Person, tomas.Person), (told.Number, told.By, told.About));
        Assert.Equal((Cause.Spam, why, report.Subject), (told.Why, told.Words, told.Subject));
        await Eventually.HoldsAsync(() => mia.Told().OfType<Ephemeral.Reported>().Any(), "mia is told");

        // Who told sees that, less who handles it. Whom it is about sees nothing, though they handle reports.
        var own = await ReportsAsync(yuki, group);
        Assert.False(own.IsHandler);
        Assert.Equal((null, null), (Assert.Single(own.Reports).Number, own.Reports[0].About));
        var theirs = await ReportsAsync(tomas, group);
        Assert.True(theirs.IsHandler);
        Assert.Empty(theirs.Reports);
        Assert.Equal("not_found", await RefusedAsync(tomas, new Reporting.Settle(group, 1, Outcome.Dismissed, null)));
        await tomas.ArrivedAsync();
        Assert.Empty(tomas.Told().OfType<Ephemeral.Reported>());
        Assert.Equal(version, (await tomas.GetAsync(group)).Entry.Version);

        // It is given only to who may handle it.
        Assert.Equal("forbidden", await RefusedAsync(yuki, new Reporting.Assign(group, 1, yuki.Person)));
        Assert.Equal("forbidden", await RefusedAsync(mia, new Reporting.Assign(group, 1, tomas.Person)));
        Must.Accept(await mia.Client.ReportAsync(new Reporting.Assign(group, 1, mia.Person)));
        Assert.Equal(mia.Person, Assert.Single((await ReportsAsync(mia, group)).Reports).Assignee);
        var note = Texts.Reason("talked to");
        Must.Accept(await mia.Client.ReportAsync(new Reporting.Settle(group, 1, Outcome.Acted, note)));
        Assert.Empty((await ReportsAsync(mia, group)).Reports);
        var settled = Assert.Single((await ReportsAsync(mia, group, areSettled: true)).Reports);
        Assert.Equal((Outcome.Acted, mia.Person, note), (settled.Outcome, settled.EndedBy, settled.Note));
        var mine = Assert.Single((await ReportsAsync(yuki, group, areSettled: true)).Reports);
        Assert.Equal((Outcome.Acted, null, null), (mine.Outcome, mine.EndedBy, mine.Note));
        Assert.Equal("not_found", await RefusedAsync(mia, new Reporting.Assign(group, 1, null)));
    }

    [Fact]
    public async Task What_one_does_not_see_one_does_not_report()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await using var zoe = await chat.Door.GuestAsync("zoe");
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        await tomas.SayAsync(group, "before");
        Reporting.File About(Subject subject, bool isToStaff = false) =>
            new(isToStaff ? null : group, subject, Cause.Other, null);

        foreach (var isToStaff in new[] { false, true })
        {
            var message = About(new Subject.Message(group, 1), isToStaff);
            Assert.Equal("not_found", await RefusedAsync(zoe, message));
            Assert.Equal("not_found", await RefusedAsync(zoe, About(new Subject.Place(group), isToStaff)));
        }
        Assert.Equal("not_found", Must.Refuse(await zoe.Client.ReportsAsync(group)).Code);
        await mia.DoAsync(group, new Command.ChangeSettings(new SettingsChange { History = HistoryRule.Join }));
        await mia.DoAsync(group, new Command.Invite([zoe.Person]));
        await zoe.DoAsync(group, new Command.Join());
        Assert.Equal("not_found", await RefusedAsync(zoe, About(new Subject.Message(group, 1))));
        Assert.Equal("not_found", await RefusedAsync(zoe, About(new Subject.Message(group, 99))));
        var said = await tomas.SayAsync(group, "after");
        Must.Accept(await zoe.Client.ReportAsync(About(new Subject.Message(group, said.Seq!.Value))));
        Assert.Equal("forbidden", await RefusedAsync(tomas, About(new Subject.Message(group, said.Seq!.Value))));
        Assert.Equal("forbidden", await RefusedAsync(tomas, About(new Subject.Person(tomas.Person))));

        // After a ban not even one's own reports are there.
        await mia.DoAsync(group, new Command.Ban(zoe.Person, null, null, null));
        Assert.Equal("not_found", Must.Refuse(await zoe.Client.ReportsAsync(group)).Code);
        Assert.Equal("not_found", await RefusedAsync(zoe, About(new Subject.Message(group, said.Seq!.Value))));
    }

    [Fact]
    public async Task The_staff_are_told_of_people_of_conversations_and_of_what_two_say_alone()
    {
        await using var lead = await chat.Door.GuestAsync(ChatUp.Lead, Door.Device);
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        var create = new Command.Create(ConversationKind.Group, [], null);
        Assert.Equal(ChatUp.Staff, (await lead.DoAsync(null, create, ChatUp.StaffRequest)).Stream.Conversation);
        var two = await tomas.CreateAsync(ConversationKind.Direct, null, mia.Person);
        await tomas.SayAsync(two, "psst");

        Must.Accept(
            await mia.Client.ReportAsync(new Reporting.File(null, new Subject.Person(tomas.Person), Cause.Hate, null))
        );
        var message = new Reporting.File(two, new Subject.Message(two, 1), Cause.Violence, null);
        Assert.Equal("unsupported", await RefusedAsync(mia, message));
        Must.Accept(await mia.Client.ReportAsync(message with { To = null }));
        Must.Accept(await mia.Client.ReportAsync(new Reporting.File(null, new Subject.Place(two), Cause.Other, null)));

        var told = await ReportsAsync(lead, ChatUp.Staff);
        var hers = told.Reports.Where(report => report.By == mia.Person).Reverse().ToArray();
        Assert.Equal(
            [new Subject.Person(tomas.Person), new Subject.Message(two, 1), new Subject.Place(two)],
            hers.Select(report => report.Subject)
        );
        Assert.Equal([tomas.Person, tomas.Person, null], hers.Select(report => report.About));
        var page = Must.Accept(await lead.Client.ReportsAsync(ChatUp.Staff, before: hers[1].Number, limit: 1));
        Assert.Equal(hers[0].Number, Assert.Single(page.Reports).Number);
        Assert.Equal("not_found", Must.Refuse(await mia.Client.ReportsAsync(ChatUp.Staff)).Code);

        // Who told the staff sees what came of it, without knowing where they are.
        Must.Accept(
            await lead.Client.ReportAsync(
                new Reporting.Settle(ChatUp.Staff, hers[0].Number!.Value, Outcome.Acted, Texts.Reason("talked to"))
            )
        );
        var staff = ConversationId.Of(Subjects.Nothing);
        var open = Must.Accept(await mia.Client.ReportsAsync(staff));
        Assert.False(open.IsHandler);
        Assert.Equal(2, open.Reports.Count);
        var ended = Assert.Single(Must.Accept(await mia.Client.ReportsAsync(staff, areSettled: true)).Reports);
        Assert.Equal(
            (hers[0].Subject, Outcome.Acted, null, null),
            (ended.Subject, ended.Outcome, ended.EndedBy, ended.Note)
        );
        Assert.Empty(Must.Accept(await tomas.Client.ReportsAsync(staff)).Reports);
    }

    [Fact]
    public async Task Who_handles_a_report_sees_that_message_alone_and_only_once_they_say_why()
    {
        await using var lead = await chat.Door.GuestAsync(ChatUp.Lead, Door.Device);
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        await lead.DoAsync(null, new Command.Create(ConversationKind.Group, [], null), ChatUp.StaffRequest);
        var two = await tomas.CreateAsync(ConversationKind.Direct, null, mia.Person);
        await mia.SayAsync(two, "between us");
        await tomas.SayAsync(two, "a threat", 1);
        await mia.DoAsync(two, new Command.React(2, Texts.Emoji("😱")));
        var file = new Reporting.File(null, new Subject.Message(two, 2), Cause.Violence, null);
        Must.Accept(await mia.Client.ReportAsync(file));
        var report = (await ReportsAsync(lead, ChatUp.Staff)).Reports.First(one => one.By == mia.Person).Number!.Value;

        var look = new Reporting.Look(ChatUp.Staff, report, Texts.Reason("is it a threat?"));
        Assert.Equal(["report.not_looked_at"], Must.Refuse(await SeenAsync(lead)).Because);
        Assert.Equal("not_found", Must.Refuse(await SeenAsync(mia)).Code);
        Assert.Equal("not_found", await RefusedAsync(mia, look));
        Must.Accept(await lead.Client.ReportAsync(look));
        var found = Must.Accept(await SeenAsync(lead));
        Assert.Equal((two, 2L, "a threat"), (found.Conversation, found.Message.Seq, Texts.Said(found.Message)));
        Assert.Equal((null, 0), (found.Message.ReplyTo, found.Message.Reactions.Count));
        Assert.Equal("not_found", Must.Refuse(await lead.Client.HistoryAsync(two)).Code);

        // It stays, with why and by which rule; what is settled is told to who told, and not by whom.
        Must.Accept(await lead.Client.ReportAsync(new Reporting.Settle(ChatUp.Staff, report, Outcome.Acted, null)));
        var done = Must.Accept(await lead.Client.ReportAuditAsync(ChatUp.Staff, limit: 3)).Lines;
        Assert.Equal(["settled", "looked", "filed"], done.Select(line => line.What));
        Assert.Equal([report, report, report], done.Select(line => line.Report));
        Assert.Equal((lead.Person, look.Why), (done[1].By, done[1].Reason));
        Assert.Equal(["owner", "permission.reports"], done[1].Because);
        var rest = Must.Accept(await lead.Client.ReportAuditAsync(ChatUp.Staff, done[2].Version, 1));
        Assert.True(rest.Lines.All(line => line.Version < done[2].Version));
        Assert.Equal("not_found", Must.Refuse(await mia.Client.ReportAuditAsync(ChatUp.Staff)).Code);
        await Eventually.HoldsAsync(
            () => mia.Told().OfType<Ephemeral.Reported>().Any(one => one.Outcome is Outcome.Acted),
            "mia is told"
        );
        Assert.All(mia.Told().OfType<Ephemeral.Reported>(), one => Assert.Equal("-", one.Conversation.Value));

        await tomas.DoAsync(two, new Command.RedactMessage(2, null));
        Assert.Equal("gone", Must.Refuse(await SeenAsync(lead)).Code);

        Task<LanguageExt.Either<Refusal, Found>> SeenAsync(Guest guest) =>
            guest.Client.ReportedAsync(ChatUp.Staff, report);
    }

    [Fact]
    public void Where_there_is_no_staff_nobody_is_told()
    {
        var file = new Reporting.File(null, new Subject.Person(PersonId.Of("mia")), Cause.Spam, null);
        var ask = new Ask.ChangeDesk(ClientId.Of("r-1"), file);
        var to = new Address(PersonId.Of("tomas"), DeviceId.Of("phone"), "report", "mia", "person");
        Assert.Null(Addressed.Of(TenantId.Main, to, ask, null));
        Assert.Equal(StreamKind.Desk, Addressed.Of(TenantId.Main, to, ask, ChatUp.Staff)!.Stream.Kind);
    }

    private static async Task<ReportsPage> ReportsAsync(Guest guest, ConversationId place, bool areSettled = false) =>
        Must.Accept(await guest.Client.ReportsAsync(place, areSettled));

    private static async Task<string> RefusedAsync(Guest guest, Reporting command) =>
        Must.Refuse(await guest.Client.ReportAsync(command)).Code;
}
