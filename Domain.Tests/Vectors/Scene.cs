using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Tests.Embed;
using Chat.Domain.Values;
using Chat.Domain.Views;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Vectors;

/// <summary>A conversation that is decided as a host decides it, and what one of its people is shown of it.</summary>
internal sealed class Scene(ConversationKind kind, string id)
{
    public static readonly PersonId Noor = PersonId.Of("noor");
    public static readonly PersonId Mia = PersonId.Of("mia");
    public static readonly PersonId Tomas = PersonId.Of("tomas");
    public static readonly PersonId Yuki = PersonId.Of("yuki");

    private static readonly DeviceId Phone = DeviceId.Of("phone");
    private readonly ListStore store = new();
    private readonly Dictionary<PersonId, Marks> marks = [];
    private Embedded? chat;
    private int asked;

    public ConversationKind Kind => kind;

    public ConversationId Conversation { get; } = ConversationId.Of(id);

    public StreamKey Stream => StreamKey.Of(TenantId.Main, Conversation);

    public Seq<Recorded> Events => store.Load(Stream);

    public State State => (State)Domain.Conversations.Conversation.New.Fold(Events.Map(one => one.Event)).State;

    public long LastSeq => State.LastSeq;

    /// <summary>Whether it was accepted.</summary>
    public bool Ask(PersonId person, Command command, long? occurredAt = null)
    {
        var number = ++asked;
        var request = new Arrival.Request(
            number,
            Stream,
            person,
            Phone,
            ClientId.Of($"c{number}"),
            new Digest((UInt128)number),
            command,
            occurredAt is { } at ? new Instant(at) : null
        );
        var loop = chat ?? Embedded.Over(store, _ => Domain.Conversations.Conversation.New);
        // A minute and a bit between one thing and the next.
        (chat, var outputs) = loop.Submit(Seq1<Arrival>(request), new Instant(1_760_000_000_000 + (number * 61_007L)));
        return outputs.OfType<Output.Answer>().Single().Reply is Reply.Accepted;
    }

    public void Read(PersonId person, Marks to) => marks[person] = MarksOf(person).Join(to.Within(LastSeq));

    public Marks MarksOf(PersonId person) => marks.GetValueOrDefault(person);

    public bool IsIn(PersonId person) => State.Members.ContainsKey(person);

    /// <summary>What a person who is in is shown of all that happened after a version.</summary>
    public Seq<Seen> Shown(PersonId person, long after = 0) =>
        Visibility.ShowAll(Sight.Of(State.Members[person].Access), Kept.Filter(one => one.Version > after));

    // What was said is taken out of the store with the redaction.
    private Seq<Recorded> Kept
    {
        get
        {
            var gone = Events.Map(one => one.Event).OfType<Event.MessageRedacted>().Select(one => one.Message.Seq);
            var seqs = toHashSet(gone);
            return Events.Map(one => one with { Event = Stripped((Event)one.Event, seqs) });
        }
    }

    private static Event Stripped(Event happened, LanguageExt.HashSet<long> gone) =>
        gone.Contains(happened.MessageSeq ?? happened.About?.Seq ?? 0) ? happened.Stripped() : happened;

    /// <summary>The same one by one, as it is delivered while it happens.</summary>
    public IEnumerable<Seen> Delivered(PersonId person, long after)
    {
        var state = State;
        return Kept.Filter(one => one.Version > after)
            .Map(one =>
                Visibility.Show(
                    Sight.Of(Visibility.AccessOf(state, person, one.Version, (Event)one.Event)),
                    one.Version,
                    (Event)one.Event
                )
            );
    }
}
