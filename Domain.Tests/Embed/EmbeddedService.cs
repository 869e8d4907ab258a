using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Embed;

/// <summary>
/// A store of one's own: here a dictionary, elsewhere a table. It keeps events, and admits what fits.
/// </summary>
public sealed class DictionaryStore : IStore
{
    private readonly Dictionary<StreamKey, List<Recorded>> streams = [];
    private readonly Dictionary<Guid, Recorded> ids = [];
    private readonly Dictionary<(StreamKey, PersonId), Marks> marks = [];

    public Seq<Recorded> Load(StreamKey stream) => toSeq(streams.GetValueOrDefault(stream, [])).Strict();

    public Seq<Recorded> LookUp(Seq<Guid> asked) => asked.Filter(ids.ContainsKey).Map(id => ids[id]).Strict();

    public Outcome Append(Batch batch)
    {
        var aside = new List<Aside>();
        foreach (var addition in batch.Additions)
        {
            var all = addition.Events.Concat(addition.Further);
            var twins = LookUp(all.Map(recorded => recorded.Id));
            if (twins.IsEmpty && Version(addition.Stream) == addition.Expected && addition.Guards.ForAll(Holds))
                all.Iter(Keep);
            else
                aside.Add(new Aside(addition.Stream, twins));
        }
        foreach (var set in batch.Marks)
            marks[(set.Stream, set.Person)] = marks.GetValueOrDefault((set.Stream, set.Person)).Join(set.Marks);
        var now = batch.Marks.Map(set => set with { Marks = marks[(set.Stream, set.Person)] }).Strict();
        return new Outcome.Committed(toSeq(aside).Strict(), now);
    }

    private long Version(StreamKey stream) => Load(stream).Count;

    private bool Holds(Guard guard) => Version(guard.Stream) == guard.Version;

    private void Keep(Recorded recorded) =>
        (streams.TryGetValue(recorded.Stream, out var held) ? held : streams[recorded.Stream] = []).Add(
            ids[recorded.Id] = recorded
        );
}

/// <summary>A service around it: it hands requests in and gets answers; the loop is the package's.</summary>
public sealed class Service
{
    private static readonly DeviceId Device = DeviceId.Of("service");
    private Embedded chat = Embedded.Over(new DictionaryStore(), _ => Conversation.New);

    public Reply Ask(string person, string clientId, ConversationId conversation, Command command, long now)
    {
        var request = new Arrival.Request(
            1,
            StreamKey.Of(TenantId.Main, conversation),
            PersonId.Of(person),
            Device,
            ClientId.Of(clientId),
            new Digest((UInt128)(uint)command.GetHashCode() + 1),
            command
        );
        (chat, var outputs) = chat.Submit(Seq1<Arrival>(request), new Instant(now));
        return outputs.OfType<Output.Answer>().Single().Reply;
    }
}

public sealed class EmbeddedServiceTests
{
    private static readonly ConversationId Kitchen = ConversationId.Of("kitchen");

    [Xunit.Fact]
    public void A_service_sends_once_however_often_it_asks()
    {
        var service = new Service();
        var create = new Command.Create(ConversationKind.Group, [PersonId.Of("tomas")], null);
        var hello = new Command.SendMessage(Body.Create("hello").Match(b => b, _ => null!), null, [], false);

        Assert.IsType<Reply.Accepted>(service.Ask("mia", "1", Kitchen, create, now: 10));
        var first = Assert.IsType<Reply.Accepted>(service.Ask("mia", "2", Kitchen, hello, now: 20));
        var again = Assert.IsType<Reply.Accepted>(service.Ask("mia", "2", Kitchen, hello, now: 30));

        Assert.Equal(1, first.Receipt.Seq);
        Assert.Equal(first.Receipt with { Replayed = true }, again.Receipt);
    }

    [Xunit.Fact]
    public void The_same_id_with_other_words_is_a_conflict_and_an_outsider_learns_nothing()
    {
        var service = new Service();
        var hello = new Command.SendMessage(Body.Create("hello").Match(b => b, _ => null!), null, [], false);
        var other = new Command.SendMessage(Body.Create("good bye").Match(b => b, _ => null!), null, [], false);
        service.Ask("mia", "1", Kitchen, new Command.Create(ConversationKind.Group, [], null), now: 10);
        service.Ask("mia", "2", Kitchen, hello, now: 20);

        Assert.Equal("conflict", Code(service.Ask("mia", "2", Kitchen, other, now: 30)));
        Assert.Equal("not_found", Code(service.Ask("sven", "1", Kitchen, hello, now: 40)));
    }

    private static string Code(Reply reply) => Assert.IsType<Reply.Refused>(reply).Refusal.Code;
}
