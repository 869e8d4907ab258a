using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.EndToEnd;

/// <summary>
/// What a device holds at a cursor, folded by the contract alone and not by the client's code: a value, so that one can
/// go on from any earlier one.
/// </summary>
public sealed record Following(Guest By, string? Cursor, IReadOnlyDictionary<ConversationId, ConversationView> Views)
{
    public int Missed { get; private init; }

    public int Resets { get; private init; }

    public static Following OfNothing(Guest by) => new(by, null, new Dictionary<ConversationId, ConversationView>());

    /// <summary>With all that happened since.</summary>
    public async Task<Following> OnAsync()
    {
        var next = this with { Missed = 0, Resets = 0 };
        for (var more = true; more; )
        {
            var certify = Listing.From(next.Views.Keys.Take(Certificate.Most));
            var page = Must.Accept(await By.Client.ResumeAsync(next.Cursor, certify));
            Assert.False(page.IsReset);
            foreach (var one in page.Conversations)
                next = next.With(one);
            Assert.Empty(
                page.Certificates.SelectMany(one =>
                    next.Views.TryGetValue(one.Conversation, out var held) ? one.DriftOf(held) : []
                )
            );
            foreach (var one in page.Conversations)
                next = await next.CountedAsync(one.Conversation);
            (next, more) = (next with { Cursor = page.Cursor }, page.More);
        }
        return next;
    }

    // Counts alone do not say which of many old messages were unread: one asks again.
    private async Task<Following> CountedAsync(ConversationId where)
    {
        if (!Views.TryGetValue(where, out var view) || view.Unread.IsExact)
            return this;
        var (details, newest) = (await By.Client.GetAsync(where), await By.Client.HistoryAsync(where));
        return details.Case is Details found && newest.Case is HistoryPage page && found.Entry.Version >= view.Version
            ? With(new Resumption.Reset(where, found, page.Messages))
            : this;
    }

    private Following With(Resumption one)
    {
        var views = new Dictionary<ConversationId, ConversationView>(Views);
        switch (one)
        {
            case Resumption.Missed missed:
                views[one.Conversation] = JoinedOn(views.GetValueOrDefault(one.Conversation), missed);
                return this with { Views = views, Missed = Missed + 1 };
            case Resumption.Reset reset:
                views[one.Conversation] = Anew(reset);
                return this with { Views = views, Resets = Resets + 1 };
            default:
                views.Remove(one.Conversation);
                return this with { Views = views };
        }
    }

    // The suffix joins on to what is held, has no hole in itself, and nothing in it contradicts what was there.
    private static ConversationView JoinedOn(ConversationView? held, Resumption.Missed missed)
    {
        Assert.NotNull(held);
        var next = missed.Events.Count > 0 ? missed.Events[0].Version : held.Version + 1;
        Assert.True(next <= held.Version + 1, $"a hole: {held.Version} is held, {next} is what comes");
        foreach (var seen in missed.Events)
        {
            Assert.Equal(next, seen.Version);
            next = seen.Until + 1;
            if (held.IsNext(seen))
                held = held.Evolve(seen);
        }
        return held.Mark(missed.Marks);
    }

    private ConversationView Anew(Resumption.Reset reset)
    {
        var (details, entry) = (reset.Details, reset.Details.Entry);
        var state = Domain.Conversations.State.Initial with
        {
            Version = entry.Version,
            LastSeq = entry.Seq,
            Kind = entry.Kind,
            Name = entry.Name,
            Topic = details.Topic,
            Members = toMap(
                details.Members.Select(m =>
                    (
                        m.Person,
                        new Member(m.Role, m.JoinedAt, details.JoinedSeq, Listing<Interval>.Empty, m.Nickname)
                        {
                            Roles = m.Roles,
                            Grant = m.Grant,
                            TimedOutUntil = m.TimedOutUntil,
                        }
                    )
                )
            ),
            Invited = toMap(details.Invited.Select(person => (person, new Invitation(person, 0)))),
            Settings = details.Rules.Settings,
            Roles = toMap(details.Rules.Roles.Select(one => (one.Role, one.Definition))),
            Pins = details.Rules.Pins,
            Knocking = toSet(details.Rules.Knocking),
        };
        var history = new History(toMap(reset.Newest.Select(message => (message.Seq, message))));
        return new ConversationView(reset.Conversation, By.Person, state, history, Unread(reset));
    }

    private Unread Unread(Resumption.Reset reset)
    {
        var entry = reset.Details.Entry;
        var from = Math.Max(entry.Marks.Read, reset.Details.JoinedSeq);
        var unread = reset.Newest.Where(m => m.Seq > from && m.By != By.Person && !m.IsRedacted).ToList();
        var first = reset.Newest.Count > 0 ? reset.Newest[0].Seq : entry.Seq + 1;
        var mentions = unread.Count(m => m.Mentions.Contains(By.Person));
        var earlier =
            first - 1 > from
                ? new UnreadEarlier(first - 1, entry.Unread - unread.Count, entry.Mentions - mentions)
                : null;
        var known = toMap(unread.Select(m => (m.Seq, m.Mentions.Contains(By.Person))));
        return new Unread(By.Person, entry.Marks, known, earlier);
    }

    /// <summary>The same conversations, each the same as far as both hold it.</summary>
    public void IsSameAs(Following other)
    {
        Assert.Equal(other.Views.Keys.Order(), Views.Keys.Order());
        foreach (var (conversation, view) in Views)
        {
            var fresh = other.Views[conversation];
            Assert.Equal(Outline(fresh), Outline(view));
            var first = Math.Max(First(view), First(fresh));
            Assert.Equal(From(fresh, first), From(view, first));
        }
    }

    private static object Outline(ConversationView view) =>
        (
            (view.Version, view.State.LastSeq, view.State.Kind, view.State.Name, view.State.Topic),
            (view.Unread.Marks, view.Unread.Count, view.Unread.Mentions),
            string.Join(' ', view.State.Members.AsEnumerable().Select(Line)),
            string.Join(' ', view.State.Invited.Keys),
            (
                view.State.Settings,
                string.Join(' ', view.State.Roles),
                view.State.Pins,
                string.Join(' ', view.State.Knocking)
            )
        );

    private static string Line((PersonId Person, Member Member) one) =>
        $"{one.Person} {one.Member.Role} {one.Member.Nickname} {one.Member.Roles} {one.Member.Grant} "
        + $"{one.Member.TimedOutUntil}";

    private static long First(ConversationView view) =>
        view.History.Messages.IsEmpty ? 0 : view.History.Messages.Keys.First();

    private static List<Message> From(ConversationView view, long first) =>
        [.. view.History.After(first - 1, int.MaxValue)];
}
