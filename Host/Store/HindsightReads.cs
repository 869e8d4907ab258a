using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Protocol.Stored;
using Chat.Protocol.Wire;
using Npgsql;
using NpgsqlTypes;
using Standing = Chat.Domain.Views.Standing;

namespace Chat.Host.Store;

/// <summary>
/// A conversation as it stood after a version: <see cref="Hindsight"/>, read in pieces. What was said is read a page at
/// a time and counted by what the indexes hold, as it is for now; it is never read whole.
/// </summary>
internal static class HindsightReads
{
    private const int Piece = 1_000;
    private const int MessagesAtOnce = 200;

    private static readonly short[] Said =
    [
        .. EventTypes
            .All.Where(type =>
                type.Type == typeof(Event.MessageEdited)
                || type.Type == typeof(Event.Reacted)
                || type.Type == typeof(Event.Unreacted)
            )
            .Select(type => type.Number),
    ];

    /// <summary>
    /// The state after a version, but for when members last spoke. It is folded from all that was done until then, less
    /// what was said and put under it, 1,000 at a time; from the snapshot on where that is not later. It costs what
    /// people came and went, roles, pins and take-backs there were, however much was said between.
    /// </summary>
    public static async Task<State> StateAsync(NpgsqlConnection connection, StreamKey stream, long version)
    {
        var snapshot = (State)(await StreamReads.SnapshotAsync(connection, stream, default)).State;
        var state = snapshot.Version <= version ? snapshot : Domain.Conversations.State.Initial;
        for (var read = Piece; read == Piece; )
            (state, read) = await PieceAsync(connection, stream, version, state);
        var next = await StreamReads.FirstSeqAsync(connection, stream, version + 1);
        return state with { Version = version, LastSeq = next - 1 };
    }

    private static async Task<(State State, int Read)> PieceAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        long version,
        State state
    )
    {
        const string Sql = $"""
            select {RecordedRows.Columns}, n.seq from chat.chat_notes n
            join chat.mt_events e on e.stream_id = n.stream_id and e.version = n.version
            where n.stream_id = $1 and (n.seq, n.version) > ($2, $3)
              and n.seq <= chat.chat_seq_at($1, $4) and n.version <= $4 and n.type <> all($5)
            order by n.seq, n.version limit $6
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(stream.ToString())
            .With(state.LastSeq)
            .With(state.Version)
            .With(version)
            .WithEach(Said, NpgsqlDbType.Smallint)
            .With(Piece, NpgsqlDbType.Integer);
        var count = 0;
        await using var reader = await command.ExecuteReaderAsync();
        for (; await reader.ReadAsync(); count++)
        {
            var recorded = RecordedRows.Read(reader, 0);
            // What lies between was said, and counts as versions and numbers.
            var before = state with
            {
                Version = recorded.Version - 1,
                LastSeq = reader.GetInt64(6),
            };
            state = Evolution.Evolve(before, (Event)recorded.Event);
        }
        return (state, count);
    }

    /// <summary>
    /// Where a person stood to it, as far as whoever asks may see it; none where they were not in, and not asked in.
    /// </summary>
    public static async Task<Option<InboxRow>> FindAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        State then,
        (PersonId Person, Marks Marks) whose,
        Sight asker
    )
    {
        var known = Hindsight.Known(then, whose.Person);
        if (known.Kind is not { } kind)
            return None;
        var sight = Hindsight.SightOf(then, whose.Person).Within(asker);
        var row = new InboxRow(
            stream,
            Standing.Invited,
            sight,
            0,
            kind,
            known.Name,
            known.Version,
            known.LastSeq,
            default,
            0,
            0,
            0
        );
        if (then.Members.Find(whose.Person).Case is not Member member)
            return row;
        var marks = whose.Marks.Within(then.LastSeq);
        var since = sight.Within(Sight.Of([Interval.OpenFrom(member.JoinedAt + 1)]));
        var (unread, mentions) = await CountsAsync(connection, row with { Sight = since }, whose.Person, marks.Read);
        foreach (var seqs in (await EditedAsync(connection, row, marks.Read)).Chunk(MessagesAtOnce))
        {
            var events = await StreamReads.AboutAsync(connection, stream, seqs);
            var seen = Visibility.ShowAll(sight, toSeq(events.OrderBy(one => one.Version)).Strict());
            mentions += Hindsight.UnreadOf(then, whose.Person, marks, seen).Mentions;
        }
        return row with
        {
            Standing = Standing.Member,
            JoinedSeq = member.JoinedSeq,
            Marks = marks,
            Unread = unread,
            Mentions = mentions,
        };
    }

    // As the inbox counts. Of what was edited since, whom it mentioned then is not in the rows.
    private static async Task<(int Unread, int Mentions)> CountsAsync(
        NpgsqlConnection connection,
        InboxRow row,
        PersonId person,
        long read
    )
    {
        const string Sql = """
            select
                (select count(*) from unnest($2::bigint[], $3::bigint[]) as a(first, last)
                 join chat.mt_events e on e.stream_id = $1
                    and e.version between greatest(a.first, chat.chat_version_of($1, $6 + 1)) and a.last
                 where e.type = 'conversation.message_sent.v1' and e.user_name <> $4 and e.user_name <> all($5))
                - (select count(distinct n.target_seq) from chat.chat_notes n
                   cross join lateral (select chat.chat_version_of($1, n.target_seq) as version) m
                   join unnest($2::bigint[], $3::bigint[]) as a(first, last) on m.version between a.first and a.last
                   where n.stream_id = $1 and n.target_seq > $6 and n.type = 10
                     and n.target_by <> $4 and n.target_by <> all($5)),
                (select count(distinct t.seq) from chat.chat_mentions t
                 cross join lateral (select chat.chat_version_of($1, t.seq) as version) m
                 join unnest($2::bigint[], $3::bigint[]) as a(first, last) on m.version between a.first and a.last
                 where (t.person = $4 or (t.person = '*' and t.by <> $4)) and t.stream_id = $1 and t.seq > $6
                   and (t.by is null or t.by <> all($5))
                   and not exists (select 1 from chat.chat_notes n where n.stream_id = $1
                     and n.target_seq = t.seq and n.version > $7 and n.type = 9))
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(row.Stream.ToString())
            .WithEach(row.Sight.Access.Select(stretch => stretch.From))
            .WithEach(row.Sight.Access.Select(stretch => stretch.Until))
            .With(person.Value)
            .WithEach(row.Sight.Veiled.Select(one => one.Value))
            .With(read)
            .With(row.Version);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return ((int)reader.GetInt64(0), (int)reader.GetInt64(1));
    }

    // The messages of then, beyond a number, that were edited since.
    private static async Task<List<long>> EditedAsync(NpgsqlConnection connection, InboxRow row, long read)
    {
        const string Sql = """
            select distinct n.target_seq from chat.chat_notes n
            where n.stream_id = $1 and n.target_seq > $2 and n.target_seq <= $3 and n.version > $4 and n.type = 9
            """;
        await using var command = new NpgsqlCommand(Sql, connection)
            .With(row.Stream.ToString())
            .With(read)
            .With(row.Seq)
            .With(row.Version);
        var seqs = new List<long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            seqs.Add(reader.GetInt64(0));
        return seqs;
    }

    /// <summary>
    /// A page of what a sight shows, as far as another shows it, too: of the rest the numbers.
    /// </summary>
    public static async Task<(HistoryPage Page, Listing<long> Hidden)> PageAsync(
        NpgsqlConnection connection,
        StreamKey stream,
        (Sight Theirs, Sight Asker) sights,
        (Anchor Anchor, long Seq) from,
        int limit,
        int mostBytes
    )
    {
        var wanted = await HistoryReads.WantedAsync(connection, stream, sights.Theirs.Access, from, limit);
        var shared = sights.Theirs.Within(sights.Asker);
        var messages = await HistoryReads.MessagesAsync(connection, stream, shared, wanted.Ranges);
        var isBackward = from.Anchor is Anchor.Before;
        var page = HistoryReads.Fitting(messages, isBackward, wanted.More, mostBytes);
        // Where it was cut to fit, it ends with what was cut off.
        var (least, most) =
            page.Messages.Count == messages.Count ? (0, long.MaxValue)
            : isBackward ? (messages[^(page.Messages.Count + 1)].Seq, long.MaxValue)
            : (0, messages[page.Messages.Count].Seq);
        var shown = messages.Select(message => message.Seq).ToHashSet();
        var all = wanted.Ranges.SelectMany(range => Seqs(range.First, range.Last));
        return (page, Listing.From(all.Where(seq => seq > least && seq < most && !shown.Contains(seq))));
    }

    private static IEnumerable<long> Seqs(long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
            yield return seq;
    }
}
