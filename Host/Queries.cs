using System.Collections.Concurrent;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Files;
using Chat.Host.Nats;
using Chat.Host.Operate;
using Chat.Host.Store;
using Chat.Protocol.Wire;
using Npgsql;
using static Chat.Host.Outside;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host;

/// <summary>
/// Answers queries, each from one snapshot of the database: what was acknowledged is in it, and no memory that may be
/// old. What somebody may see is <see cref="Visibility"/>'s; what is not theirs looks like what is not there.
/// </summary>
internal sealed class Queries(
    Database database,
    TenantId tenant,
    Func<bool> isLeaseHeld,
    Func<Instant> now,
    Sessions sessions,
    Fanout fanout,
    FilesOfHost files,
    ConversationId? staff
) : IQueries
{
    private const int NewestOnReset = 50;
    private const int MostBytes = 150_000;
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(2);
    private readonly PeopleQueries people = new(tenant, sessions);
    private readonly RuleQueries rules = new(tenant, now);
    private readonly ReportQueries reports = new(tenant, staff, now);
    private readonly FileQueries fileQueries = new(files, tenant, new(tenant, now));
    private readonly ConcurrentDictionary<(PersonId, ConversationId), long> typed = new();

    /// <inheritdoc/>
    public async Task<Either<Refusal, byte[]>> AnswerAsync(PersonId person, DeviceId device, Ask ask)
    {
        if (!isLeaseHeld())
            return new Refusal.Moved();
        await using var connection = await database.Reads.OpenConnectionAsync();
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        Either<Refusal, byte[]> answer = ask switch
        {
            Ask.Get get => await GetAsync(connection, person, Key(get.Conversation)),
            Ask.Members members => await MembersAsync(connection, person, members),
            Ask.List list => await ListAsync(connection, person, list),
            Ask.History history => await HistoryAsync(connection, person, history),
            Ask.Search search => await SearchQueries.AnswerAsync(connection, tenant, person, search),
            Ask.Resume resume => await ResumeAsync(connection, person, resume.Cursor),
            Ask.Typing typing => await TypingAsync(connection, person, typing.Conversation),
            Ask.Explain or Ask.ExplainHistory or Ask.WhatIf or Ask.Bans or Ask.Links or Ask.Words or Ask.Audit =>
                await rules.AnswerAsync(connection, person, ask),
            Ask.Friends friends => PairAnswers.Ok(
                await PairReads.ListAsync(connection, person, friends.After, friends.Limit)
            ),
            Ask.Upload or Ask.Fetch => await fileQueries.AnswerAsync(connection, person, device, ask),
            Ask.Profiles or Ask.Devices or Ask.Self => await people.AnswerAsync(connection, person, ask),
            _ => await reports.AnswerAsync(connection, person, ask),
        };
        await snapshot.CommitAsync();
        return answer;
    }

    private StreamKey Key(ConversationId conversation) => StreamKey.Of(tenant, conversation);

    private async Task<Either<Refusal, byte[]>> GetAsync(NpgsqlConnection connection, PersonId person, StreamKey stream)
    {
        var row = await PersonReads.FindAsync(connection, person, stream);
        return row.Case is InboxRow { Standing: not Standing.Former } found
            ? Answers.Ok(await DetailsAsync(connection, found))
            : await OutsideAsync(connection, person, stream);
    }

    private async Task<Either<Refusal, byte[]>> MembersAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.Members ask
    )
    {
        var stream = Key(ask.Conversation);
        if (
            (await PersonReads.FindAsync(connection, person, stream)).Case
            is not InboxRow { Standing: Standing.Member } row
        )
            return await OutsideAsync(connection, person, stream);
        var (current, _) = await StreamReads.LoadAsync(connection, stream);
        var members = ((State)current.State).Members.AsEnumerable();
        var rest = members.SkipWhile(pair => ask.After is { } after && pair.Key.CompareTo(after) <= 0);
        var page = rest.Take(ask.Limit + 1).Select(one => Detailing.Entry(one, row.Sight)).ToArray();
        return Answers.Ok(new MembersPage(Listing.From(page.Take(ask.Limit)), page.Length > ask.Limit));
    }

    private async Task<byte[]> ListAsync(NpgsqlConnection connection, PersonId person, Ask.List ask)
    {
        var after = ask.After is { } last ? Key(last).ToString() : "";
        var rows = await PersonReads.ListAsync(connection, person, after, ask.Limit + 1);
        var entries = new List<InboxEntry>();
        var bytes = 0;
        foreach (var row in rows.Take(ask.Limit))
        {
            var entry = await EntryAsync(connection, row);
            bytes += 600 + (entry.Last is null ? 0 : Sizes.Of(entry.Last));
            if (bytes > MostBytes && entries.Count > 0)
                break;
            entries.Add(entry);
        }
        return Answers.Ok(new InboxPage(Listing.From(entries), rows.Count > entries.Count));
    }

    private async Task<Either<Refusal, byte[]>> HistoryAsync(
        NpgsqlConnection connection,
        PersonId person,
        Ask.History ask
    )
    {
        var stream = Key(ask.Conversation);
        return
            (await PersonReads.FindAsync(connection, person, stream)).Case is InboxRow { Standing: Standing.Member } row
            ? Answers.Ok(await HistoryReads.PageAsync(connection, stream, row.Sight, (ask.Anchor, ask.Seq), ask.Limit))
            : await OutsideAsync(connection, person, stream);
    }

    private async Task<Either<Refusal, byte[]>> TypingAsync(
        NpgsqlConnection connection,
        PersonId person,
        ConversationId conversation
    )
    {
        var stream = Key(conversation);
        if (
            (await PersonReads.FindAsync(connection, person, stream)).Case is not InboxRow { Standing: Standing.Member }
        )
            return await OutsideAsync(connection, person, stream);
        var now = TimeProvider.System.GetTimestamp();
        var last = typed.GetOrAdd((person, conversation), 0);
        // A lease of seconds: saying it more often than that says nothing more.
        if (last != 0 && TimeProvider.System.GetElapsedTime(last, now) < TypingPause)
            return Answers.Ok();
        if (typed.Count > 50_000)
            typed.Clear();
        typed[(person, conversation)] = now;
        var members = await PersonReads.MembersAmongAsync(connection, stream, sessions.People);
        fanout.PublishTyping(conversation, person, members);
        return Answers.Ok();
    }

    private static async Task<InboxEntry> EntryAsync(NpgsqlConnection connection, InboxRow row)
    {
        var last =
            row.Standing is Standing.Member
                ? await HistoryReads.PageAsync(
                    connection,
                    row.Stream,
                    row.Sight,
                    (Anchor.Before, Requests.MaxNumber),
                    1
                )
                : null;
        return new InboxEntry(
            row.Stream.Conversation,
            row.Standing,
            row.Kind,
            row.Name,
            row.Version,
            row.Seq,
            row.Marks,
            row.Unread,
            row.Mentions,
            last is { Messages.Count: > 0 } ? last.Messages[0] : null
        );
    }

    private async Task<Details> DetailsAsync(NpgsqlConnection connection, InboxRow row)
    {
        var (current, _) = await StreamReads.LoadAsync(connection, row.Stream);
        return Detailing.Of((State)current.State, row, await EntryAsync(connection, row));
    }

    private async Task<byte[]> ResumeAsync(NpgsqlConnection connection, PersonId person, string? text)
    {
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
        foreach (var row in rows.Take(100))
        {
            var (one, size) = await ResumptionAsync(connection, row, cursor.Since);
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
        return Answers.Ok(new ResumePage(next.Encode(), isReset, Listing.From(told), more));
    }

    private async Task<(Resumption One, int Size)> ResumptionAsync(
        NpgsqlConnection connection,
        InboxRow row,
        ulong since
    )
    {
        var conversation = row.Stream.Conversation;
        if (row.Standing is Standing.Former)
            return (
                new Resumption.Left(conversation, row.Sight.Access.Count > 0 ? row.Sight.Access[^1].Until : 0),
                150
            );
        var isNew = since == 0 || row.Standing is Standing.Invited || ResumeReads.IsNewTo(row, since);
        if (!isNew && (await ResumeReads.MissedAsync(connection, row, since, MostBytes)).Case is Seq<Seen> missed)
            return (new Resumption.Missed(conversation, Listing.From(missed), row.Marks), 200 + missed.Sum(Sizes.Of));
        var newest =
            row.Standing is Standing.Member
                ? await HistoryReads.PageAsync(
                    connection,
                    row.Stream,
                    row.Sight,
                    (Anchor.Before, Requests.MaxNumber),
                    NewestOnReset,
                    MostBytes / 4
                )
                : new HistoryPage([], false);
        var details = await DetailsAsync(connection, row);
        var size = Detailing.SizeOf(details) + newest.Messages.Sum(Sizes.Of);
        return (new Resumption.Reset(conversation, details, newest.Messages), size);
    }
}
