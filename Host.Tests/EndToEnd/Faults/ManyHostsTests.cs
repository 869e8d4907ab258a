using System.Diagnostics;
using Chat.Client;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using LanguageExt;
using Npgsql;
using Xunit;
using Xunit.Abstractions;
using Bonding = Chat.Domain.Pairs.Command;

namespace Chat.Host.Tests.EndToEnd.Faults;

/// <summary>Several hosts, each a process of its own, on one nats-server and one database.</summary>
[Collection(KillableChat.Collection)]
public sealed class ManyHostsTests(KillableChat chat, ITestOutputHelper output)
{
    private const int Term = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    [Fact]
    public async Task They_share_what_there_is_and_one_that_comes_goes_or_dies_costs_nobody_anything()
    {
        await using var talkers = await Talkers.GatherAsync(chat.Door, 6, 12);
        talkers.Talk();
        await talkers.MoreAsync(50, 30);

        await using var second = await JoinAsync("host-2");
        await ShareAsync("host-1", "host-2");
        await talkers.MoreAsync(200, 30);
        await using var third = await JoinAsync("host-3");
        await ShareAsync("host-1", "host-2", "host-3");
        await talkers.MoreAsync(200, 30);
        await talkers.IsToldAsync();

        // Stood still until its lease had run out, it wakes, and has nothing any more.
        second.Send(Stop);
        await ShareAsync("host-1", "host-3");
        await talkers.MoreAsync(200, 30);
        second.Send(Continue);
        await ShareAsync("host-1", "host-2", "host-3");
        await talkers.MoreAsync(200, 30);

        third.Send(Term);
        Assert.Equal(0, await third.EndsAsync());
        await ShareAsync("host-1", "host-2");
        await talkers.MoreAsync(200, 30);

        await second.KillAsync();
        var since = Stopwatch.GetTimestamp();
        await ShareAsync("host-1");
        output.WriteLine($"taken over {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s after the kill");
        await talkers.MoreAsync(200, 30);
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        output.WriteLine($"{talkers.Acknowledged} acknowledged");
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task What_a_host_owns_that_is_cut_off_without_a_word_is_taken_over_and_it_comes_back()
    {
        await using var cable = new Cable(chat.Servers.NatsUrl);
        await using var talkers = await Talkers.GatherAsync(chat.Door, 6, 12);
        talkers.Talk();
        var arguments = chat.Arguments.Select(one => one == chat.Servers.NatsUrl ? cable.Url : one);
        await using var second = await ChatProcess.UpAsync([.. arguments, "--name", "host-2", "--no-demo"]);
        await ShareAsync("host-1", "host-2");
        await talkers.MoreAsync(200, 30);

        var since = Stopwatch.GetTimestamp();
        cable.Cut();
        // Seven seconds of silence come before the lease runs out.
        await ShareWithinAsync(30, "host-1");
        output.WriteLine($"taken over {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s after the cut");
        await talkers.MoreAsync(200, 60);
        await talkers.IsToldAsync(30);
        output.WriteLine($"as before {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s after the cut");
        cable.Mend();
        await ShareAsync("host-1", "host-2");
        await talkers.MoreAsync(200, 30);
        await talkers.FallSilentAsync();
        await talkers.IsToldAsync();
        await talkers.AreAllThereAsync();
    }

    [Fact]
    public async Task What_one_host_takes_from_somebody_no_other_gives_them_any_more()
    {
        await using var second = await JoinAsync("host-2");
        await ShareAsync("host-1", "host-2");
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var tomas = await chat.Door.GuestAsync("tomas");
        for (var n = 0; n < 8; n++)
        {
            // Either host owns the two, either the place.
            await using var eve = await chat.Door.GuestAsync("eve");
            var place = await mia.CreateAsync(ConversationKind.Group, $"place {n}", eve.Person, tomas.Person);
            Must.Accept(await mia.Client.ChangeFriendAsync(new Bonding.Block(eve.Person)));
            var said = await eve.SayAsync(place, "not for mia");
            Assert.IsType<Seen.Shown>(await tomas.HearsAsync(place, said.Version));
            Assert.IsType<Seen.Hidden>(await mia.HearsAsync(place, said.Version));

            // Either host owns eve, either lets her in.
            var token = chat.Door.TokenOf(eve.Person, "stolen");
            await using var stolen = await RawClient.ConnectAsync(chat.Door.Url, token);
            Must.Accept(
                await eve.Client.ChangeSelfAsync(new Domain.People.Command.RevokeDevice(DeviceId.Of("stolen")))
            );
            Assert.True(await stolen.IsClosedAsync());
            for (var tries = 0; tries < 6; tries++)
                await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));
        }
    }

    [Fact]
    public async Task A_host_that_stood_still_knows_whom_others_closed_out_meanwhile()
    {
        await using var second = await JoinAsync("host-2");
        await ShareAsync("host-1", "host-2");
        await using var eve = await chat.Door.GuestAsync("eve");
        var token = chat.Door.TokenOf(eve.Person, "stolen");
        await using (await RawClient.ConnectAsync(chat.Door.Url, token)) { }

        second.Send(Stop);
        await ShareAsync("host-1");
        Must.Accept(await eve.Client.ChangeSelfAsync(new Domain.People.Command.RevokeDevice(DeviceId.Of("stolen"))));
        second.Send(Continue);
        // Either host is asked, now and when it has come back.
        for (var tries = 0; tries < 6; tries++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));
        await ShareAsync("host-1", "host-2");
        for (var tries = 0; tries < 6; tries++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => RawClient.ConnectAsync(chat.Door.Url, token));
        await using var welcome = await RawClient.ConnectAsync(chat.Door.Url, chat.Door.TokenOf(eve.Person, "other"));
    }

    // Asked once each: whichever host is sent it, the owner answers, and nobody is told to ask again.
    [Fact]
    public async Task What_is_imported_is_handed_to_its_owner()
    {
        await using var second = await JoinAsync("host-2");
        await ShareAsync("host-1", "host-2");
        await using var connection = await chat.Door.AppAsync();
        var door = new Chat.Host.Import.ImportDoor(connection, DeviceId.Of("import"));
        var (ann, then) = (Door.NewPerson("ann"), new Instant(1_200_000_000_000));
        // A host learns of others' buckets at its next look: until then it may send somebody away.
        var (tries, inRow) = (0, 0);
        for (; inRow < 20 && tries < 2_000; tries++)
            inRow = (await MakeAsync($"before-{tries}")).IsRight ? inRow + 1 : 0;
        for (var n = 0; n < 40; n++)
        {
            var made = Must.Accept(await MakeAsync($"made-{n}"));
            var send = new Command.SendMessage(Texts.Body("long ago"), null, []);
            var id = ClientId.Of($"said-{n}");
            var said = Must.Accept(
                await door.ChangeAsync(ann, made.Stream.Conversation, send, id, then, CancellationToken.None)
            );
            Assert.Equal(made.Version + 1, said.Version);
        }

        Task<Either<Refusal, Receipt>> MakeAsync(string id) =>
            door.ChangeAsync(
                ann,
                null,
                new Command.Create(ConversationKind.Channel, [], Texts.Name(id)),
                ClientId.Of(id),
                then,
                CancellationToken.None
            );
    }

    /// <summary>All hosts together want no more connections than PostgreSQL gives.</summary>
    [Fact]
    public async Task A_crowd_that_comes_in_at_once_is_answered()
    {
        await using var second = await JoinAsync("host-2");
        await using var third = await JoinAsync("host-3");
        await ShareAsync("host-1", "host-2", "host-3");
        var people = Enumerable.Range(0, 150).Select(_ => RawRequests.OpenAsync(chat.Door, Door.NewPerson("guest")));
        var crowd = await Task.WhenAll(people);
        var here = HouseRequests.Here(isSneaking: false, isAway: false);
        var asked = crowd.SelectMany(one => new[] { AskAsync(one, "here", here), LookAsync(one), LookAsync(one) });
        var answers = await Task.WhenAll(asked);
        Assert.Equal([new("ok", 450)], answers.CountBy(answer => RawRequests.CodeOf(answer) ?? "ok"));
        foreach (var one in crowd)
            await one.DisposeAsync();

        static Task<RawAnswer> LookAsync(RawRequests one) => AskAsync(one, "get", []);

        static Task<RawAnswer> AskAsync(RawRequests one, string verb, byte[] body) =>
            one.AskAsync(one.Subject("house", Protocol.Subjects.Nothing, verb), body, seconds: 60);
    }

    private Task<ChatProcess> JoinAsync(string name) =>
        ChatProcess.UpAsync([.. chat.Arguments, "--name", name, "--no-demo"]);

    // All is theirs, and each has as much as any other.
    private Task ShareAsync(params string[] hosts) => ShareWithinAsync(20, hosts);

    private async Task ShareWithinAsync(double seconds, params string[] hosts)
    {
        await using var database = NpgsqlDataSource.Create(chat.Servers.ConnectionString);
        var now = new Dictionary<string, long>();
        await Eventually.HoldsAsync(
            () =>
            {
                now.Clear();
                using var command = database.CreateCommand(
                    "select host, count(*) from chat.chat_buckets group by host"
                );
                using var reader = command.ExecuteReader();
                while (reader.Read())
                    now.Add(reader.GetString(0), reader.GetInt64(1));
                return now.Keys.Order().SequenceEqual(hosts)
                    && now.Values.Sum() == Protocol.Routing.Buckets
                    && now.Values.Max() - now.Values.Min() <= 1;
            },
            $"{string.Join(", ", hosts)} share the buckets",
            seconds
        );
    }
}
