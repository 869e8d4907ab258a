namespace Chat.Domain.Committing;

/// <summary>A batch while it is being formed; it lives for one step and is seen by nobody else.</summary>
internal sealed class Draft(int room, bool isRecorded)
{
    private int taken;

    public int Room => room - taken;
    public int Taken => taken;
    public bool IsRecorded => isRecorded;
    public List<Addition> Additions { get; } = [];
    public Dictionary<StreamKey, Deciding> Decided { get; } = [];

    /// <summary>Answers that rest on nothing uncommitted: they stand once their ids are known to be new.</summary>
    public List<Asking> Standing { get; } = [];
    public Dictionary<(StreamKey Stream, PersonId Person), Marks> Marks { get; } = [];
    public List<Arrival.Marking> Markings { get; } = [];
    public Dictionary<StreamKey, AnyStream> Marked { get; } = [];

    /// <summary>Streams that some addition changes as a further one: nothing else in this batch may.</summary>
    public System.Collections.Generic.HashSet<StreamKey> Touched { get; } = [];
    public List<(Arrival Arrival, Refusal Refusal)> Refusals { get; } = [];

    /// <summary>Whether this batch changes a stream already: what is known of it is not what it will be.</summary>
    public bool IsMoving(StreamKey stream) => Touched.Contains(stream) || Decided.ContainsKey(stream);

    public void Take(int more, StreamDraft stream)
    {
        taken += more;
        stream.Close(this);
    }

    public void Mark(Arrival.Marking marking, AnyStream current, Either<Refusal, Marks> marks) =>
        marks.Match(
            Right: within =>
            {
                var key = (marking.Stream, marking.Person);
                Marks[key] = Marks.TryGetValue(key, out var held) ? held.Join(within) : within;
                Markings.Add(marking);
                Marked[marking.Stream] = current;
            },
            Left: refusal => Refusals.Add((marking, refusal))
        );
}

/// <summary>What a batch being formed makes of one stream.</summary>
internal sealed class StreamDraft(StreamKey stream, AnyStream current, Facts facts, HashMap<StreamKey, Slot> slots)
{
    private readonly List<Decided> decided = [];
    private readonly List<Recorded> events = [];
    private readonly List<Recorded> further = [];
    private readonly List<(StreamKey Stream, AnyStream Before, AnyStream After)> furtherAfter = [];
    private readonly System.Collections.Generic.HashSet<Guard> guards = [];
    private readonly System.Collections.Generic.HashSet<Guid> ids = [];
    private readonly AnyStream before = current;
    private Facts facts = facts;
    private AnyStream after = current;

    public AnyStream After => after;

    /// <summary>
    /// Decides a request, unless it must wait: for facts, for its own twin of this batch, for another's stream.
    /// </summary>
    public bool TryDecide(Arrival.Request request, Instant now, Draft draft)
    {
        var context = request.At(Instant.Max(now, After.LastAt));
        var needs = Arriving.Needs(slots, After, context, request.Command, facts);
        if (ids.Contains(request.EventId) || !TrySee(needs, draft))
            return false;
        var decision = After
            .Decide(context, request.Command, facts)
            .Bind(allowed => request.Against is { } against ? Left<Refusal, Decision>(against) : Right(allowed));
        if (decision.Case is Decision { Events.IsEmpty: false } accepted)
            return TryAccept(request, accepted, draft, now, needs);
        var reply = decision.Match<Reply>(
            Right: _ => new Reply.Accepted(new Receipt(stream, After.Version, After.LastAt, null, false)),
            Left: refusal => new Reply.Refused(refusal)
        );
        var judged = Judged(request, draft, now, needs, 0, reply);
        // With nothing uncommitted before it the answer stands by itself; else it waits for what it rests on.
        if (events.Count == 0)
            draft.Standing.Add(new Asking(request, reply, judged));
        else
            decided.Add(new Decided(request, reply, false, judged));
        return true;
    }

    private Output.Judged? Judged(
        Arrival.Request request,
        Draft draft,
        Instant now,
        Seq<AnyFactKey> needs,
        int made,
        Reply reply
    )
    {
        if (!draft.IsRecorded)
            return null;
        var seen = needs
            .OfType<StreamFactKey>()
            .SelectMany(key => facts.Find<StreamFact>(key).Map(fact => new Guard(key.Stream, fact.Current.Version)));
        return new Output.Judged(request, After.Version, now, toSeq(seen).Strict(), made, reply, false);
    }

    private bool TrySee(Seq<AnyFactKey> needs, Draft draft)
    {
        if (needs.IsEmpty)
            return true;
        if (!needs.ForAll(facts.Knows) || needs.OfType<StreamFactKey>().Any(key => draft.IsMoving(key.Stream)))
            return false;
        facts = Arriving.Seeing(slots, facts, needs);
        return true;
    }

    private bool TryAccept(Arrival.Request request, Decision decision, Draft draft, Instant now, Seq<AnyFactKey> needs)
    {
        var own = new List<Recorded>();
        var foreign = new List<Recorded>();
        var origin = new Origin(request.Device, request.Client, request.Digest);
        // That something did not exist is checked, and no reason that anybody could look up.
        var reasons = Listing.From(decision.Guards.Filter(guard => guard.Version > 0));
        foreach (var happened in decision.Events)
            own.Add(Record(stream, After.Version + own.Count + 1, happened));
        var joined = new Dictionary<StreamKey, long>();
        foreach (var (other, happened) in decision.Further)
        {
            var at = joined.TryGetValue(other, out var last) ? last : VersionOf(decision.Guards, other);
            joined[other] = at + 1;
            foreign.Add(Record(other, at + 1, happened));
        }
        if (joined.Keys.Any(draft.IsMoving))
            return false;
        draft.Touched.UnionWith(joined.Keys);
        foreach (var other in joined.Keys)
            if (facts.Find<StreamFact>(new StreamFactKey(other)).Case is StreamFact seen)
                furtherAfter.Add((other, seen.Current, seen.Current.Fold(EventsOf(foreign, other))));
        var reply = Reply.To(own[0], false);
        var judged = Judged(request, draft, now, needs, own.Count + foreign.Count, reply);
        foreach (var recorded in own)
        {
            after = After.Evolve(recorded.Event);
            facts = After.EvolveFacts(facts, recorded.Version, recorded.Event);
        }
        ids.Add(own[0].Id);
        events.AddRange(own);
        further.AddRange(foreign);
        guards.UnionWith(decision.Guards.Where(guard => !joined.ContainsKey(guard.Stream)));
        decided.Add(new Decided(request, reply, true, judged));
        return true;

        Recorded Record(StreamKey of, long version, AnyEvent happened) =>
            new(of, version, IdOf(own.Count + foreign.Count), happened, origin, reasons);

        Guid IdOf(int index) =>
            index == 0
                ? request.EventId
                : Derive.EventId(request.Stream, request.Person, request.Device, request.Client, index);
    }

    private static IEnumerable<AnyEvent> EventsOf(List<Recorded> foreign, StreamKey other) =>
        foreign.Where(recorded => recorded.Stream == other).Select(recorded => recorded.Event);

    // A decision that writes to a further stream names the version that it saw of it among its guards.
    private static long VersionOf(Seq<Guard> guards, StreamKey other) =>
        guards.Find(guard => guard.Stream == other).Map(guard => guard.Version).IfNone(0);

    public void Close(Draft draft)
    {
        if (events.Count == 0)
            return;
        draft.Additions.Add(
            new Addition(
                stream,
                before.Version,
                toSeq(events).Strict(),
                toSeq(further).Strict(),
                toSeq(guards).Strict(),
                After
            )
            {
                Before = before,
                FurtherAfter = toSeq(furtherAfter).Strict(),
            }
        );
        draft.Decided[stream] = new Deciding(After, facts, toSeq(decided).Strict());
    }
}
