using System.Text;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Import;
using Xunit;

namespace Chat.Host.Tests.Import;

/// <summary>What becomes of a log in a conversation, with the domain's own rules.</summary>
public class ScriptTests
{
    private static readonly Script Every = Script.Of(Logs.Synthetic);

    [Fact]
    public void A_synthetic_log_can_be_read_back_as_its_authors_wrote_it() => AssertReadBack(Logs.Synthetic);

    [LogsTheory]
    [MemberData(nameof(LogFilesTests.Names), MemberType = typeof(LogFilesTests))]
    public void Every_file_can_be_read_back_as_its_authors_wrote_it(string file) =>
        AssertReadBack(Irc.Read(file, Logs.Bytes(file)));

    [Fact]
    public void Killed_anywhere_and_started_again_it_ends_with_the_same_conversation()
    {
        var whole = Imported(Every).Events(Every);
        var part = new Kept();
        for (var killed = 0; killed <= Every.Steps.Length; killed++)
        {
            AssertSame(whole, Again(part.Copy(), Every));
            if (killed < Every.Steps.Length)
                part.Submit(Every.Conversation, [Every.Steps[killed]]);
        }
    }

    [LogsTheory]
    [MemberData(nameof(LogFilesTests.Names), MemberType = typeof(LogFilesTests))]
    public void Every_file_killed_and_started_again_ends_with_the_same_conversation(string file)
    {
        var script = Script.Of(Irc.Read(file, Logs.Bytes(file)));
        var whole = Imported(script);
        var events = whole.Events(script);
        var dice = new Random(file.Length);
        foreach (var killed in (int[])[dice.Next(script.Steps.Length), script.Steps.Length])
        {
            var part = new Kept();
            part.Submit(script.Conversation, script.Steps[..killed]);
            AssertSame(events, Again(part, script));
        }
    }

    [Fact]
    public void Steps_that_arrive_many_at_once_make_the_same_conversation()
    {
        var whole = Imported(Every).Events(Every);
        for (var size = 1; size <= Every.Steps.Length; size++)
        {
            var kept = new Kept();
            for (var run = 0; run < 2; run++)
                foreach (var some in Every.Steps.Chunk(size))
                    Assert.All(kept.Submit(Every.Conversation, some), reply => Assert.IsType<Reply.Accepted>(reply));
            AssertSame(whole, kept.Events(Every));
        }
    }

    [Fact]
    public void What_no_line_says_but_must_have_happened_is_implied()
    {
        var kinds = Every
            .Steps.GroupBy(step => step.Line)
            .ToDictionary(line => line.Key, line => string.Join(' ', line.Select(step => step.Command.GetType().Name)));
        Assert.Equal("Create SetTopic", kinds[0]);
        Assert.Equal("Join SetNickname SendMessage", kinds[1]);
        Assert.Equal("Join SetNickname", kinds[2]);
        Assert.Equal("SendMessage", kinds[4]);
        Assert.Equal("SetNickname SetNickname", kinds[7]); // Ann, who wrote herself ann, is now ann|away
        Assert.Equal("Join SetNickname", kinds[14]);
        Assert.Equal("Leave Join SetNickname", kinds[15]); // came in twice
        Assert.Equal("Join SetNickname Leave", kinds[16]); // went and had never come
        Assert.Equal("SetTopic", kinds[21]);
        // The same topic, two modes, a notice, the same nick.
        Assert.Equal([22, 23, 24, 25, 32], Every.NotKept.Select(line => line.Line));
        Assert.DoesNotContain(Every.NotKept, line => kinds.ContainsKey(line.Line));
        Assert.Equal("SetNickname SendMessage", kinds[30]); // Ben, who wrote himself ben
        Assert.Equal("SetNickname Leave SetNickname", kinds[31]); // ben, who wrote himself Ben, takes the nick of Fay
    }

    [Fact]
    public void Only_who_is_in_is_mentioned_and_never_the_author()
    {
        var sent = Every.Steps.Where(step => step.Command is Command.SendMessage).ToLookup(step => step.Line);
        Assert.Empty(Mentions(1)); // nobody else is known yet
        Assert.Equal([Nick.PersonOf("ed[]")], Mentions(5));
        // ann|away is addressed; dora has gone; ben is the author; Fay is there; carl never was.
        Assert.Equal([Nick.PersonOf("ann"), Nick.PersonOf("fay")], Mentions(29));

        Listing<PersonId> Mentions(int line) => ((Command.SendMessage)sent[line].First().Command).Mentions;
    }

    [Fact]
    public void Another_name_or_another_day_is_another_import()
    {
        var bytes = "[10:00] <a> b"u8.ToArray();
        var scripts = new[]
        {
            Script.Of(Irc.Read("x.log", bytes)),
            Script.Of(Irc.Read("x.log", bytes), "y"),
            Script.Of(Irc.Read("x.log", bytes, new DateOnly(2004, 1, 1))),
            Script.Of(Irc.Read("x.log", "[10:00] <a> c"u8.ToArray())),
        };
        Assert.Equal(4, scripts.Select(script => script.Conversation).Distinct().Count());
        Assert.Equal(scripts[0].Conversation, Script.Of(Irc.Read("x.log", bytes)).Conversation);
        Assert.Equal("x", scripts[0].Name);
        Assert.Empty(Script.Of(Irc.Read("empty.log", default)).Malformed);
    }

    private static void AssertReadBack(IrcLog log)
    {
        var script = Script.Of(log);
        Assert.Equal(script.Lines.All, log.Lines.Length);
        Assert.Equal(script.Steps.Length, script.Steps.Select(step => step.Client).Distinct().Count());
        var lines = script.Steps.ToDictionary(step => (step.Person, step.Client), step => step.Line);
        var told = new Dictionary<int, (string Nick, string Text, bool IsAction)>();
        var called = new Dictionary<PersonId, string>();
        var kept = Imported(script);
        Assert.Equal(script.Steps.Length, kept.Events(script).Count);
        foreach (var recorded in kept.Events(script))
        {
            var line = lines[(recorded.Event.By, recorded.Origin.Client)];
            Assert.Equal(log.Lines[Math.Max(0, line - 1)].At, recorded.Event.Stamp.OccurredAt);
            if (recorded.Event is Event.Nicknamed named)
                called[named.By] = named.Nickname.Value;
            if (recorded.Event is Event.MessageSent { Content: Content.Present { Body: var body } } sent)
                told[line] = (called[sent.By], told.GetValueOrDefault(line).Text + body.Value, sent.IsAction);
        }
        foreach (var line in log.Lines.Where(line => script.Malformed.All(bad => bad.Line != line.Number)))
            if (line.Entry is Entry.Said said)
                Assert.Equal((said.Nick, said.Text.Normalize(), false), told[line.Number]);
            else if (line.Entry is Entry.Acted acted)
                Assert.Equal((acted.Nick, acted.Text.Normalize(), true), told[line.Number]);
        Assert.Equal(script.Lines.Said + script.Lines.Acted, told.Count);
        Assert.Equal(script.People, kept.Events(script).Map(recorded => recorded.Event.By).Distinct().Count() - 1);
    }

    private static Kept Imported(Script script)
    {
        var kept = new Kept();
        foreach (var some in script.Steps.Chunk(100))
            Assert.All(
                kept.Submit(script.Conversation, some),
                reply => Assert.False(((Reply.Accepted)reply).Receipt.Replayed)
            );
        return kept;
    }

    // Later, by another host, from the beginning, one by one.
    private static LanguageExt.Seq<Recorded> Again(Kept kept, Script script)
    {
        kept.Now = kept.Now.Plus(86_400_000);
        kept.Restart();
        foreach (var step in script.Steps)
            Assert.IsType<Reply.Accepted>(kept.Submit(script.Conversation, [step])[0]);
        return kept.Events(script);
    }

    // All but when it was decided, which is when each part was imported.
    private static void AssertSame(LanguageExt.Seq<Recorded> expected, LanguageExt.Seq<Recorded> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual))
            Assert.Equal(Timeless(one), Timeless(other));
    }

    private static Recorded Timeless(Recorded recorded) =>
        recorded with
        {
            Event = recorded.Event with { Stamp = recorded.Event.Stamp with { At = default } },
        };
}
