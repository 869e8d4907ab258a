using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Driving;
using Chat.Host.Operate;
using Chat.Protocol;
using Chat.Protocol.Wire;
using NATS.Client.Core;
using Openness = Chat.Domain.People.Openness;
using Terms = Chat.Domain.People.Terms;

namespace Chat.Host.Nats;

/// <summary>
/// Tells people what was committed: each what the one visibility function grants, and only those with a live session.
/// What is lost on the way they find by its version, and fetch.
/// </summary>
public sealed class Fanout(INatsConnection connection, Sessions sessions, Veils veils, ILogger<Fanout> log)
{
    /// <summary>Tells what happened in a conversation.</summary>
    public void Publish(Output.Publish committed)
    {
        var (stream, _, after, events) = committed;
        if (after.State is not State state)
            return;
        var encoded = new Dictionary<(long Version, int Sort), byte[]>();
        foreach (var person in Concerned(state, events))
        {
            var subject = Subjects.Event(person, stream.Conversation);
            foreach (var recorded in events)
                if (recorded.Event is Event happened)
                    Send(subject, Payload(state, person, stream.Conversation, recorded.Version, happened, encoded));
        }
    }

    /// <summary>Whether it takes to know who are friends to say who is told how far somebody is.</summary>
    public bool AsksFriends(AnyStream stream) =>
        stream.State is State state
        && state.Members.Count <= Receipts.UpTo
        && state.Members.Keys.Any(person => veils.Discretions.Of(person).Receipts is Openness.Friends);

    /// <summary>Tells how far somebody is, given which of those who are in are their friends.</summary>
    public void PublishMarks(AnyStream stream, MarkSet marks, Set<PersonId> friends)
    {
        if (stream.State is not State state)
            return;
        var payload = Ephemerals.Receipt(marks.Stream.Conversation, marks.Person, marks.Marks);
        foreach (var person in Receipts.ToldTo(state, marks.Person, veils.Discretions.Of, TermsOf))
            if (sessions.IsLive(person.Value))
                Send(Subjects.Ephemeral(person, marks.Stream.Conversation), payload);

        Terms TermsOf(PersonId person) => new(friends.Contains(person), veils.Part(person, marks.Person));
    }

    /// <summary>Tells some people that somebody is writing.</summary>
    public void PublishTyping(ConversationId conversation, PersonId by, IEnumerable<PersonId> members)
    {
        var payload = Ephemerals.Typing(conversation, by);
        foreach (var person in members)
            if (person != by && sessions.IsLive(person.Value) && !veils.Part(person, by))
                Send(Subjects.Ephemeral(person, conversation), payload);
    }

    /// <summary>
    /// Tells who handles the reports of a conversation that there is something new of them; not whom it is about.
    /// </summary>
    public void PublishReported(ConversationId conversation, State place, IReadOnlySet<PersonId> about)
    {
        var payload = Ephemerals.Reported(conversation);
        foreach (var person in Present(place))
            if (!about.Contains(person) && Domain.Desks.Desk.IsHandler(place, person))
                Send(Subjects.Ephemeral(person, conversation), payload);
    }

    /// <summary>Tells who told of something what came of it; neither by whom nor where the staff are.</summary>
    public void PublishSettled(PersonId teller, ConversationId place, Domain.Desks.Outcome outcome)
    {
        if (sessions.IsLive(teller.Value))
            Send(Subjects.Ephemeral(teller, place), Ephemerals.Reported(place, outcome));
    }

    /// <summary>Tells some people what somebody is called now.</summary>
    public void PublishProfile(PersonEntry changed, IEnumerable<PersonId> people)
    {
        var payload = PeopleAnswers.Changed(changed);
        foreach (var person in people)
            if (sessions.IsLive(person.Value) && !veils.Part(person, changed.Person))
                Send(Subjects.Ephemeral(person, changed.Person), payload);
    }

    /// <summary>Tells somebody how they stand to another now.</summary>
    public void PublishBond(PersonId person, FriendEntry entry)
    {
        if (sessions.IsLive(person.Value))
            Send(Subjects.Event(person, entry.Person), PairAnswers.Changed(entry));
    }

    /// <summary>
    /// Tells a person which conversations have got how far: whoever is behind resumes, or where they look otherwise now
    /// whoever holds one.
    /// </summary>
    public void AnnounceHeads(
        PersonId person,
        IReadOnlyCollection<(ConversationId Conversation, long Version)> heads,
        bool isReset = false
    ) => Send(Subjects.Heads(person), Ephemerals.Heads(heads, isReset));

    // Members who are here. The shorter side is walked.
    private IEnumerable<PersonId> Present(State state) =>
        state.Members.Count <= 1_000
            ? state.Members.Keys.Where(person => sessions.IsLive(person.Value))
            : sessions.People.Select(PersonId.Of).Where(state.Members.ContainsKey);

    // Them, and those whom an event is about though they are not in, as far as they are here.
    private IEnumerable<PersonId> Concerned(State state, Seq<Recorded> events)
    {
        var others = events.SelectMany(recorded =>
            recorded.Event is Event happened ? Visibility.Touches(happened) : Listing<PersonId>.Empty
        );
        return Present(state)
            .Concat(
                others.Distinct().Where(person => !state.Members.ContainsKey(person) && sessions.IsLive(person.Value))
            );
    }

    // One encoding for all who see the same of an event: everything, nothing, or all but a quote.
    private byte[] Payload(
        State state,
        PersonId person,
        ConversationId conversation,
        long version,
        Event happened,
        Dictionary<(long Version, int Sort), byte[]> encoded
    )
    {
        var access = Visibility.AccessOf(state, person, version, happened);
        var veiled = state.Kind is ConversationKind.Direct ? default : veils.Of(person);
        var seen = Visibility.Show(new Sight(access, veiled), version, happened);
        var sort =
            seen is not Seen.Shown shown ? 0
            : ReferenceEquals(shown.Event, happened) ? 1
            : 2;
        if (!encoded.TryGetValue((version, sort), out var payload))
            encoded[(version, sort)] = payload = Events.Encode(conversation, seen);
        return payload;
    }

    private void Send(string subject, byte[] payload)
    {
        var sent = connection.PublishAsync(subject, payload);
        Meters.Delivered(1);
        if (!sent.IsCompletedSuccessfully)
            _ = Observe(sent.AsTask());
    }

    private async Task Observe(Task sending)
    {
        try
        {
            await sending;
        }
        catch (Exception fault)
        {
            log.LogWarning("An event could not be published: {Fault}", fault.Message);
        }
    }
}
