using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Following;
using Chat.Protocol.Wire;
using Xunit;
using Xunit.Abstractions;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// Whoever was away is told exactly what they missed: what they end with is what one that begins anew has.
/// </summary>
[Collection(ChatUp.Collection)]
public sealed class ResumeTests(ChatUp chat, ITestOutputHelper output)
{
    internal static bool IsLong => Environment.GetEnvironmentVariable("CHAT_LONG") is not null;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("CHAT_SEED"), out var given) ? given : Environment.TickCount;

    [Fact]
    public async Task Resumed_from_any_cursor_one_ends_as_one_that_begins_anew()
    {
        var (seed, times) = (Seed, IsLong ? 100_000 : 200);
        output.WriteLine($"CHAT_SEED={seed}, {times} times");
        var random = new Random(seed);
        await using var away = await chat.Door.GuestAsync("away");
        await using var town = await Town.BuildAsync(chat.Door, away, seed);
        var kept = new List<Following> { await Following.OfNothing(away).OnAsync() };
        var (missed, reset) = (0, 0);
        for (var n = 0; n < times; n++)
        {
            // They go on while the first pages are fetched, so cursors end up in the middle of what is being committed.
            var going = town.GoOnAsync(random.Next(1, 12));
            var from = kept[random.Next(kept.Count)];
            var meanwhile = await from.OnAsync();
            await going;
            var there = await meanwhile.OnAsync();
            var fresh = await Following.OfNothing(away).OnAsync();
            there.IsSameAs(fresh);
            (missed, reset) = (missed + there.Missed, reset + there.Resets);
            kept.Add(random.Next(2) == 0 ? meanwhile : there);
        }
        output.WriteLine($"{missed} conversations joined on, {reset} began anew, {town.Done} things done meanwhile");
        Assert.True(missed > times / 2, "most should join on to what was held");
    }

    [Fact]
    public async Task A_session_cut_off_again_and_again_ends_as_a_fresh_one()
    {
        var (seed, times) = (Seed, IsLong ? 1_000 : 20);
        output.WriteLine($"CHAT_SEED={seed}, {times} times");
        var random = new Random(seed);
        await using var away = await chat.Door.GuestAsync("away");
        await using var town = await Town.BuildAsync(chat.Door, away, seed);
        await using var system = await chat.Door.SystemAsync();
        await using var sessions = new Nats.Sessions(system);
        await sessions.StartAsync();
        await using var client = await chat.Door.ClientAsync(away.Person, "cut");
        await using var session = await ChatSession.StartAsync(client);
        for (var n = 0; n < times; n++)
        {
            var going = town.GoOnAsync(random.Next(5, 25));
            await Task.Delay(random.Next(30));
            Assert.InRange(await sessions.KickAsync(away.Person.Value, "cut"), 1, 100);
            await going;
            var fresh = await Following.OfNothing(away).OnAsync();
            await Eventually.HoldsAsync(() => IsLevel(session, fresh), "the session has all", 15);
            // What is called otherwise, where one is only asked in, one learns when one looks.
            Assert.True(await session.ResumeAsync());
            fresh.IsSameAs(new Following(away, null, session.Views));
        }
        output.WriteLine($"resumed {session.Resumes} times, {session.Gaps} gaps found");
        Assert.Equal(0, session.Held.Drifts);
    }

    [Fact]
    public async Task What_was_asked_is_laid_over_what_is_seen_until_it_is_seen_or_refused()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "ahead");
        await using var client = await chat.Door.ClientAsync(mia.Person, "ahead");
        await using var session = await ChatSession.StartAsync(client);
        var asked = session.AskAsync(group, new Command.SendMessage(Texts.Body("soon"), null, []));
        var expected = session.Expect(group).IfNone(() => throw new InvalidOperationException("nothing is held"));
        Assert.IsType<Prediction.Accepted>(Assert.Single(expected.Each).Prediction);
        Assert.Equal("soon", Assert.IsType<Content.Present>(expected.View.History.Messages[1].Content).Body.Value);

        var receipt = Must.Accept(await asked);
        await Eventually.HoldsAsync(() => session.Find(group).Exists(view => view.Version >= receipt.Version), "seen");
        var (view, each) = session.Expect(group).IfNone(() => throw new InvalidOperationException("nothing is held"));
        Assert.Empty(each);
        Assert.True(session.Find(group).Exists(held => held.Equals(view)));

        // What is not there is expected to be refused, is, and is gone.
        var refused = session.AskAsync(group, new Command.RedactMessage(7, null));
        Assert.All(
            session.Expect(group).Map(one => one.Each).IfNone([]),
            one => Assert.IsType<Prediction.Refused>(one.Prediction)
        );
        Assert.True((await refused).IsLeft);
        Assert.True(session.Expect(group).Exists(one => one.Each.IsEmpty));
    }

    [Fact]
    public async Task A_device_that_holds_something_else_finds_out_says_so_and_begins_anew()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var (page, right) = await ReactedAsync(mia);
        var group = right.Conversation;

        // As one that takes reactions for something else would hold it.
        var wrong = right with
        {
            Newest = Listing.From(right.Newest.Select(one => one with { Reactions = [] })),
        };
        var (asking, _) = new Follower(mia.Person).Step(new Signal.Woken());
        var (drifted, _) = asking.Step(new Signal.Resumed(page with { Conversations = [wrong] }));
        await using var session = await ChatSession.StartAsync(mia.Client, drifted);
        await Eventually.HoldsAsync(() => session.Held is { Drifts: 1, IsLevel: true }, "it has begun anew", 10);
        Assert.Equal(right.Newest, Listing.From(session.Views[group].History.Messages.Values));
        Assert.True(await session.ResumeAsync());
        Assert.Equal(1, session.Held.Drifts);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("MXxhbm90aGVyLTEtMXwxfDF8")]
    public async Task A_cursor_that_says_nothing_begins_anew_and_says_so(string cursor)
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var group = await mia.CreateAsync(ConversationKind.Group, "anew");
        var page = Must.Accept(await mia.Client.ResumeAsync(cursor));
        Assert.True(page.IsReset);
        Assert.Equal(group, Assert.IsType<Resumption.Reset>(Assert.Single(page.Conversations)).Conversation);
    }

    [Fact]
    public async Task The_deepest_of_answers_can_be_read()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        var last = (await ReactedAsync(mia)).Only.Details.Entry.Last!;
        Assert.Equal([new ReactionsOf(Texts.Emoji("👀"), [mia.Person])], last.Reactions);
    }

    /// <summary>Somebody new says something and reacts to it: all that they resume then.</summary>
    private static async Task<(ResumePage Page, Resumption.Reset Only)> ReactedAsync(Guest by)
    {
        var group = await by.CreateAsync(ConversationKind.Group, "looking");
        await by.SayAsync(group, "look");
        await by.DoAsync(group, new Command.React(1, Texts.Emoji("👀")));
        var page = Must.Accept(await by.Client.ResumeAsync(null));
        return (page, Assert.IsType<Resumption.Reset>(Assert.Single(page.Conversations)));
    }

    private static bool IsLevel(ChatSession session, Following fresh) =>
        session.Views.Keys.All(fresh.Views.ContainsKey)
        && fresh.Views.Values.All(there =>
            session.Find(there.Conversation).Case is ConversationView held
            && (
                (held.Version, held.Unread.Marks) == (there.Version, there.Unread.Marks)
                || !there.State.Members.ContainsKey(there.Viewer)
            )
        );
}
