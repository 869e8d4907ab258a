using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Store;

/// <summary>
/// What is written beside the events, in their transaction: notes, members, mentions, and what is taken away.
/// </summary>
[Collection(StoreCollection.Name)]
public sealed class DerivedRowsTests(StoreFixture fixture)
{
    private const string Bodies =
        "select version, data from chat.mt_events where stream_id = 'main.c.one' order by version";
    private const string Notes =
        "select version, seq, type, by, target_seq, target_by from chat.chat_notes order by version";
    private const string Members = "select person, state, access, joined_seq from chat.chat_members order by person";
    private const string Mentions = "select person, seq from chat.chat_mentions order by person, seq";
    private static readonly MessageRef First = new(1, 2);

    [Fact]
    public async Task WhatIsTakenBackIsGoneFromTheMessageAndFromItsEdits()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "secret"), Sent(Ann, 2, "stays")));
        await scene.CommitAsync(Add("one", 3, new Event.MessageEdited(By(Ann), First, Said("secret too"), [])));
        await scene.CommitAsync(Add("one", 4, new Event.MessageEdited(By(Ann), new(2, 3), Said("stays too"), [])));
        Assert.Equal(
            ["1 {}", """2 {"body": "secret"}""", """3 {"body": "stays"}""", """4 {"body": "secret too"}"""],
            (await scene.RowsAsync(Bodies))[..4]
        );
        await scene.CommitAsync(Add("one", 5, new Event.MessageRedacted(By(Bob), First, Ann, null)));
        Assert.Equal(
            ["1 {}", "2 {}", """3 {"body": "stays"}""", "4 {}", """5 {"body": "stays too"}""", "6 {}"],
            await scene.RowsAsync(Bodies)
        );
    }

    [Fact]
    public async Task WhatIsTakenBackInItsOwnBatchNeverReachesARow()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.RunAsync(
            """
            create table seen (data jsonb);
            create function see() returns trigger language plpgsql as
                $$ begin insert into seen values (new.data); return new; end $$;
            create trigger see before insert or update on chat.mt_events for each row execute function see();
            """
        );
        var taken = new Event.MessageRedacted(By(Ann), First, Ann, null);
        var edited = new Event.MessageEdited(By(Ann), First, Said("secret"), []);
        await scene.CommitAsync(Add("one", 0, Made(Ann), Sent(Ann, 1, "secret"), edited, taken, Sent(Ann, 2, "open")));
        Assert.Equal(["""{"body": "open"}"""], await scene.RowsAsync("select data from seen where data <> '{}'"));
        Assert.Equal(["5"], await scene.RowsAsync("select count(*) from seen"));
    }

    [Fact]
    public async Task EveryEventThatIsNoMessageIsANote()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "x"), Sent(Bob, 2, "y")));
        var reacted = new Event.Reacted(By(Bob), First, Face("+"));
        await scene.CommitAsync(Add("one", 3, Sent(Ann, 3, "z"), reacted, Sent(Ann, 4, "z")));
        await scene.CommitAsync(
            Add("one", 6, new Event.MessageRedacted(By(Bob), First, Ann, null), new Event.Left(By(Bob)))
        );
        Assert.Equal(
            ["1 0 1 ann - -", "5 3 11 bob 1 -", "7 4 10 bob 1 ann", "8 4 7 bob - -"],
            await scene.RowsAsync(Notes)
        );
        Assert.Equal(
            ["1 2", "2 3", "3 4", "4 6"],
            await scene.RowsAsync("select s, chat.chat_version_of('main.c.one', s) from generate_series(1, 4) s")
        );
        Assert.Equal(
            ["0 0", "1 0", "2 1", "3 2", "4 3", "5 3", "6 4", "7 4", "8 4"],
            await scene.RowsAsync("select v, chat.chat_seq_at('main.c.one', v) from generate_series(0, 8) v")
        );
    }

    [Fact]
    public async Task MembersComeAndGoWithTheirStretches()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "x")));
        Assert.Equal(
            [$"ann member 1,{long.MaxValue} 0", $"bob member 1,{long.MaxValue} 0"],
            await scene.RowsAsync(Members)
        );
        await scene.CommitAsync(Add("one", 2, new Event.Left(By(Bob)), new Event.Invited(By(Ann), [Bob, Cid, Ann])));
        Assert.Equal(
            [$"ann member 1,{long.MaxValue} 0", "bob invited 1,3 0", "cid invited  1"],
            await scene.RowsAsync(Members)
        );
        var back = new Event.Joined(By(Bob), [new Interval(1, 3), Interval.OpenFrom(6)]);
        await scene.CommitAsync(Add("one", 4, Sent(Ann, 2, "y"), back));
        Assert.Equal($"bob member 1,3,6,{long.MaxValue} 2", (await scene.RowsAsync(Members))[1]);
        // Leaving before a stretch began takes that stretch away; all of it in one batch comes to the same.
        await scene.CommitAsync(Add("one", 6, new Event.Left(By(Bob)), back, new Event.Left(By(Bob))));
        Assert.Equal("bob former 1,3,6,9", string.Join(' ', (await scene.RowsAsync(Members))[1].Split(' ')[..3]));
        await scene.RunAsync("update chat.chat_members set access = '{1,3,6,9,20,30}' where person = 'bob'");
        await scene.CommitAsync(Add("one", 9, new Event.Left(By(Bob))));
        Assert.StartsWith("bob former 1,3,6,9 ", (await scene.RowsAsync(Members))[1]);
    }

    [Fact]
    public async Task MentionsAreThoseOfTheMessageAsItIs()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(
            Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "x", Ann, Bob, Cid), Sent(Bob, 2, "y", Ann))
        );
        Assert.Equal(["ann 2", "bob 1", "cid 1"], await scene.RowsAsync(Mentions));
        await scene.CommitAsync(Add("one", 3, new Event.MessageEdited(By(Ann), First, Said("z"), [Cid])));
        Assert.Equal(["ann 2", "cid 1"], await scene.RowsAsync(Mentions));
        var taken = new Event.MessageRedacted(By(Ann), First, Ann, null);
        var edited = new Event.MessageEdited(By(Bob), new(3, 6), Said("w"), [Cid]);
        await scene.CommitAsync(Add("one", 4, taken, Sent(Bob, 3, "v", Ann), edited));
        Assert.Equal(["ann 2", "cid 3"], await scene.RowsAsync(Mentions));
    }

    [Fact]
    public async Task NothingOfItStaysWhenTheTransactionFails()
    {
        await using var scene = await OpenAsync(fixture);
        await scene.CommitAsync(Add("one", 0, Made(Ann, Bob), Sent(Ann, 1, "x", Bob)));
        string[] all =
        [
            Bodies,
            Notes,
            Members,
            Mentions,
            "select * from chat.chat_marks",
            "select * from chat.mt_streams",
        ];
        var before = await Task.WhenAll(all.Select(scene.RowsAsync));
        // The very last statement of the batch fails: a mark that the table does not take.
        await scene.RunAsync("alter table chat.chat_marks add check (read < 100)");
        var addition = Add("one", 2, new Event.MessageRedacted(By(Ann), First, Ann, null), new Event.Left(By(Bob)));
        var outcome = await scene.SendAsync([addition], [new MarkSet(Key("one"), Ann, new Marks(100, 100))]);
        Assert.Equal(new Outcome.Failed(), outcome);
        Assert.Equal(before, await Task.WhenAll(all.Select(scene.RowsAsync)));
    }
}
