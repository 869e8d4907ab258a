using Chat.Domain.Views;
using Chat.Protocol.Wire;

namespace Chat.Protocol.Following;

/// <summary>
/// All that a device does to follow its conversations, without a connection or a clock: told what comes in, it says
/// what it wants done. It finds every hole by the version, and asks until nothing is missing: first for what it missed,
/// then for what does not join on to what it holds.
/// </summary>
/// <param name="Viewer">Whose device it is.</param>
/// <param name="Cursor">Where to resume from; null before the first time.</param>
public sealed record Follower(PersonId Viewer, string? Cursor = null)
{
    // Compared at each resumption; a host reads as much for one as to begin it anew.
    private const int Certified = 3;

    private enum Question
    {
        None,
        Resume,
        Begin,
    }

    /// <summary>The conversations as they are held.</summary>
    public HashMap<ConversationId, ConversationView> Views { get; private init; }

    /// <summary>
    /// Those that have to be asked for as they are, and in what each is held otherwise than the host says, if that is
    /// why.
    /// </summary>
    public Map<ConversationId, Listing<ViewPart>> Owed { get; private init; }

    /// <summary>How often one had drifted: a fault in what a host told, or in how it was taken.</summary>
    public long Drifts { get; private init; }

    /// <summary>How often something was missing.</summary>
    public long Gaps { get; private init; }

    /// <summary>How often all that was missed has come.</summary>
    public long Resumes { get; private init; }

    // What it waits for, and whether it has to resume (again) after it.
    private Question Asked { get; init; }
    private bool IsBehind { get; init; }

    // What is compared with the answer; of all that is held some each time.
    private Listing<ConversationId> Certifying { get; init; } = [];

    // Whether its person went somewhere while an answer was under way: it may be of before.
    private bool IsOutdated { get; init; }

    /// <summary>Whether it lacks nothing that it knows of, and waits for nothing.</summary>
    public bool IsLevel => Asked is Question.None && !IsBehind && Owed.IsEmpty;

    /// <summary>
    /// As it is kept, and gone on from later: what was asked then is answered to nobody, so one begins by waking it.
    /// </summary>
    public Follower AtRest => this with { Asked = Question.None, IsOutdated = false };

    /// <summary>After one more thing that it is told, and what it wants done.</summary>
    public (Follower Next, Seq<Wish> Wishes) Step(Signal signal) =>
        signal switch
        {
            Signal.Happened happened => Happened(happened.Conversation, happened.Seen),
            // Also where less is announced than is held: the host may have been put back to what was before.
            Signal.Announced { Heads: var heads } => (
                heads.IsReset || heads.Versions.Any(head => IsNews(head.Conversation, head.Version)) ? Behind() : this
            ).Wanting(this),
            // Where one holds nothing, what is being asked may be of before.
            Signal.Marked marked => Views
                .Find(marked.Conversation)
                .Map(view => Put(view.Mark(marked.Marks)))
                .IfNone(Asked is Question.None ? this : this with { IsBehind = true })
                .Wanting(this, marked.Conversation),
            Signal.Woken => (this with { IsBehind = true }).Wanting(this),
            Signal.Resumed or Signal.Begun when IsOutdated => (AtRest with { IsBehind = true }).Wanting(this),
            Signal.Resumed { Page: var page } => Resumed(page),
            Signal.Begun { Conversation: var begun } => (this with { Asked = Question.None })
                .Begun(begun)
                .Wanting(this, begun.Conversation),
            // Why not is among what was missed.
            Signal.Refused refused => (AtRest.Without(refused.Conversation) with { IsBehind = true }).Wanting(
                this,
                refused.Conversation
            ),
            Signal.CursorRefused => (this with { Cursor = null }).NotAnswered(),
            Signal.Unanswered => NotAnswered(),
        };

    private (Follower, Seq<Wish>) NotAnswered() =>
        (AtRest with { IsBehind = IsBehind || Asked is Question.Resume }, Seq1<Wish>(new Wish.WakeSoon()));

    // What one is asked into is held at no version, and announced at none once one is not any more.
    private bool IsNews(ConversationId conversation, long version) =>
        VersionOf(conversation) != version || version == 0 && Views.ContainsKey(conversation);

    private (Follower, Seq<Wish>) Happened(ConversationId conversation, Seen seen)
    {
        // Where one is not in, as far as one knows, what is heard may be of long before, or begin in the middle.
        if (Views.Find(conversation).Case is not ConversationView { Version: > 0 } view)
            return (this with { IsBehind = true }).Wanting(this);
        if (!view.IsNext(seen))
            return (view.Version < seen.Version ? Behind() : this).Wanting(this);
        // Whoever went holds it no more; what comes after, an invitation perhaps, begins anew.
        var next =
            seen is Seen.Shown { Event: var happened } && happened.Leaver == Viewer
                ? Without(conversation) with
                {
                    IsOutdated = Asked is not Question.None,
                }
                : Put(view.Evolve(seen));
        return next.Wanting(this, conversation);
    }

    private (Follower, Seq<Wish>) Resumed(ResumePage page)
    {
        // Nothing that is held can be trusted then; nor is what was heard meanwhile, which is asked for once more.
        var held =
            !Views.IsEmpty && (page.IsReset || Cursor is null)
                ? this with
                {
                    Views = default,
                    Owed = default,
                    IsBehind = true,
                }
                : this;
        var took = page.Conversations.Fold(held, (follower, one) => follower.Took(one));
        var compared = page.Certificates.Fold(took, (follower, one) => follower.Compared(one));
        var next = (page.More ? compared : compared.Missing(page.Certificates)) with
        {
            Cursor = page.Cursor,
            Asked = page.More ? Question.Resume : Question.None,
            Resumes = Resumes + (page.More ? 0 : 1),
        };
        var touched = Views
            .Keys.Where(conversation => !held.Views.ContainsKey(conversation))
            .Concat(page.Conversations.Select(one => one.Conversation))
            .Distinct();
        var (then, wishes) = next.Wanting(this, [.. touched]);
        return (then, page.More ? wishes.Add(new Wish.Resume(page.Cursor, Certifying)) : wishes);
    }

    private Follower Compared(Certificate certificate) =>
        Views.Find(certificate.Conversation).Map(certificate.DriftOf).Case is Listing<ViewPart> { Count: > 0 } parts
            ? this with
            {
                Drifts = Drifts + 1,
                Owed = Owed.AddOrUpdate(certificate.Conversation, parts),
            }
            : this;

    private Follower Took(Resumption one) =>
        one switch
        {
            Resumption.Missed missed => Missed(missed),
            Resumption.Reset reset => Begun(reset),
            Resumption.Left left => Without(left.Conversation),
            _ => this,
        };

    // What does not join on, as for one that came back after long, is asked for as it is.
    private Follower Missed(Resumption.Missed missed)
    {
        var conversation = missed.Conversation;
        if (missed.Events.Count > 0 && missed.Events[0].Version > VersionOf(conversation) + 1)
            return this with { Owed = Owed.TryAdd(conversation, []) };
        var view = missed.Events.Fold(
            Views.Find(conversation).IfNone(() => ConversationView.Of(conversation, Viewer)),
            (held, seen) => held.IsNext(seen) ? held.Evolve(seen) : held
        );
        return view.State.Exists ? Put(view.Mark(missed.Marks)) : this;
    }

    // Also where what is held is newer: what came before may be seen otherwise now, and what was heard meanwhile is
    // asked for.
    private Follower Begun(Resumption.Reset begun)
    {
        var next = (begun.Version < VersionOf(begun.Conversation) ? Behind() : this) with
        {
            Owed = Owed.Remove(begun.Conversation),
        };
        // Marks that moved meanwhile were heard already.
        var marks = Views.Find(begun.Conversation).Map(view => view.Unread.Marks).IfNone(Marks.None);
        return next.Put(Anew.ViewOf(begun, Viewer).Mark(marks));
    }

    // Of what one is in there is a certificate: else one is not, and begins anew to be told so.
    private Follower Missing(Listing<Certificate> certificates) =>
        Certifying
            .Where(id => VersionOf(id) > 0 && !certificates.Any(one => one.Conversation == id))
            .Aggregate(this, (follower, id) => follower with { Owed = follower.Owed.TryAdd(id, []) });

    // In order of their ids, and round again.
    private Listing<ConversationId> NextToCertify()
    {
        var last = Certifying.Count > 0 ? Certifying[^1] : default;
        return Listing.From(Views.Keys.OrderBy(id => (id.CompareTo(last) <= 0, id)).Take(Certified));
    }

    private Follower Behind() => this with { Gaps = Gaps + 1, IsBehind = true };

    private Follower Put(ConversationView view) =>
        this with
        {
            Views = Views.AddOrUpdate(view.Conversation, view),
            Owed = view.Unread.IsExact ? Owed : Owed.TryAdd(view.Conversation, []),
        };

    private Follower Without(ConversationId conversation) =>
        this with
        {
            Views = Views.Remove(conversation),
            Owed = Owed.Remove(conversation),
        };

    private long VersionOf(ConversationId conversation) => Views.Find(conversation).Map(view => view.Version).IfNone(0);

    // What changed is shown, and what is lacking asked for, unless something is being asked.
    private (Follower, Seq<Wish>) Wanting(Follower before, params ReadOnlySpan<ConversationId> touched)
    {
        var wishes = new List<Wish>();
        foreach (var conversation in touched)
            if (Views.Find(conversation).Case is not ConversationView view)
                wishes.Add(new Wish.Drop(conversation));
            else if (!ReferenceEquals(before.Views.Find(conversation).Case, view))
                wishes.Add(new Wish.Show(view));
        var next = this;
        if (Asked is Question.None && IsBehind)
        {
            next = this with { Asked = Question.Resume, IsBehind = false, Certifying = NextToCertify() };
            wishes.Add(new Wish.Resume(Cursor, next.Certifying));
        }
        else if (Asked is Question.None && !Owed.IsEmpty)
        {
            next = this with { Asked = Question.Begin };
            var (first, drifted) = Owed.First();
            wishes.Add(new Wish.Begin(first, drifted));
        }
        return (next, toSeq(wishes).Strict());
    }
}
