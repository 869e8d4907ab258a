using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Host.Demo;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Demo;

/// <summary>The story can have happened: everything in it is accepted, in order, and has happened by now.</summary>
public sealed class StoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 8, 21, 0, 0, TimeSpan.FromHours(1));

    [Xunit.Fact]
    public void Everything_in_it_changes_something()
    {
        var chapters = Story.Tell();
        Assert.True(chapters.Count >= 8);
        foreach (var chapter in chapters)
            chapter
                .Lines.Where(line => line.Command is not null)
                .Aggregate(Made(chapter), (past, line) => After(chapter, past, line));
    }

    [Xunit.Fact]
    public void Nobody_has_read_what_was_not_said_and_something_is_unread()
    {
        var unread = 0L;
        foreach (var chapter in Story.Tell())
        {
            var said = chapter.Lines.Count(line => line.Command is Command.SendMessage);
            var read = chapter.Lines.Where(line => line.Command is null).ToList();
            Assert.All(read, line => Assert.InRange(line.Read, 1, said));
            unread += said - read.First(line => line.Person == PersonId.Of(Cast.People[0].Person)).Read;
        }
        Assert.InRange(unread, 10, 40);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-20)]
    [InlineData(-2)]
    public void It_has_happened_by_now_and_in_order(int hours)
    {
        foreach (var chapter in Story.Tell())
        {
            var times = chapter.At(Now.AddHours(hours)).Select(one => one.At.Milliseconds).ToList();
            Assert.Equal(times.Order(), times);
            Assert.True(times[^1] <= Now.AddHours(hours).AddMinutes(1).ToUnixTimeMilliseconds());
        }
    }

    [Xunit.Fact]
    public void A_line_that_is_none_is_said() => Assert.Throws<FormatException>(() => Line.Of("yesterday mia: hello"));

    private static Seq<Recorded> Made(Chapter chapter) =>
        Decided(chapter, Empty, chapter.Creator, chapter.Create, "the beginning");

    private static Seq<Recorded> After(Chapter chapter, Seq<Recorded> past, Line line) =>
        Decided(chapter, past, line.Person, line.Command!, $"{chapter.Key}: {line}");

    private static Seq<Recorded> Decided(Chapter chapter, Seq<Recorded> past, PersonId by, Command command, string what)
    {
        var stream = Conversation.New.Fold(past.Map(one => one.Event));
        var context = new Context(by, DeviceId.Of("demo"), new Instant(1));
        var facts = Domain.Committing.Gathering.FromEvents(Conversation.New, stream.Needs(context, command), past);
        var decision = stream
            .Decide(context, command, facts)
            .Match(made => made, refusal => throw new InvalidOperationException($"{what}: {refusal}"));
        Assert.True(decision.Events.Count == 1, $"{what} changes nothing");
        var key = StreamKey.Of(TenantId.Main, ConversationId.Of(chapter.Key));
        var origin = new Origin(context.Device, ClientId.Of("c"), default);
        return past.Add(new Recorded(key, past.Count + 1, Guid.Empty, decision.Events[0], origin, []));
    }
}
