using System.Collections.Concurrent;
using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Host.Driving;
using Chat.Host.Nats;
using Chat.Protocol.Wire;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Chat.Host.Tests.Planted;

/// <summary>Faults of what is read.</summary>
internal static class ReadFaults
{
    private static readonly ConcurrentDictionary<ConversationId, PersonId> First = new();
    private static readonly ConcurrentDictionary<(PersonId, ConversationId), byte[]> Before = new();

    public static IEnumerable<Fault> All =>
        [
            new("shows its history to whoever asks")
            {
                Answer = (queries, person, device, ask) => AsFirst<Ask.History>(queries, person, device, ask),
            },
            new("finds what the seeker does not see")
            {
                Answer = (queries, person, device, ask) => AsFirst<Ask.Search>(queries, person, device, ask),
            },
            new("answers from what it read before") { Answer = StaleAsync },
            History("ends a page too early", 0, page => page with { Messages = Less(page.Messages) }),
            History("says that there is no more", 22, page => page with { More = false }),
            History("loses reactions", 21, page => Each(page, message => message with { Reactions = [] })),
            History("does not say what was edited", 0, page => Each(page, message => message with { EditedAt = null })),
            History("loses what was quoted", 21, page => Each(page, message => message with { ReplyTo = null })),
            History(
                "leaves out what was taken back",
                18,
                page => page with { Messages = Listing.From(page.Messages.Where(message => !message.IsRedacted)) }
            ),
            new("begins a page with the end of the one before", 22)
            {
                Answer = (queries, person, device, ask) =>
                    queries.AnswerAsync(
                        person,
                        device,
                        ask is Ask.History { Anchor: Anchor.After, Seq: > 0 } page
                            ? page with
                            {
                                Seq = page.Seq - 1,
                            }
                            : ask
                    ),
            },
            Inbox(
                "counts what was taken back",
                18,
                entry => Counted(entry, entry.Last is { IsRedacted: true } ? 1 : 0)
            ),
            Inbox("counts one too many when there are some", 0, entry => Counted(entry, entry.Unread > 0 ? 1 : 0)),
            Inbox("counts no mentions", 0, entry => entry with { Mentions = 0 }),
            Inbox("takes for read what was received", 0, entry => entry with { Marks = Received(entry.Marks) }),
            Details("forgets the topic", 22, found => found with { Topic = null }),
            Details("forgets the pins", 23, found => found with { Rules = found.Rules with { Pins = [] } }),
            Details("names everybody an owner", 0, found => found with { Members = Owners(found.Members) }),
            Details(
                "tells the settings of a new conversation",
                0,
                found => found with { Rules = found.Rules with { Settings = Settings.Of(found.Entry.Kind) } }
            ),
            Resume("skips a version when one comes back", 0, one => Missing(one, events => events.Skip(1))),
            Resume("forgets the last of what was missed", 0, one => Missing(one, events => events.SkipLast(1))),
            Resume("does not say that one is out", 18, one => one is Resumption.Left ? null : one),
            Certify("certifies another number of unread messages", one => one with { Unread = one.Unread + 1 }),
            Certify("certifies what it does not show", one => one with { Messages = one.Messages ^ 1 }),
            new("says to whoever asks what is there") { Answer = RevealAsync },
            new("explains that everything is allowed")
            {
                Answer = (queries, person, device, ask) =>
                    ask is Ask.Explain
                        ? Task.FromResult(Right<Refusal, byte[]>(Allowed))
                        : queries.AnswerAsync(person, device, ask),
            },
        ];

    private static byte[] Allowed =>
        ExplainAnswers.Ok(new ExplanationEntry(new Explanation(new Verdict(null, []), [])));

    private static Fault History(string name, int from, Func<HistoryPage, HistoryPage> change) =>
        Fault.Of<Ask.History, HistoryPage>(name, from, Decoding.History, (_, page) => Answers.Ok(change(page)));

    private static Fault Inbox(string name, int from, Func<InboxEntry, InboxEntry> change) =>
        Fault.Of<Ask.List, InboxPage>(
            name,
            from,
            Decoding.Inbox,
            (_, page) => Answers.Ok(page with { Entries = Listing.From(page.Entries.Select(change)) })
        );

    private static Fault Details(string name, int from, Func<Details, Details> change) =>
        Fault.Of<Ask.Get, Details>(name, from, Decoding.Details, (_, found) => Answers.Ok(change(found)));

    private static Fault Resume(string name, int from, Func<Resumption, Resumption?> change) =>
        Fault.Of<Ask.Resume, ResumePage>(
            name,
            from,
            Decoding.Resume,
            (_, page) =>
                Answers.Ok(
                    page with
                    {
                        Conversations = Listing.From(page.Conversations.Select(change).OfType<Resumption>()),
                    }
                )
        );

    private static Fault Certify(string name, Func<Certificate, Certificate> change) =>
        Fault.Of<Ask.Resume, ResumePage>(
            name,
            0,
            Decoding.Resume,
            (_, page) => Answers.Ok(page with { Certificates = Listing.From(page.Certificates.Select(change)) })
        );

    private static ConversationId? Of(Ask ask) =>
        ask switch
        {
            Ask.Get get => get.Conversation,
            Ask.History history => history.Conversation,
            Ask.Search search => search.Conversation,
            Ask.Audit audit => audit.Conversation,
            _ => null,
        };

    // Whoever was first to be told what it is has been in from its beginning, mostly.
    internal static async Task<Either<Refusal, byte[]>> AsFirst<TAsk>(
        IQueries queries,
        PersonId person,
        DeviceId device,
        Ask ask
    )
        where TAsk : Ask
    {
        var conversation = Of(ask);
        var asWhom =
            ask is TAsk && conversation is { } there && First.TryGetValue(there, out var first) ? first : person;
        var answer = await queries.AnswerAsync(asWhom, device, ask);
        if (ask is Ask.Get && answer.IsRight)
            First.TryAdd(conversation!.Value, person);
        return answer;
    }

    private static async Task<Either<Refusal, byte[]>> StaleAsync(
        IQueries queries,
        PersonId person,
        DeviceId device,
        Ask ask
    )
    {
        if (ask is not Ask.Get get)
            return await queries.AnswerAsync(person, device, ask);
        if (Before.TryRemove((person, get.Conversation), out var held))
            return held;
        var answer = await queries.AnswerAsync(person, device, ask);
        answer.IfRight(bytes => Before[(person, get.Conversation)] = bytes);
        return answer;
    }

    private static async Task<Either<Refusal, byte[]>> RevealAsync(
        IQueries queries,
        PersonId person,
        DeviceId device,
        Ask ask
    ) =>
        (await queries.AnswerAsync(person, device, ask)).MapLeft(refusal =>
            refusal is Refusal.NotFound && ask is Ask.History ? new Refusal.NotAMember("member.required") : refusal
        );

    private static HistoryPage Each(HistoryPage page, Func<Message, Message> change) =>
        page with
        {
            Messages = Listing.From(page.Messages.Select(change)),
        };

    private static Listing<Message> Less(Listing<Message> messages) =>
        messages.Count < 3 ? messages : Listing.From(messages.SkipLast(1));

    private static InboxEntry Counted(InboxEntry entry, int more) => entry with { Unread = entry.Unread + more };

    private static Marks Received(Marks marks) => new(marks.Delivered, marks.Delivered);

    private static Listing<MemberEntry> Owners(Listing<MemberEntry> members) =>
        Listing.From(members.Select(member => member with { Role = Role.Owner }));

    private static Resumption Missing(Resumption one, Func<IEnumerable<Seen>, IEnumerable<Seen>> left) =>
        one is Resumption.Missed { Events.Count: > 1 } missed
            ? missed with
            {
                Events = Listing.From(left(missed.Events)),
            }
            : one;
}
