using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Host.Shadow;
using Chat.Host.Store;
using Chat.Host.Tests.EndToEnd;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static LanguageExt.Prelude;
using Pair = Chat.Domain.Pairs.Command;
using Reporting = Chat.Domain.Desks.Command;

namespace Chat.Host.Tests.Shadow;

/// <summary>What a host writes down is decided the same again, and what a rule changes is found.</summary>
[Collection(Servers.Collection)]
public sealed class ShadowTests(Servers servers) : IDisposable
{
    private readonly string folder = Servers.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Xunit.Fact]
    public async Task What_was_recorded_is_decided_the_same_and_what_a_rule_changes_is_listed()
    {
        var database = await servers.NewDatabaseAsync();
        var file = Path.Combine(folder, "recording");
        await using (await StartAsync(database, file))
            await LiveAsync();
        // Started again, it goes on in the same file.
        await using (await StartAsync(database, file))
            await LiveAsync();

        using var recording = Recording.Open(file);
        Assert.Equal((0L, (0, 0L), false), (recording.Lost, recording.Damage, recording.IsTorn));
        await using var pasts = await PastReads.OpenAsync(database, default);
        var same = await JudgeAsync(recording, pasts, StreamReads.Fresh);
        Assert.Equal([], same.Differing.Select(ShadowView.LineOf));
        Assert.InRange(same.Sum.All, 300, 100_000);
        Assert.Equal(recording.Requests, same.Sum.All);
        // A message that was reported as soon as it was said: whether that was seen is not known any more.
        Assert.Equal(same.Sum.Unknown, same.ByVerb["report file"].Unknown);
        IsOfAllKinds(recording);

        var changed = await JudgeAsync(recording, pasts, Refusing(command => command is Command.Pin));
        var pins = All(recording).Where(one => one.Written.Verb == "pin" && !one.Verdict.IsTwin).ToList();
        Assert.NotEmpty(pins);
        Assert.Equal(
            pins.Select(one => one.Origin.EventId).Order(),
            changed.Differing.Select(one => one.Request.Origin.EventId).Order()
        );
        Assert.All(
            changed.Differing,
            one => Assert.EndsWith("now refused forbidden (changed)", ShadowView.LineOf(one))
        );
        Assert.Equal(changed.Differing.Count, changed.ByVerb["pin"].Differ);
    }

    [Xunit.Fact]
    public async Task Another_event_another_fold_and_a_rule_that_fails_are_found_too()
    {
        var database = await servers.NewDatabaseAsync();
        var file = Path.Combine(folder, "recording");
        await using (await StartAsync(database, file))
            await LiveAsync();
        using var recording = Recording.Open(file);
        await using var pasts = await PastReads.OpenAsync(database, default);

        var another = await JudgeAsync(recording, pasts, Playing(Conversation.Decider with { Decide = Quieter }));
        Assert.NotEmpty(another.Differing);
        Assert.All(
            another.Differing,
            one => Assert.Contains("now accepted with another conversation.topic_set.v1 as", ShadowView.LineOf(one))
        );

        var folded = Conversation.Decider with
        {
            Evolve = (state, happened) =>
                happened is Event.Renamed
                    ? state with
                    {
                        Version = state.Version + 1,
                    }
                    : Conversation.Decider.Evolve(state, happened),
        };
        var others = await JudgeAsync(recording, pasts, Playing(folded));
        Assert.NotEmpty(others.Differing);

        var failing = await JudgeAsync(recording, pasts, Playing(Conversation.Decider with { Decide = Failing }));
        Assert.Contains(
            failing.Differing,
            one => ShadowView.LineOf(one).EndsWith("fails with FormatException: planted")
        );
    }

    [Xunit.Fact]
    public async Task A_database_that_lacks_what_was_recorded_is_said_and_not_guessed()
    {
        var file = Path.Combine(folder, "recording");
        await using (await StartAsync(await servers.NewDatabaseAsync(), file))
            await LiveAsync();
        var empty = await servers.NewDatabaseAsync();
        await using (await StartAsync(empty, null)) { }
        using var recording = Recording.Open(file);
        await using var pasts = await PastReads.OpenAsync(empty, default);
        var report = await JudgeAsync(recording, pasts, StreamReads.Fresh);
        Assert.Contains("the database ends before what it was decided on", report.Unknown.Keys);
        Assert.Contains("the database holds something else in its place", report.Unknown.Keys);
        Assert.InRange(report.Unknown.Values.Sum(), 100, recording.Requests);
    }

    private Task<ChatHost> StartAsync(string database, string? record) =>
        ChatHost.StartAsync(
            new ChatHostOptions
            {
                NatsUrl = servers.NatsUrl,
                ConnectionString = database,
                Secrets = servers.Secrets,
                IsSole = true,
                Rates = Domain.Limiting.RateLimits.Default.Times(1_000),
                Staff = ChatUp.Staff,
                Record = record,
            },
            NullLoggerFactory.Instance
        );

    // Some hundred requests of every kind: accepted, already so, refused, sent again, and under an id that was used.
    private async Task LiveAsync()
    {
        using var door = new Door(servers.NatsUrl, servers.Secrets);
        await using var away = await door.GuestAsync("away");
        await using var town = await Town.BuildAsync(door, away, seed: 7);
        await town.GoOnAsync(200);
        await using var mia = await door.GuestAsync("mia");
        await using var tomas = await door.GuestAsync("tomas");
        await mia.Client.ChangeSelfAsync(new Domain.People.Command.SetPrivacy(null, Domain.People.Openness.Friends));
        await mia.Client.ChangeFriendAsync(new Pair.Request(tomas.Person));
        await tomas.Client.ChangeFriendAsync(new Pair.Accept(mia.Person));
        var kitchen = await mia.LightAsync("Kitchen");
        await tomas.EnterAsync(await tomas.LightAsync("Study", isLocked: true));
        await tomas.EnterAsync(kitchen);
        await tomas.DoAsync(kitchen, new Domain.Rooms.Command.Say(Residents.RoomText("hello")));
        await mia.PlaceAsync(new Domain.Places.Command.SetPrivate(true));
        await mia.CallAsync(tomas, new Domain.Calls.Command.Ring(tomas.Person, true));
        await tomas.CallAsync(mia, new Domain.Calls.Command.Decline(1));
        var group = await mia.CreateAsync(ConversationKind.Group, "tea", tomas.Person);
        var id = ChatClient.NewId();
        await mia.DoAsync(group, new Command.SetTopic(Texts.Topic("tea")), id);
        await mia.DoAsync(group, new Command.SetTopic(Texts.Topic("tea")), id);
        await mia.RefusedAsync(group, new Command.SetTopic(Texts.Topic("coffee")), id);
        await mia.DoAsync(group, new Command.SetTopic(Texts.Topic("tea")));
        await tomas.SayAsync(group, "buy my tea");
        await mia.DoAsync(group, new Command.Pin(1));
        await mia.Client.ReportAsync(
            new Reporting.File(group, new Domain.Desks.Subject.Message(group, 1), Domain.Desks.Cause.Spam, null)
        );
        await mia.DoAsync(group, new Command.Ban(tomas.Person, null, null, PurgeMs: 60_000));
        await mia.Client.ChangeFriendAsync(new Pair.Block(tomas.Person));
        await tomas.RefusedAsync(null, new Command.Create(ConversationKind.Direct, [mia.Person], null));
        await using var lead = await door.GuestAsync(ChatUp.Lead, Door.Device);
        await lead.DoAsync(null, new Command.Create(ConversationKind.Group, [], null), ChatUp.StaffRequest);
        await lead.Client.SuspendAsync(away.Person, 1);
        await mia.Client.SuspendAsync(tomas.Person);
    }

    private static void IsOfAllKinds(Recording recording)
    {
        var all = All(recording).ToList();
        Assert.Contains(all, one => one.Verdict is { IsTwin: true, Code: null });
        Assert.Contains(all, one => one.Verdict is { IsTwin: true, Code: "conflict" });
        Assert.Contains(all, one => one.Verdict is { IsTwin: false, Events: 0, Code: null });
        Assert.Contains(all, one => one.Verdict is { Events: > 1 });
        Assert.True(all.Count(one => one.Verdict.Code is not null) > 50);
        Assert.Contains(all, one => one.Basis.Seen.Count > 0);
        // Whom a call is with is not in what is asked of the line.
        foreach (var kind in Enum.GetValues<StreamKind>().Except([StreamKind.Line]))
            Assert.Contains(all, one => one.Origin.Stream.Kind == kind);
    }

    private static IEnumerable<Entry.Request> All(Recording recording) => recording.Streams.SelectMany(recording.Of);

    private static Task<Report> JudgeAsync(Recording recording, IPasts pasts, Func<StreamKey, AnyStream> fresh) =>
        Shadowing.RunAsync(recording, pasts, fresh, _ => { }, default);

    private static Func<StreamKey, AnyStream> Refusing(Func<Command, bool> what) =>
        Playing(
            Conversation.Decider with
            {
                Decide = (context, command, state, facts) =>
                    what(command)
                        ? Left<Refusal, Decision>(new Refusal.Forbidden(["changed"]))
                        : Conversation.Decider.Decide(context, command, state, facts),
            }
        );

    private static Func<StreamKey, AnyStream> Playing(Decider<State, Command, Event> decider) =>
        stream =>
            stream.Kind is StreamKind.Conversation
                ? new Stream<State, Command, Event>(decider, decider.Initial, 0, new Instant(0))
                : StreamReads.Fresh(stream);

    private static Either<Refusal, Decision> Quieter(Context context, Command command, State state, Facts facts) =>
        Conversation
            .Decider.Decide(context, command, state, facts)
            .Map(made =>
                command is Command.SetTopic && !made.Events.IsEmpty
                    ? made with
                    {
                        Events = Seq1<AnyEvent>(new Event.TopicSet(context.Stamp, Texts.Topic("quiet"))),
                    }
                    : made
            );

    private static Either<Refusal, Decision> Failing(Context context, Command command, State state, Facts facts) =>
        command is Command.Leave
            ? throw new FormatException("planted")
            : Conversation.Decider.Decide(context, command, state, facts);
}
