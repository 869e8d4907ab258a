using Chat.Domain.Views;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host;

/// <summary>What a device missed, and what it begins anew with.</summary>
internal static class ResumeQueries
{
    private const int NewestOnReset = 50;
    private const int BytesOfLine = 200;
    private const int MostBytes = 150_000;

    /// <summary>A page of what was missed since a cursor; with the last, what some conversations come to.</summary>
    public static async Task<byte[]> AnswerAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        Ask.Resume ask
    )
    {
        var text = ask.Cursor;
        var (epoch, oldest, newest) = await ResumeReads.NowAsync(connection);
        var given = Optional(text)
            .Bind(Cursor.Decode)
            .Filter(cursor => cursor.Epoch == epoch && cursor.Since <= newest);
        var cursor = given.IfNone(new Cursor(epoch, 0, oldest, ""));
        // The first page decides where all of them lead: what is committed meanwhile is fetched next time.
        if (cursor.After.Length == 0)
            cursor = cursor with { Next = oldest };
        var rows = await PersonReads.ChangedAsync(connection, person, cursor.Since, cursor.After, 101);
        var page = new List<Resumption>();
        var bytes = 0;
        await foreach (var (one, size) in ResumptionsAsync(connection, [.. rows.Take(100)], cursor.Since))
        {
            if (bytes + size > MostBytes && page.Count > 0)
                break;
            bytes += size;
            page.Add(one);
        }
        var more = rows.Count > page.Count;
        var next = more
            ? cursor with
            {
                After = rows[page.Count - 1].Stream.ToString(),
            }
            : new Cursor(epoch, cursor.Next, 0, "");
        var isReset = text is not null && given.IsNone;
        var found = page.Count == 0 ? "nothing" : "missed";
        Meters.Resumed(isReset ? "reset" : found);
        var told = page.Where(one => cursor.Since > 0 || one is not Resumption.Left);
        var certificates = more ? [] : await CertifiedAsync(connection, tenant, person, ask.Certify);
        return Answers.Ok(new ResumePage(next.Encode(), isReset, Listing.From(told), more, certificates));
    }

    private static async Task<Listing<Certificate>> CertifiedAsync(
        NpgsqlConnection connection,
        TenantId tenant,
        PersonId person,
        Listing<ConversationId> conversations
    )
    {
        var certificates = new List<Certificate>();
        foreach (var conversation in conversations.Distinct())
        {
            var row = await PersonReads.FindAsync(connection, person, StreamKey.Of(tenant, conversation));
            if (row.Case is InboxRow { Standing: Standing.Member } found)
                certificates.Add(Certificate.Of((await BegunAsync(connection, found)).Begun, person));
        }
        return Listing.From(certificates);
    }

    // What is missing is counted for all of them at once, and read for as many as fit into one.
    private static async IAsyncEnumerable<(Resumption One, int Size)> ResumptionsAsync(
        NpgsqlConnection connection,
        IReadOnlyList<InboxRow> rows,
        ulong since
    )
    {
        var held = rows.Where(row => since > 0 && row.Standing is Standing.Member && !ResumeReads.IsNewTo(row, since));
        var gaps = await ResumeReads.GapsAsync(connection, [.. held], since);
        var few = new Queue<Gap>(gaps.Where(gap => gap.Count is > 0 and <= ResumeReads.MostMissed));
        var missed = gaps.Where(gap => gap.Count == 0).ToDictionary(gap => gap.Row.Stream, _ => Seq<Seen>());
        foreach (var row in rows)
        {
            var conversation = row.Stream.Conversation;
            if (few.TryPeek(out var next) && next.Row.Stream == row.Stream)
                foreach (var (stream, seen) in await ResumeReads.MissedAsync(connection, Together(few)))
                    missed[stream] = seen;
            if (row.Standing is Standing.Former)
                yield return (
                    new Resumption.Left(conversation, row.Sight.Access.Count > 0 ? row.Sight.Access[^1].Until : 0),
                    150
                );
            else if (missed.TryGetValue(row.Stream, out var told) && told.Sum(Sizes.Of) is var size and <= MostBytes)
                yield return (new Resumption.Missed(conversation, Listing.From(told), row.Marks), 200 + size);
            else
                yield return await BegunAsync(connection, row);
        }
    }

    // The first, and as many more as one alone may have.
    private static List<Gap> Together(Queue<Gap> gaps)
    {
        var (some, count) = (new List<Gap>(), 0L);
        while (gaps.TryPeek(out var next) && (some.Count == 0 || count + next.Count <= ResumeReads.MostMissed))
        {
            some.Add(gaps.Dequeue());
            count += next.Count;
        }
        return some;
    }

    /// <summary>All that is needed to begin a conversation anew, and about how many bytes it takes.</summary>
    public static async Task<(Resumption.Reset Begun, int Size)> BegunAsync(NpgsqlConnection connection, InboxRow row)
    {
        var newest = row.Standing is Standing.Member ? await NewestAsync(connection, row) : new HistoryPage([], false);
        var details = await Detailing.OfAsync(connection, row, Detailing.EntryOf(row, newest.Messages.LastOrDefault()));
        var size = Detailing.SizeOf(details) + newest.Messages.Sum(Sizes.Of);
        return (
            new Resumption.Reset(row.Stream.Conversation, details, newest.Messages) { Lines = newest.Lines },
            size + (BytesOfLine * newest.Lines.Count)
        );
    }

    private static async Task<HistoryPage> NewestAsync(NpgsqlConnection connection, InboxRow row)
    {
        var from = (Anchor.Before, Requests.MaxNumber);
        var page = await HistoryReads.PageAsync(connection, row.Stream, row.Sight, from, NewestOnReset, MostBytes / 4);
        return await LineReads.WithLinesAsync(connection, row.Stream, row.Sight, from, page);
    }
}
