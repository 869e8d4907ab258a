using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Protocol.Stored;

namespace Chat.Host.Store;

/// <summary>A stream from the version that is expected to the one that it gets.</summary>
internal sealed record StreamRow(StreamKey Stream, long Expected, long Next);

/// <summary>An event as its row holds it; a body that this very batch takes back never reaches it.</summary>
internal sealed record EventRow(Recorded Recorded, StoredEvent Stored, string? Body);

/// <summary>
/// An event that is no message. <paramref name="Said"/> counts the batch's messages before it in the stream.
/// </summary>
internal sealed record NoteRow(
    Recorded Recorded,
    short Type,
    long Expected,
    long Said,
    long? TargetSeq,
    PersonId? TargetBy
);

/// <summary>What became of somebody's membership; only the last of a batch is written.</summary>
/// <param name="Version">The version that closes what they could see before, or at which they came in.</param>
/// <param name="Access">What they see from now on; null leaves it to the row that is there.</param>
internal sealed record MemberRow(
    StreamKey Stream,
    PersonId Person,
    string State,
    long Version,
    long? ClosesAt,
    Listing<Interval>? Access
);

/// <summary>Whom a message mentions now.</summary>
internal sealed record MentionRow(StreamKey Stream, long Seq, PersonId By, bool IsNew, Listing<string> People);

/// <summary>What a conversation is called now; with its kind when it was made.</summary>
internal sealed record NameRow(StreamKey Stream, ConversationKind? Kind, string? Name);

/// <summary>Who may come into a conversation now; until it is said, it follows from the kind.</summary>
internal sealed record JoinRow(StreamKey Stream, JoinRule Rule);

/// <summary>How somebody stands to another now.</summary>
internal sealed record PairRow(StreamKey Stream, PersonId Person, PersonId Other, Domain.Pairs.View View);

/// <summary>All rows that some additions come to. Follows from the events alone.</summary>
internal sealed class Rows
{
    private readonly Dictionary<StreamKey, StreamRow> streams = [];
    private readonly Dictionary<StreamKey, long> said = [];
    private readonly Dictionary<(StreamKey, PersonId), MemberRow> members = [];
    private readonly Dictionary<(StreamKey, long), MentionRow> mentions = [];
    private readonly Dictionary<StreamKey, NameRow> names = [];
    private readonly Dictionary<StreamKey, JoinRow> joins = [];
    private readonly Dictionary<(StreamKey Stream, long Seq), MessageRef> veils = [];

    private Rows() { }

    /// <summary>One for each distinct stream, in key order.</summary>
    public IReadOnlyList<StreamRow> Streams => [.. streams.Values.OrderBy(row => row.Stream)];
    public List<EventRow> Events { get; } = [];
    public List<NoteRow> Notes { get; } = [];
    public IReadOnlyList<MemberRow> Members => [.. members.Values.OrderBy(row => (row.Person, row.Stream))];
    public IReadOnlyList<MentionRow> Mentions => [.. mentions.Values.OrderBy(row => (row.Stream, row.Seq))];
    public List<Recorded> People { get; } = [];
    public IReadOnlyList<NameRow> Names => [.. names.Values.OrderBy(row => row.Stream)];
    public List<PairRow> Pairs { get; } = [];
    public HouseRows House { get; } = new();
    public CircleRows Circles { get; } = new();

    /// <summary>Blocks and their end: what both are in looks otherwise to the two now.</summary>
    public List<(PersonId Person, PersonId Other)> Crossed { get; } = [];

    public IReadOnlyList<JoinRow> Joins => [.. joins.Values.OrderBy(row => row.Stream)];

    /// <summary>Messages that were taken back; what is stored of them, and of their edits, loses its body.</summary>
    public IReadOnlyList<(StreamKey Stream, MessageRef Message)> Veils =>
        [.. veils.Select(pair => (pair.Key.Stream, pair.Value)).OrderBy(veil => (veil.Stream, veil.Value.Seq))];

    /// <summary>The rows of some additions, whose versions follow on one another.</summary>
    public static Rows Of(IReadOnlyList<Addition> additions)
    {
        var rows = new Rows();
        var all = additions.SelectMany(addition => addition.Events.Concat(addition.Further)).ToList();
        foreach (var recorded in all)
            if (recorded.Event is Event.MessageRedacted redacted)
                rows.veils[(recorded.Stream, redacted.Message.Seq)] = redacted.Message;
        foreach (var recorded in all)
            rows.Add(recorded);
        foreach (var addition in additions)
        foreach (var (stream, _, after) in addition.FurtherAfter.Add((addition.Stream, addition.After, addition.After)))
            if (after.State is Domain.Pairs.State pair)
                rows.Pairs.AddRange(
                    pair.People.Select(one => new PairRow(stream, one, pair.OtherThan(one), pair.ViewOf(one)))
                );
            else
                rows.House.Take(stream, after);
        return rows;
    }

    private void Add(Recorded recorded)
    {
        var stream = streams.TryGetValue(recorded.Stream, out var held)
            ? held
            : new StreamRow(recorded.Stream, recorded.Version - 1, 0);
        streams[recorded.Stream] = stream with { Next = recorded.Version };
        var stored = StoredEvents.Encode(recorded);
        Events.Add(new EventRow(recorded, stored, IsTakenBack(recorded) ? null : stored.Body));
        Circles.Take(recorded);
        if (recorded.Event is Domain.People.Event)
            People.Add(recorded);
        if (recorded.Event is Domain.Pairs.Event.Blocked or Domain.Pairs.Event.Unblocked)
        {
            var pair = (Domain.Pairs.Event)recorded.Event;
            Crossed.AddRange([(pair.By, pair.Other), (pair.Other, pair.By)]);
        }
        if (recorded.Event is not Event happened)
            return;
        var before = said.GetValueOrDefault(recorded.Stream);
        if (happened.MessageSeq is null)
            Notes.Add(NoteOf(recorded, happened, stored.Type.Number, stream.Expected, before));
        else
            said[recorded.Stream] = before + 1;
        Derive(recorded, happened);
    }

    private bool IsTakenBack(Recorded recorded) =>
        recorded.Event switch
        {
            Event.MessageSent sent => veils.ContainsKey((recorded.Stream, sent.Seq)),
            Event.MessageEdited edited => veils.ContainsKey((recorded.Stream, edited.Message.Seq)),
            _ => false,
        };

    private static NoteRow NoteOf(Recorded recorded, Event happened, short type, long expected, long said) =>
        new(
            recorded,
            type,
            expected,
            said,
            happened.About?.Seq,
            happened switch
            {
                Event.MessageRedacted redacted => redacted.Author,
                Event.MessageEdited edited => edited.By,
                _ => null,
            }
        );

    private void Derive(Recorded recorded, Event happened)
    {
        var (stream, version) = (recorded.Stream, recorded.Version);
        switch (happened)
        {
            case Event.Created created:
                names[stream] = new NameRow(stream, created.Kind, created.Name?.Value);
                foreach (var person in created.Members)
                    Enter(stream, person, version, [Interval.OpenFrom(version)]);
                break;
            case Event.Renamed renamed:
                names[stream] = new NameRow(stream, names.GetValueOrDefault(stream)?.Kind, renamed.Name.Value);
                break;
            case Event.Joined joined:
                Enter(stream, joined.By, version, joined.Access);
                break;
            case { Leaver: { } gone }:
                Leave(stream, gone, version);
                break;
            // An invitation is gone as a membership is: what is left is what they could see before.
            case Event.Banned banned:
                Leave(stream, banned.Person, version);
                break;
            case Event.Uninvited uninvited:
                Leave(stream, uninvited.Person, version);
                break;
            case Event.SettingsChanged changed:
                joins[stream] = new JoinRow(stream, changed.Settings.Join);
                break;
            case Event.Invited invited:
                foreach (var person in invited.People)
                    Invite(stream, person, version);
                break;
            case Event.MessageSent sent:
                Mention(stream, sent.Seq, sent.By, sent.Mentions, sent.IsForEveryone, isNew: true);
                break;
            case Event.MessageEdited edited:
                Mention(stream, edited.Message.Seq, edited.By, edited.Mentions, edited.IsForEveryone, isNew: false);
                break;
            case Event.MessageRedacted redacted:
                Mention(stream, redacted.Message.Seq, redacted.Author, [], false, isNew: false);
                break;
            case Event.TopicSet
            or Event.Nicknamed
            or Event.Reacted
            or Event.Unreacted
            or Event.Pinned
            or Event.Unpinned
            or Event.RoleSet
            or Event.RoleDropped
            or Event.RolesAssigned
            or Event.OwnershipTransferred
            or Event.Unbanned
            or Event.TimedOut
            or Event.Closed
            or Event.Reopened
            or Event.Called
            or Event.Partied
            or Event.LinkMade
            or Event.LinkDropped
            or Event.WordsSet
            or Event.Knocked:
                break;
            default:
                throw new ArgumentException($"{happened.GetType()} has no rows", nameof(happened));
        }
    }

    private void Enter(StreamKey stream, PersonId person, long version, Listing<Interval> access) =>
        members[(stream, person)] = new MemberRow(stream, person, "member", version, null, access);

    private void Leave(StreamKey stream, PersonId person, long version) =>
        members[(stream, person)] = members.GetValueOrDefault((stream, person))?.Access is { } access
            ? new MemberRow(stream, person, "former", version, null, Access.Closed(access, version))
            : new MemberRow(stream, person, "former", version, version, null);

    // What they could see while they were in stays as it is, and a member stays one: the row that is there decides.
    private void Invite(StreamKey stream, PersonId person, long version)
    {
        if (!members.TryGetValue((stream, person), out var held))
            members[(stream, person)] = new MemberRow(stream, person, "invited", version, null, null);
        else if (held.State == "former")
            members[(stream, person)] = held with { State = "invited" };
    }

    // Nobody is mentioned by themselves: nothing would be unread. A star is everyone, and no person's id.
    private void Mention(StreamKey stream, long seq, PersonId author, Listing<PersonId> named, bool all, bool isNew)
    {
        isNew |= mentions.GetValueOrDefault((stream, seq))?.IsNew == true;
        var people = named.Where(person => person != author).Select(person => person.Value);
        var others = veils.ContainsKey((stream, seq)) ? [] : Listing.From(all ? people.Append("*") : people);
        if (others.Count > 0 || !isNew)
            mentions[(stream, seq)] = new MentionRow(stream, seq, author, isNew, others);
        else
            mentions.Remove((stream, seq));
    }
}
