using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Host.Store;
using Chat.Host.Tests.EndToEnd;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;

namespace Chat.Host.Tests.Store;

/// <summary>What was done is told page by page, and what was folded for it once is not folded again.</summary>
[Collection(StoreCollection.Name)]
public sealed class AuditTests(StoreFixture fixture)
{
    [Xunit.Theory]
    [InlineData(71)]
    [InlineData(72)]
    public async Task Page_by_page_it_is_what_follows_from_all_events(int seed)
    {
        await using var scene = await OpenAsync(fixture);
        var events = Done(seed, 300);
        for (var at = 0; at < events.Count; at += 40)
        {
            await scene.CommitAsync(Scene.Of("one", at, Prelude.toSeq(events.Skip(at).Take(40)).Strict()));
            var expected = Audit.Of(events.Take(at + 40)).Rev().Map(entry => (entry.Version, entry.Because));
            Assert.Equal(expected, await AllAsync(scene));
        }
        var all = await AllAsync(scene);
        Assert.True(all.Count > 20, $"{all.Count} entries");
        await scene.RunAsync("truncate chat.chat_audit, chat.chat_audit_folds");
        Assert.Equal(all, await AllAsync(scene));
        // As of a host that folds otherwise.
        await scene.RunAsync("update chat.chat_audit_folds set fold_version = 0; truncate chat.chat_audit");
        Assert.Equal(all, await AllAsync(scene));
    }

    [Xunit.Fact]
    public async Task What_was_folded_once_is_not_read_again()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Kicked(Bob)));
        Assert.Equal([2L], (await AllAsync(scene)).Select(one => one.Version));
        await scene.RunAsync("update chat.mt_events set bdata = null, data = 'null' where version = 1");
        await scene.CommitAsync(Add("one", 2, new Event.Invited(By(Ann), [Bob])));
        Assert.Equal([3L, 2], (await AllAsync(scene)).Select(one => one.Version));
    }

    // What is done to a conversation and to its people, as the domain decides it.
    private static List<Recorded> Done(int seed, int commands)
    {
        var random = new Random(seed);
        var (current, events) = (Conversation.New, new List<Recorded>());
        Take(Made(Traces.People), 0);
        for (var i = 1; i < commands; i++)
        {
            var by = Traces.People[random.Next(3)];
            var context = new Context(by, DeviceId.Of("phone"), new Instant(1_700_000_000_000 + i));
            if (current.Decide(context, Command(random), Facts.Empty).Case is Decision decision)
                foreach (var happened in decision.Events)
                    Take(happened, i);
        }
        return events;

        void Take(AnyEvent happened, int i)
        {
            events.Add(One("one", current.Version + 1, $"s{i}", (Event)happened));
            current = current.Evolve(happened);
        }
    }

    private static Command Command(Random random)
    {
        var whom = Traces.People[random.Next(Traces.People.Length)];
        return random.Next(9) switch
        {
            0 => new Command.Kick(whom, null),
            1 => new Command.Ban(whom, null, null),
            2 => new Command.Unban(whom),
            3 => new Command.Timeout(whom, random.Next(2) * 1_000, null),
            4 => new Command.SetTopic(Texts.Topic($"topic {random.Next(9)}")),
            5 => new Command.SetNickname(Texts.Nickname($"n{random.Next(9)}")),
            6 => new Command.ChangeSettings(new SettingsChange(AnnounceOnly: random.Next(2) == 0)),
            7 => new Command.AssignRoles(whom, [], new Grant(Powers.Of(Permission.Kick, Permission.Ban), Powers.None)),
            _ => new Command.Join(),
        };
    }

    private static Event Kicked(PersonId person) => new Event.Kicked(By(Ann), person, null);

    private static async Task<List<(long Version, Listing<string> Because)>> AllAsync(Scene scene)
    {
        var all = new List<(long, Listing<string>)>();
        for (long? before = null; ; before = all[^1].Item1)
        {
            var page = await AuditRows.PageAsync(scene.Database, Key("one"), before, 7);
            all.AddRange(page.Select(entry => (entry.Version, entry.Because)));
            if (page.Count < 7)
                return all;
        }
    }
}
