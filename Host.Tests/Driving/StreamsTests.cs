using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Tests.EndToEnd;
using Chat.Host.Tests.Store;
using LanguageExt;
using static Chat.Host.Tests.Store.Scene;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Driving;

/// <summary>Streams that want to be asked, and streams that change one another, over a real PostgreSQL.</summary>
[Xunit.Collection(StoreCollection.Name)]
public sealed class StreamsTests(StoreFixture fixture)
{
    private static readonly Command.Create Create = new(ConversationKind.Group, [Ann], null);

    // It wants to be given a topic once the time has come; whoever asks for that.
    private static Decider<State, Command, Event> Wanting(Instant at) =>
        Conversation.Decider with
        {
            Due = state =>
                state.Topic is null ? Some((at, (AnyCommand)new Command.SetTopic(Texts.Topic("due")))) : None,
            Decide = (context, command, state, facts) =>
                command is Command.SetTopic topic
                    ? Decision.Accept(new Event.TopicSet(context.Stamp, topic.Topic))
                    : Rules.Decide(context, command, state, facts),
        };

    [Xunit.Fact]
    public async Task What_falls_due_happens_also_where_nobody_has_loaded_the_stream()
    {
        await using var scene = await OpenAsync(fixture);
        var at = new Instant(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1_500);
        await using (var first = new Stage(scene.Database, Wanting(at), new Silence()))
            Xunit.Assert.IsType<Reply.Accepted>(await first.AskAsync(Stage.Of(0), Ann, Create));
        Xunit.Assert.Equal([$"{Stage.Of(0)} 1 {at.Milliseconds}"], await NotesAsync(scene));

        await using var second = new Stage(scene.Database, Wanting(at), new Silence());
        await Eventually.HoldsAsync(
            async () => (await scene.RowsAsync("select version from chat.mt_streams")) is ["2"],
            "the stream was asked"
        );
        Xunit.Assert.Equal(
            ["conversation.topic_set.v1"],
            await scene.RowsAsync("select type from chat.mt_events where version = 2")
        );
        await Eventually.HoldsAsync(async () => (await NotesAsync(scene)).Length == 0, "the note is gone");
    }

    [Xunit.Fact]
    public async Task Past_its_lease_a_lane_answers_nothing_from_what_it_holds()
    {
        await using var scene = await OpenAsync(fixture);
        await using var stage = new Stage(scene.Database, Conversation.Decider, new Silence());
        var join = new Command.Join(null);
        await stage.AskAsync(Stage.Of(0), Ann, Create);
        // So already, by what the lane holds.
        Xunit.Assert.IsType<Reply.Accepted>(await stage.AskAsync(Stage.Of(0), Ann, join));

        // As after a pause: nobody has told the lane.
        stage.IsHeld = false;
        var late = Xunit.Assert.IsType<Reply.Refused>(await stage.AskAsync(Stage.Of(0), Ann, join));
        Xunit.Assert.IsType<Refusal.Moved>(late.Refusal);
    }

    // A rename is told to another conversation, in the same transaction.
    private static Decider<State, Command, Event> Telling(StreamKey other, long version) =>
        Conversation.Decider with
        {
            Decide = (context, command, state, facts) =>
                command is Command.Rename rename
                    ? Right<Refusal, Decision>(
                        new Decision(
                            Seq1<AnyEvent>(new Event.Renamed(context.Stamp, rename.Name)),
                            Seq1((other, (AnyEvent)new Event.Renamed(context.Stamp, rename.Name))),
                            Seq1(new Guard(other, version))
                        )
                    )
                    : Rules.Decide(context, command, state, facts),
        };

    [Xunit.Fact]
    public async Task Whoever_changes_another_stream_is_answered_when_its_owner_knows()
    {
        await using var scene = await OpenAsync(fixture);
        var (one, other, silence) = (Stage.Of(0), Stage.Of(1), new Silence());
        await using var stage = new Stage(scene.Database, Telling(other, 2), silence);
        await stage.AskAsync(one, Ann, Create);
        await stage.AskAsync(other, Ann, Create);
        silence.Held = other;
        silence.Gate.Reset();
        var send = new Command.SendMessage(Texts.Body("hi"), null, []);
        Xunit.Assert.IsType<Reply.Accepted>(await stage.AskAsync(other, Ann, send));
        // The other lane stands still now.
        var renaming = stage.AskAsync(one, Ann, new Command.Rename(Texts.Name("both")));
        await Eventually.HoldsAsync(
            async () => (await scene.RowsAsync($"select version from chat.mt_streams where id = '{other}'")) is ["3"],
            "the change is committed"
        );
        var first = await Task.WhenAny(renaming, Task.Delay(300));
        silence.Gate.Set();
        Xunit.Assert.NotSame(renaming, first);
        Xunit.Assert.IsType<Reply.Accepted>(await renaming);
        // What the owner decides next, it decides on that.
        var next = Xunit.Assert.IsType<Reply.Accepted>(await stage.AskAsync(other, Ann, send));
        Xunit.Assert.Equal(4, next.Receipt.Version);
    }

    private static Task<string[]> NotesAsync(Scene scene) =>
        scene.RowsAsync("select stream_id, version, at from chat.chat_due");
}
