using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.People;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Nats;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;
using Bonds = Chat.Domain.Pairs.Event;
using Keeping = Chat.Domain.People.Event;

namespace Chat.Host.Tests.Store;

/// <summary>How far somebody is, told to friends alone, against the end of a friendship.</summary>
[Collection(StoreCollection.Name)]
public sealed class ReceiptsTests(StoreFixture fixture)
{
    /// <summary>
    /// Who their friends are is being read when one of them is removed: that is acknowledged only when what was read
    /// has been told.
    /// </summary>
    [Xunit.Fact]
    public async Task Who_is_no_friend_any_more_is_told_nothing_after_the_acknowledgement()
    {
        await using var scene = await OpenAsync(fixture);
        var veils = new Veils();
        veils.Discretions.Take(new Keeping.PrivacyChanged(By(Ann), Privacy.Open with { Receipts = Openness.Friends }));
        var sessions = new Sessions(null!);
        var publisher = new PeoplePublisher(
            new Fanout(null!, sessions, veils, NullLogger<Fanout>.Instance),
            null!,
            scene.Database,
            sessions,
            new UnderWay(),
            veils,
            null!,
            null!,
            NullLogger<PeoplePublisher>.Instance
        );
        await using var holder = new NpgsqlConnection(scene.Connection);
        await holder.OpenAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table chat.chat_pairs in access exclusive mode", holder))
            await hold.ExecuteNonQueryAsync();

        var group = Conversation.New.Fold([Made(Ann, Bob)]);
        publisher.PublishMarks(group, new MarkSet(Key("one"), Ann, Marks.None));
        var pair = StreamKey.Of(TenantId.Main, Ann, Bob);
        var removed = Scene.One("one", 1, "r", Sent(Ann, 1, "x")) with
        {
            Stream = pair,
            Event = new Bonds.Removed(By(Ann), Bob),
        };
        var withdrawn = publisher.Withdraw(pair, Seq1(removed))!;
        Assert.False(withdrawn.IsCompleted);
        await held.RollbackAsync();
        await withdrawn.WaitAsync(TimeSpan.FromSeconds(4));
    }
}
