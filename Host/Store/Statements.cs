using Chat.Domain.Committing;
using Chat.Domain.Conversations;
using Chat.Protocol.Stored;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Host.Store;

/// <summary>
/// An append as statements of one batch: sent together and answered together, in one implicit transaction. A plain send
/// is the first statement and nothing else.
/// </summary>
internal static class Statements
{
    public static void Fill(
        NpgsqlBatch batch,
        string host,
        long epoch,
        Rows rows,
        Seq<Guard> guards,
        Seq<MarkSet> marks
    )
    {
        var streams = rows.Streams;
        if (!guards.IsEmpty)
            batch.BatchCommands.Add(Locks(streams, guards));
        batch.BatchCommands.Add(Append(host, epoch, streams, rows.Events));
        if (rows.Notes.Count > 0)
            batch.BatchCommands.Add(Notes(rows.Notes));
        AddMembers(batch, rows.Members);
        AddMentions(batch, rows.Mentions);
        ConversationStatements.Add(batch, rows.Names);
        ConversationStatements.Add(batch, rows.Joins);
        if (rows.People.Count > 0)
            PeopleReads.AddTo(batch, rows.People);
        if (rows.Pairs.Count > 0)
            batch.BatchCommands.Add(PairReads.Write(rows.Pairs));
        rows.House.AddTo(batch);
        if (rows.Crossed.Count > 0)
            batch.BatchCommands.Add(PairReads.BeginAnew(rows.Crossed));
        SearchRows.AddTo(batch, rows.Events);
        if (rows.Veils is { Count: > 0 } veils)
            batch.BatchCommands.Add(Veil(veils));
        FileRows.AddTo(batch, rows);
        rows.Circles.AddTo(batch);
        if (!marks.IsEmpty)
            AddMarks(batch, marks);
    }

    private static NpgsqlBatchCommand Append(
        string host,
        long epoch,
        IReadOnlyList<StreamRow> streams,
        List<EventRow> events
    )
    {
        // Each name once, and of each event which of them is its type's: a batch of few events carries few names.
        var names = events.Select(row => row.Stored.Type.Name).Distinct().ToList();
        return new NpgsqlBatchCommand("select chat.chat_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
            .With(host)
            .With(epoch)
            .WithEach(streams.Select(row => row.Stream.ToString()))
            .WithEach(streams.Select(row => row.Expected))
            .WithEach(streams.Select(row => row.Next))
            .WithEach(events.Select(row => row.Recorded.Id), NpgsqlDbType.Uuid)
            .WithEach(events.Select(row => row.Recorded.Stream.ToString()))
            .WithEach(events.Select(row => row.Recorded.Version))
            .WithEach(events.Select(row => (short)(1 + names.IndexOf(row.Stored.Type.Name))), NpgsqlDbType.Smallint)
            .WithEach(events.Select(row => row.Recorded.Event.By.Value))
            .WithEach(events.Select(row => row.Stored.Bytes), NpgsqlDbType.Bytea)
            .WithEach(events.Select(row => row.Body))
            .WithEach(names);
    }

    // What is changed and what is only relied on, in one order.
    private static NpgsqlBatchCommand Locks(IReadOnlyList<StreamRow> streams, Seq<Guard> guards)
    {
        var locks = streams
            .Select(row => (row.Stream, Guarded: (long?)null))
            .Concat(guards.Select(guard => (guard.Stream, Guarded: (long?)guard.Version)))
            .OrderBy(one => one.Stream)
            .ToList();
        return new NpgsqlBatchCommand("select chat.chat_lock($1, $2)")
            .WithEach(locks.Select(one => one.Stream.ToString()))
            .WithEach(locks.Select(one => one.Guarded));
    }

    private const string InsertNotes = """
        insert into chat.chat_notes (stream_id, seq, version, type, by, target_seq, target_by)
        select u.stream_id, chat.chat_seq_at(u.stream_id, u.expected) + u.said, u.version, u.type, u.by,
            u.target, u.author
        from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            as u(stream_id, version, expected, said, type, by, target, author)
        """;

    private static NpgsqlBatchCommand Notes(List<NoteRow> notes) =>
        new NpgsqlBatchCommand(InsertNotes)
            .WithEach(notes.Select(note => note.Recorded.Stream.ToString()))
            .WithEach(notes.Select(note => note.Recorded.Version))
            .WithEach(notes.Select(note => note.Expected))
            .WithEach(notes.Select(note => note.Said))
            .WithEach(notes.Select(note => note.Type), NpgsqlDbType.Smallint)
            .WithEach(notes.Select(note => note.Recorded.Event.By.Value))
            .WithEach(notes.Select(note => note.TargetSeq))
            .WithEach(notes.Select(note => note.TargetBy?.Value));

    private static void AddMembers(NpgsqlBatch batch, IReadOnlyList<MemberRow> members)
    {
        var set = members.Where(row => row.Access is not null).ToList();
        if (set.Count > 0)
            batch.BatchCommands.Add(
                Of(
                        """
                        insert into chat.chat_members (person, stream_id, state, access, joined_seq)
                        select u.person, u.stream_id, u.state, u.access::bigint[],
                            chat.chat_seq_at(u.stream_id, u.version)
                        from unnest($1, $2, $3, $4, $5) as u(person, stream_id, state, version, access)
                        on conflict (person, stream_id) do update set state = excluded.state, access = excluded.access,
                            joined_seq = excluded.joined_seq, xid = excluded.xid
                        """,
                        set
                    )
                    .WithEach(set.Select(row => Text(row.Access!)))
            );
        var closed = members.Where(row => row is { Access: null, ClosesAt: not null }).ToList();
        if (closed.Count > 0)
            batch.BatchCommands.Add(
                Of(
                        """
                        update chat.chat_members m set state = u.state, access = chat.chat_closed(m.access, u.closes),
                            xid = pg_current_xact_id()
                        from unnest($1, $2, $3, $4, $5) as u(person, stream_id, state, version, closes)
                        where m.person = u.person and m.stream_id = u.stream_id
                        """,
                        closed
                    )
                    .WithEach(closed.Select(row => row.ClosesAt))
            );
        var invited = members.Where(row => row is { Access: null, ClosesAt: null }).ToList();
        if (invited.Count > 0)
            batch.BatchCommands.Add(
                Of(
                    """
                    insert into chat.chat_members (person, stream_id, state, access, joined_seq)
                    select u.person, u.stream_id, u.state, '{}', chat.chat_seq_at(u.stream_id, u.version)
                    from unnest($1, $2, $3, $4) as u(person, stream_id, state, version)
                    on conflict (person, stream_id) do update set state = excluded.state, declined = false,
                        xid = excluded.xid
                    where chat_members.state = 'former'
                    """,
                    invited
                )
            );
    }

    private static NpgsqlBatchCommand Of(string sql, List<MemberRow> rows) =>
        new NpgsqlBatchCommand(sql)
            .WithEach(rows.Select(row => row.Person.Value))
            .WithEach(rows.Select(row => row.Stream.ToString()))
            .WithEach(rows.Select(row => row.State))
            .WithEach(rows.Select(row => row.Version));

    private static string Text(Listing<Interval> access) =>
        $"{{{string.Join(',', access.Select(stretch => $"{stretch.From},{stretch.Until}"))}}}";

    private static void AddMentions(NpgsqlBatch batch, IReadOnlyList<MentionRow> mentions)
    {
        var old = mentions.Where(row => !row.IsNew).ToList();
        if (old.Count > 0)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                    """
                    delete from chat.chat_mentions m using unnest($1, $2) as u(stream_id, seq)
                    where m.stream_id = u.stream_id and m.seq = u.seq
                    """
                ).WithEach(old.Select(row => row.Stream.ToString())).WithEach(old.Select(row => row.Seq)));
        var named = mentions.SelectMany(row => row.People.Select(person => (person, row))).ToList();
        if (named.Count > 0)
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(
                    "insert into chat.chat_mentions (person, stream_id, seq, by) select * from unnest($1, $2, $3, $4)"
                )
                    .WithEach(named.Select(one => one.person))
                    .WithEach(named.Select(one => one.row.Stream.ToString()))
                    .WithEach(named.Select(one => one.row.Seq))
                    .WithEach(named.Select(one => one.row.By.Value))
            );
    }

    // The message's row and those of its edits; their notes are there by now, this batch's own too.
    private static NpgsqlBatchCommand Veil(IReadOnlyList<(StreamKey Stream, MessageRef Message)> veils) =>
        new NpgsqlBatchCommand(TakeAway)
            .WithEach(veils.Select(veil => veil.Stream.ToString()))
            .WithEach(veils.Select(veil => veil.Message.Seq))
            .WithEach(veils.Select(veil => veil.Message.Version));

    private static readonly string TakeAway = $$"""
        update chat.mt_events e set data = '{}'
        from (
            select u.stream_id, u.version from unnest($1, $2, $3) as u(stream_id, seq, version)
            union all
            select n.stream_id, n.version from unnest($1, $2, $3) as u(stream_id, seq, version)
            join chat.chat_notes n on n.stream_id = u.stream_id and n.target_seq = u.seq
                and n.type = {{EventTypes.MessageEdited}}
        ) v
        where e.stream_id = v.stream_id and e.version = v.version and e.data <> '{}'
        """;

    // A mark that moves nothing writes nothing; the second statement tells what is there now, in the order of the
    // first.
    private static void AddMarks(NpgsqlBatch batch, Seq<MarkSet> marks)
    {
        var sorted = marks.OrderBy(set => (set.Person, set.Stream)).ToList();
        var people = sorted.Select(set => set.Person.Value).ToArray();
        var streams = sorted.Select(set => set.Stream.ToString()).ToArray();
        const string Merge = """
            insert into chat.chat_marks as m (person, stream_id, read, delivered)
            select * from unnest($1, $2, $3, $4)
            on conflict (person, stream_id) do update set read = greatest(m.read, excluded.read),
                delivered = greatest(m.delivered, excluded.delivered), xid = excluded.xid
            where excluded.read > m.read or excluded.delivered > m.delivered
            """;
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(Merge)
                .WithEach(people)
                .WithEach(streams)
                .WithEach(sorted.Select(set => set.Marks.Read))
                .WithEach(sorted.Select(set => set.Marks.Join(Domain.Values.Marks.None).Delivered))
        );
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
                """
                select m.person, m.stream_id, m.read, m.delivered from unnest($1, $2) as u(person, stream_id)
                join chat.chat_marks m on m.person = u.person and m.stream_id = u.stream_id
                """
            ).WithEach(people).WithEach(streams));
    }
}
