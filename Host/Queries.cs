using System.Collections.Concurrent;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Files;
using Chat.Host.House;
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
    ConversationId? staff,
    Household house
) : IQueries
{
    private const int MostBytes = 150_000;
    private static readonly TimeSpan TypingPause = TimeSpan.FromSeconds(2);
    private readonly PeopleQueries people = new(tenant, sessions);
    private readonly MeetingQueries meeting = new(tenant, now);
    private readonly RuleQueries rules = new(database, tenant, now);
    private readonly ViewQueries views = new(tenant, new(database, tenant, now));
    private readonly ReportQueries reports = new(tenant, staff, now);
    private readonly FileQueries fileQueries = new(files, tenant, new(database, tenant, now));
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
            Ask.View view => await views.AnswerAsync(connection, person, view),
            Ask.Search search => await SearchQueries.AnswerAsync(connection, database.Replica, tenant, person, search),
            Ask.Begin begin => await BeginAsync(connection, person, begin),
            Ask.Resume resume => await ResumeQueries.AnswerAsync(connection, tenant, person, resume),
            Ask.Typing typing => await TypingAsync(connection, person, typing.Conversation),
            Ask.Explain or Ask.ExplainHistory or Ask.WhatIf or Ask.Bans or Ask.Links or Ask.Words or Ask.Audit =>
                await rules.AnswerAsync(connection, person, ask),
            Ask.Friends friends => PairAnswers.Ok(
                await PairReads.ListAsync(connection, person, friends.After, friends.Limit)
            ),
            Ask.Upload or Ask.Fetch or Ask.FetchReported => await fileQueries.AnswerAsync(
                connection,
                person,
                device,
                ask
            ),
            Ask.Profiles or Ask.Find or Ask.Devices or Ask.Self => await people.AnswerAsync(connection, person, ask),
            Ask.Meet meet => await meeting.AnswerAsync(connection, person, meet.Limit),
            Ask.Play => new Refusal.Malformed(["do: a command of the table"]),
            Ask.House or Ask.Closest or Ask.GameLog or Ask.Look or Ask.Here or Ask.Fling or Ask.Pass =>
                await house.Queries.AnswerAsync(connection, person, device, ask),
            Ask.CallWith or Ask.PassOn or Ask.Relays => await house.Calls.AnswerAsync(connection, person, device, ask),
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
            ? Answers.Ok(await Detailing.OfAsync(connection, found))
            : await OutsideAsync(connection, person, stream);
    }

    private async Task<Either<Refusal, byte[]>> BeginAsync(NpgsqlConnection connection, PersonId person, Ask.Begin ask)
    {
        var stream = Key(ask.Conversation);
        foreach (var part in ask.Drifted)
            Meters.Drifted(part);
        var row = await PersonReads.FindAsync(connection, person, stream);
        return row.Case is InboxRow { Standing: not Standing.Former } found
            ? Answers.Ok((await ResumeQueries.BegunAsync(connection, found)).Begun)
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
            (await PersonReads.StandingAsync(connection, person, stream)).Case
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
        foreach (var entry in await Detailing.EntriesAsync(connection, [.. rows.Take(ask.Limit)]))
        {
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
            (await PersonReads.StandingAsync(connection, person, stream)).Case
                is InboxRow { Standing: Standing.Member } row
            ? Answers.Ok(
                await database.Replica.ReadAsync(connection, row, (from, sight) => PageAsync(from, stream, sight, ask))
            )
            : await OutsideAsync(connection, person, stream);
    }

    private static async Task<HistoryPage> PageAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        Sight sight,
        Ask.History ask
    )
    {
        var from = (ask.Anchor, ask.Seq);
        var page = await HistoryReads.PageAsync(connection, stream, sight, from, ask.Limit);
        return await LineReads.WithLinesAsync(connection, stream, sight, from, page);
    }

    private async Task<Either<Refusal, byte[]>> TypingAsync(
        NpgsqlConnection connection,
        PersonId person,
        ConversationId conversation
    )
    {
        var stream = Key(conversation);
        if (
            (await PersonReads.StandingAsync(connection, person, stream)).Case
            is not InboxRow { Standing: Standing.Member }
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
}
