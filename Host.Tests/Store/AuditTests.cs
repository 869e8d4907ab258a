using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Host.Store;
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
        var events = Traces.Random("one", seed, 300);
        for (var at = 0; at < events.Count; at += 40)
        {
            await scene.CommitAsync(Of("one", at, Prelude.toSeq(events.Skip(at).Take(40)).Strict()));
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

    private static Event Kicked(Domain.Values.PersonId person) => new Event.Kicked(By(Ann), person, null);

    private static async Task<List<(long Version, Domain.Values.Listing<string> Because)>> AllAsync(Scene scene)
    {
        var all = new List<(long, Domain.Values.Listing<string>)>();
        for (long? before = null; ; before = all[^1].Item1)
        {
            var page = await AuditRows.PageAsync(scene.Database, Key("one"), before, 7);
            all.AddRange(page.Select(entry => (entry.Version, entry.Because)));
            if (page.Count < 7)
                return all;
        }
    }
}
