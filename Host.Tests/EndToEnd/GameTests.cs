using System.Security.Cryptography;
using Chat.Client;
using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Values;
using Xunit;
using static Chat.Host.Tests.EndToEnd.Residents;
using Leaving = Chat.Domain.Rooms.Command.Leave;
using Trivia = Chat.Domain.Games.Trivia;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>A game in a room, from outside: sealed, played to its end, and proved by its log.</summary>
[Collection(ChatUp.Collection)]
public sealed class GameTests(ChatUp chat)
{
    [Fact]
    public async Task Three_play_trivia_to_its_end_and_the_log_proves_the_deal()
    {
        await using var mia = await chat.Door.GuestAsync("mia");
        await using var noor = await chat.Door.GuestAsync("noor");
        await using var yuki = await chat.Door.GuestAsync("yuki");
        await BefriendAsync(mia, noor, yuki);
        var room = await mia.LightAsync("Kitchen");
        await noor.EnterAsync(room);
        await yuki.EnterAsync(room);
        Assert.Equal("game.none", Must.Refuse(await mia.Client.PlayAsync(room, new Command.Begin())).Because.Last());
        await PlayAsync(mia, room, new Command.Offer("trivia", "kitchen-science", 2));
        Guest[] players = [mia, noor, yuki];
        var drawn = players.ToDictionary(player => player.Person, _ => Bits256.Of(RandomNumberGenerator.GetBytes(32)));
        var place = StreamKey.Of(TenantId.Main, room).ToString();
        foreach (var player in players)
            await PlayAsync(player, room, new Command.Sit(Sealing.Seal(place, 1, player.Person, drawn[player.Person])));
        await PlayAsync(noor, room, new Command.Begin());
        foreach (var player in players)
            await PlayAsync(player, room, new Command.Unseal(drawn[player.Person]));
        var kept = await TableAsync(mia, room);
        // One leaves in the middle, and the others play on.
        await AnswerAsync(players, room, 1);
        await yuki.DoAsync(room, new Leaving());
        await AnswerAsync([mia, noor], room, 2);
        await Eventually.HoldsAsync(
            async () => (await TableAsync(mia, room)).Phase is Phase.Over,
            "the game has ended",
            40
        );

        var (log, verdict) = Must.Accept(await noor.Client.GameLogAsync(room));
        Assert.Equal(new Verdict.Sound((await TableAsync(mia, room)).Ended!.Scores), verdict);
        // Whoever has the log and the deck judges alone, by a link of its own besides.
        var table = Domain.Rooms.Playing.Table;
        Assert.IsType<Verdict.Sound>(table.Verify(log, new Seen(kept.Index, kept.Link)));
        Assert.IsType<Verdict.Broken>(table.Verify(log, new Seen(kept.Index, Bits256.Of(new byte[32]))));
        Assert.Contains(log, one => one.Entry.What is Event.GotUp gotUp && gotUp.Who == yuki.Person);
        await PlayAsync(mia, room, new Command.Again());
        Assert.Equal(2, (await TableAsync(noor, room)).Number);
    }

    private static async Task AnswerAsync(Guest[] players, RoomId room, int number)
    {
        Trivia.View? open = null;
        await Eventually.HoldsAsync(
            async () =>
                (open = (await TableAsync(players[0], room)).Play as Trivia.View) is { Stage: Trivia.Stage.Open } view
                && view.Number == number,
            $"question {number} is asked",
            40
        );
        Assert.Null(open!.Right);
        foreach (var (index, player) in players.Index())
        {
            await PlayAsync(player, room, new Command.Make(new Trivia.Move.Answer(index)));
            // Nobody is told what another answered before it is closed.
            if (index + 1 < players.Length)
                Assert.Null(((Trivia.View)(await TableAsync(players[^1], room)).Play!).Mine);
        }
    }

    private static async Task PlayAsync(Guest guest, RoomId room, Command what) =>
        Must.Accept(await guest.Client.PlayAsync(room, what));

    private static async Task<TableView> TableAsync(Guest guest, RoomId room) =>
        (await guest.InsideAsync(room)).Table ?? throw new InvalidOperationException("nothing was offered");
}
