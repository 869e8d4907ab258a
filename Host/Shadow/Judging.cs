using Chat.Host.Nats;
using Chat.Host.Store;
using Chat.Protocol.Stored;

namespace Chat.Host.Shadow;

/// <summary>
/// Decides recorded requests again: each on its stream folded to the version that it was decided on, with the facts of
/// that version, at the time of then; by this version's rules, or by those that a test brings.
/// </summary>
internal sealed class Judging(IPasts pasts, Func<StreamKey, AnyStream> fresh)
{
    private readonly Others others = new(pasts, fresh);

    /// <summary>A request with all that is known before its facts are.</summary>
    private sealed record Prepared(
        Entry.Request Request,
        Addressed Change,
        Context Context,
        AnyStream Current,
        Seq<AnyFactKey> Needs
    );

    /// <summary>Judges the requests of one stream, which are in the order of their versions.</summary>
    public async Task<IReadOnlyList<Judged>> OfStreamAsync(
        StreamKey stream,
        IReadOnlyList<Entry.Request> requests,
        CancellationToken stop
    )
    {
        Past past;
        try
        {
            past = await others.ReadAsync(stream, stop);
        }
        catch (CorruptRowException row)
        {
            return [.. requests.Select(one => new Judged(one, Differs($"this version cannot read {row.Message}")))];
        }
        var judged = new List<Judged>();
        var prepared = new List<Prepared>();
        foreach (var request in requests)
        {
            var found = await PrepareAsync(past, request, stop);
            if (found.Case is Prepared next)
                prepared.Add(next);
            else
                judged.Add(new Judged(request, (Judgement)found.Case!));
        }
        await foreach (var one in DecideAsync(past, prepared, stop))
            judged.Add(one);
        return judged;
    }

    private async Task<Either<Judgement, Prepared>> PrepareAsync(
        Past past,
        Entry.Request request,
        CancellationToken stop
    )
    {
        var (origin, basis) = (request.Origin, request.Basis);
        var read = request.Written.Read(origin);
        if (read.Case is Refusal refusal)
            return Verdict.Of(new Reply.Refused(refusal), 0, false) is var now && now == request.Verdict
                ? new Judgement.Same()
                : Differs(now.Say(basis.Version));
        var change = (Addressed)read.Case!;
        if (change.Stream != origin.Stream || change.Client != origin.Client)
            return Differs($"goes to {change.Stream} as {change.Client}");
        if (request.Verdict.IsTwin)
            return await TwinAsync(past, request, change, stop);
        if (basis.Version > past.Version)
            return Unknown("the database ends before what it was decided on");
        if (request.Verdict.Events > 0 && !IsThere(past, origin, basis.Version))
            return Unknown("the database holds something else in its place");
        try
        {
            var current = past.At(basis.Version);
            var context = new Context(
                origin.Person,
                origin.Device,
                Instant.Max(basis.Now, current.LastAt),
                basis.OccurredAt
            )
            {
                Tenant = origin.Stream.Tenant,
                Id = origin.Stream.Id,
            };
            return new Prepared(request, change, context, current, current.Needs(context, change.Command));
        }
        // The rules are total; that they are not any more is what a judge is for.
        catch (Exception fault)
        {
            return Differs($"fails with {fault.GetType().Name}: {fault.Message}");
        }
    }

    private static bool IsThere(Past past, Origin origin, long version) =>
        version < past.Version && past.Events[(int)version].Id == origin.EventId;

    // Whatever the rules say: its id is there, so it is answered by what that made, if it is the same request still.
    private async Task<Judgement> TwinAsync(Past past, Entry.Request request, Addressed change, CancellationToken stop)
    {
        var id = request.Origin.EventId;
        if (past.Events.FirstOrDefault(recorded => recorded.Id == id) is not { } first)
            return Unknown("what its id made is not in the database");
        var key = await others.KeyOfAsync(request.Origin.Person, stop);
        if (key.Length == 0 && request.Verdict.Code == new Refusal.Conflict().Code)
            return Unknown("the person's key is gone");
        Reply reply = Digest.Of(key, change.Normal).Agrees(first.Origin.Digest)
            ? Reply.To(first, true)
            : new Reply.Refused(new Refusal.Conflict());
        return Verdict.Of(reply, 0, true) is var now && now == request.Verdict
            ? new Judgement.Same()
            : Differs(now.Say(request.Basis.Version));
    }

    // One way through the stream's events, with all the facts that any of them needs.
    private async IAsyncEnumerable<Judged> DecideAsync(
        Past past,
        List<Prepared> prepared,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop
    )
    {
        var keys = prepared.SelectMany(one => one.Needs).Where(key => key is not (StreamFactKey or ElsewhereFactKey));
        var facts = keys.Distinct().Aggregate(Facts.Empty, (all, key) => all.With(key, None));
        var version = 0L;
        foreach (var one in prepared)
        {
            foreach (var recorded in past.Between(version, one.Current.Version))
                facts = past.Evolve(facts, recorded);
            version = one.Current.Version;
            yield return new Judged(one.Request, await DecideAsync(past, one, facts, stop));
        }
    }

    private async Task<Judgement> DecideAsync(Past past, Prepared one, Facts own, CancellationToken stop)
    {
        var facts = Facts.Empty;
        try
        {
            var needs = one.Needs.ToList();
            for (var at = 0; at < needs.Count; at++)
            {
                var key = needs[at];
                if (key is not (StreamFactKey or ElsewhereFactKey))
                    facts = facts.With(key, own.Find<AnyFact>(key));
                else if ((await Lookup.FindAsync(others, key, one.Request.Basis, stop)).Case is Option<AnyFact> found)
                    facts = facts.With(key, found);
                else
                    return await WhyAsync(key, one.Request.Basis, stop);
                if (at + 1 == needs.Count)
                    needs.AddRange(
                        one.Current.Behind(one.Context, one.Change.Command, facts).Filter(more => !needs.Contains(more))
                    );
            }
            return await CompareAsync(past, one, Decide(one, facts), stop);
        }
        catch (CorruptRowException row)
        {
            return Differs($"this version cannot read {row.Message}");
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or Npgsql.NpgsqlException))
        {
            return Differs($"fails with {fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task<Judgement> WhyAsync(AnyFactKey key, Basis basis, CancellationToken stop) =>
        Unknown((await Lookup.FindAsync(others, key, basis, stop)).Match(Left: why => why, Right: _ => ""));

    private static Either<Refusal, Decision> Decide(Prepared one, Facts facts) =>
        one
            .Current.Decide(one.Context, one.Change.Command, facts)
            .Bind(allowed =>
                one.Request.Basis.Against is var (code, because)
                    ? Left<Refusal, Decision>(new Protocol.Wire.RemoteRefusal(code, because, null))
                    : Right<Refusal, Decision>(allowed)
            );

    private async Task<Judgement> CompareAsync(
        Past past,
        Prepared one,
        Either<Refusal, Decision> decision,
        CancellationToken stop
    )
    {
        var (request, version) = (one.Request, one.Request.Basis.Version);
        var now = decision.Match(
            Right: made => VerdictOf(made.Events.IsEmpty ? null : made.Events[0].Refused, made),
            Left: refusal => VerdictOf(refusal, Decision.AlreadySo)
        );
        if (now != request.Verdict)
            return Differs(now.Say(version));
        if (decision.Case is not Decision { Events.IsEmpty: false } accepted)
            return new Judgement.Same();
        foreach (var (happened, recorded) in accepted.Events.Zip(past.Between(version, past.Version)))
            if (!IsSame(happened, recorded))
                return Differs($"accepted with another {EventTypes.Of(happened).Name} as {recorded.Version}");
        var key = await others.KeyOfAsync(request.Origin.Person, stop);
        return Digest.Of(key, one.Change.Normal).Agrees(past.Events[(int)version].Origin.Digest)
            ? new Judgement.Same()
            : Differs("the same, but if it were sent again: refused conflict");
    }

    private static Verdict VerdictOf(Refusal? refusal, Decision made) =>
        new(false, made.Events.Count + made.Further.Count, refusal?.Code, refusal?.Because ?? []);

    // What was said may be gone since; then the rest must be the same.
    private static bool IsSame(AnyEvent now, Recorded then)
    {
        var (one, other) = (StoredEvents.Encode(then with { Event = now }), StoredEvents.Encode(then));
        return one.Type == other.Type
            && one.Bytes.AsSpan().SequenceEqual(other.Bytes)
            && (other.Body is null || one.Body == other.Body);
    }

    private static Judgement Differs(string now) => new Judgement.Differs(now);

    private static Judgement Unknown(string why) => new Judgement.Unknown(why);
}
