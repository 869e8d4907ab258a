using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Views;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host;

/// <summary>What a conversation is to one of its people.</summary>
internal static class Detailing
{
    private const int GrantBytes = 500;

    /// <summary>
    /// All that a member sees of a state; who was asked in sees what it is called, and nothing of what goes on.
    /// </summary>
    public static Details Of(State state, InboxRow row, InboxEntry entry) =>
        row.Standing is Standing.Member
            ? new Details(
                entry,
                state.Topic,
                row.JoinedSeq,
                state.Members.Count,
                Listing.From(
                    state.Members.AsEnumerable().Take(Details.MaxMembers).Select(one => Entry(one, row.Sight))
                ),
                Listing.From(state.Invited.Keys.Take(Details.MaxMembers)),
                GoverningEntry.Of(state, row.Sight)
            )
            : new Details(
                entry,
                null,
                row.JoinedSeq,
                0,
                [],
                [],
                GoverningEntry.Of(Domain.Conversations.State.Initial, default)
            );

    /// <summary>A member as somebody sees them.</summary>
    public static MemberEntry Entry((PersonId Key, Member Value) pair, Sight sight) =>
        MemberEntry.Of(pair.Key, pair.Value, sight.Veils(pair.Key));

    /// <summary>What details take on the wire, roughly and never too little.</summary>
    public static int SizeOf(Details details) =>
        2_000
        + details.Members.Sum(member => 250 + (70 * member.Roles.Count) + (member.Grant == Grant.None ? 0 : GrantBytes))
        + (70 * (details.Invited.Count + details.Rules.Knocking.Count))
        + (40 * details.Rules.Pins.Count)
        + ((200 + GrantBytes) * details.Rules.Roles.Count);

    /// <summary>What a conversation is, to this person.</summary>
    public static async Task<Details> OfAsync(NpgsqlConnection connection, InboxRow row) =>
        await OfAsync(connection, row, await EntryAsync(connection, row));

    /// <summary>The same where its line of the inbox is known.</summary>
    public static async Task<Details> OfAsync(NpgsqlConnection connection, InboxRow row, InboxEntry entry)
    {
        var (current, _) = await StreamReads.LoadAsync(connection, row.Stream);
        return Of((State)current.State, row, entry);
    }

    /// <summary>The line of the inbox.</summary>
    public static async Task<InboxEntry> EntryAsync(NpgsqlConnection connection, InboxRow row) =>
        (await EntriesAsync(connection, [row]))[0];

    /// <summary>Lines of the inbox.</summary>
    public static async Task<List<InboxEntry>> EntriesAsync(NpgsqlConnection connection, IReadOnlyList<InboxRow> rows)
    {
        var members = rows.Where(row => row.Standing is Standing.Member).Select(row => (row.Stream, row.Sight));
        var newest = await HistoryReads.NewestAsync(connection, [.. members]);
        return [.. rows.Select(row => EntryOf(row, newest.GetValueOrDefault(row.Stream)))];
    }

    /// <summary>The line of the inbox, where the newest message is known.</summary>
    public static InboxEntry EntryOf(InboxRow row, Message? newest) =>
        new(
            row.Stream.Conversation,
            row.Standing,
            row.Kind,
            row.Name,
            row.Version,
            row.Seq,
            row.Marks,
            row.Unread,
            row.Mentions,
            newest
        );
}
