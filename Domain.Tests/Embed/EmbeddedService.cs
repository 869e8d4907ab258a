using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Embed;

// A store of one's own: a list here, a table elsewhere. It keeps what fits, and says what did not.
public sealed class ListStore : IStore
{
    private readonly List<Recorded> events = [];
    private readonly Dictionary<(StreamKey, PersonId), Marks> marks = [];

    public Seq<Recorded> Load(StreamKey stream) => toSeq(events.Where(one => one.Stream == stream)).Strict();

    public Seq<Recorded> LookUp(Seq<Guid> ids) => toSeq(events.Where(one => ids.Contains(one.Id))).Strict();

    public Outcome Append(Batch batch)
    {
        var (kept, aside) = batch.Sift(stream => Load(stream).Count, LookUp);
        events.AddRange(kept);
        return new Outcome.Committed(aside, batch.Marks.Map(Joined).Strict());
    }

    private MarkSet Joined(MarkSet set)
    {
        var held = marks.GetValueOrDefault((set.Stream, set.Person));
        return set with { Marks = marks[(set.Stream, set.Person)] = held.Join(set.Marks) };
    }
}

// A service around it: it hands requests in and gets answers; the loop is the package's.
public sealed class Service(byte[] key)
{
    private Embedded chat = Embedded.Over(new ListStore(), _ => Conversation.New);

    public Reply Ask(PersonId person, ClientId id, ConversationId where, Command command, Instant now)
    {
        var (stream, device) = (StreamKey.Of(TenantId.Main, where), DeviceId.Of("service"));
        var digest = Digest.Of(key, RequestBodies.Normal(command));
        var request = new Arrival.Request(1, stream, person, device, id, digest, command);
        (chat, var outputs) = chat.Submit(Seq1<Arrival>(request), now);
        return outputs.OfType<Output.Answer>().Single().Reply;
    }
}

public sealed class EmbeddedServiceTests
{
    private static readonly ConversationId Kitchen = ConversationId.Of("kitchen");

    [Xunit.Fact]
    public void A_service_sends_once_however_often_it_asks()
    {
        var service = new Service([7]);
        var create = new Command.Create(ConversationKind.Group, [PersonId.Of("tomas")], null);
        var hello = new Command.SendMessage(Body.Create("hello").Match(b => b, _ => null!), null, [], false);

        Assert.IsType<Reply.Accepted>(Ask(service, "mia", "1", create, 10));
        var first = Assert.IsType<Reply.Accepted>(Ask(service, "mia", "2", hello, 20));
        var again = Assert.IsType<Reply.Accepted>(Ask(service, "mia", "2", hello, 30));

        Assert.Equal(1, first.Receipt.Seq);
        Assert.Equal(first.Receipt with { Replayed = true }, again.Receipt);
    }

    [Xunit.Fact]
    public void The_same_id_with_other_words_is_a_conflict_and_an_outsider_learns_nothing()
    {
        var service = new Service([7]);
        var hello = new Command.SendMessage(Body.Create("hello").Match(b => b, _ => null!), null, [], false);
        var other = new Command.SendMessage(Body.Create("good bye").Match(b => b, _ => null!), null, [], false);
        Ask(service, "mia", "1", new Command.Create(ConversationKind.Group, [], null), 10);
        Ask(service, "mia", "2", hello, 20);

        Assert.Equal("conflict", Code(Ask(service, "mia", "2", other, 30)));
        Assert.Equal("not_found", Code(Ask(service, "sven", "1", hello, 40)));
    }

    private static Reply Ask(Service service, string person, string id, Command command, long now) =>
        service.Ask(PersonId.Of(person), ClientId.Of(id), Kitchen, command, new Instant(now));

    private static string Code(Reply reply) => Assert.IsType<Reply.Refused>(reply).Refusal.Code;
}
