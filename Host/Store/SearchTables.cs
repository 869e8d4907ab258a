using Chat.Protocol.Stored;

namespace Chat.Host.Store;

/// <summary>
/// What searching stands on: a row for each message that can be found, and how far the index has followed. All of it
/// can be made anew from the events; see docs/decisions/0009-search.md.
/// </summary>
internal static class SearchTables
{
    /// <summary>
    /// What is new goes through the index's list of what is pending, and out of it before a round commits: many at once
    /// cost it a third of one by one, and what is committed never waits in a list that every search reads.
    /// </summary>
    private const string Tables = """
        create table if not exists chat.chat_search (
            stream_id text not null,
            version bigint not null,
            seq bigint not null,
            told bigint not null,
            at bigint not null,
            said bigint not null,
            lexemes tsvector not null,
            primary key (stream_id, version)
        );
        create index if not exists chat_search_lexemes on chat.chat_search using gin (lexemes);
        alter index chat.chat_search_lexemes set (fastupdate = on);
        create table if not exists chat.chat_search_position (
            only_row boolean primary key default true check (only_row),
            source text not null,
            lexemes int not null,
            shown pg_snapshot not null,
            toward pg_snapshot,
            reached bigint not null,
            floor bigint not null,
            next_floor bigint not null,
            mark_xid xid8 not null,
            mark_seq bigint not null
        );
        """;

    /// <summary>
    /// What stands before each lexeme: the conversation, and a stretch of 4,096 versions of it. So a search touches
    /// nothing of the index but what belongs to stretches that are its asker's, and of a frequent word no more than one
    /// stretch at a time.
    /// </summary>
    private const string Scope = """
        create or replace function chat.chat_search_scope(p_stream text, p_version bigint) returns text
        language sql immutable as $$
            select left(split_part(p_stream, '.', 3), 9) || '.' || (p_version >> 12)::text || '/'
        $$;
        """;

    private const string Columns = """
        select c.version, c.seq, c.at from chat.chat_search c
        where c.stream_id = place.stream_id and c.version between low and high
        """;

    private static readonly string Rest = $"""
        and (c.told = c.version or exists (
                select 1 from generate_subscripts(place.access, 1) k
                where k % 2 = 1 and c.told between place.access[k] and place.access[k + 1]))
            and not exists (select 1 from chat.chat_notes n where n.stream_id = c.stream_id and n.target_seq = c.seq
                and n.version > c.told and n.type in ({EventTypes.MessageEdited}, {EventTypes.MessageRedacted}))
            and (p_before is null or c.said < p_before) and (p_after is null or c.said > p_after)
            and (p_at is null or (c.at, c.stream_id collate "C", c.version) < (p_at, p_last collate "C", p_version))
        order by c.version desc limit p_limit - here
        """;

    /// <summary>
    /// Finds the newest messages that somebody may see now and that have all of some lexemes: by conversation, the one
    /// with the newest message first, and from the newest version down. It ends as soon as nothing newer can come than
    /// what it has. Where a stretch of 4,096 versions is not all theirs, the index over the lexemes is left alone and
    /// their own part of it is read: what is hidden takes no time.
    /// </summary>
    private static readonly string Find = $"""
        drop function if exists chat.chat_search(text, text, text[], bigint, bigint, bigint, text, bigint, int);
        create or replace function chat.chat_search(
            p_person text, p_stream text, p_lexemes text[], p_before bigint, p_after bigint,
            p_at bigint, p_last text, p_version bigint, p_limit int
        ) returns table (stream_id text, access bigint[], veiled text[], version bigint, seq bigint, at bigint)
        language plpgsql stable set enable_seqscan = off as $$
        #variable_conflict use_column
        declare
            place record;
            one record;
            rows refcursor;
            query tsquery;
            veil text[] := chat.chat_veil(p_person);
            times bigint[] := '{"{}"}';
            low bigint;
            high bigint;
            edge bigint;
            here int;
        begin
            for place in
                select m.stream_id, m.access, s.version as head, n.at as newest,
                    case when k.kind = 1 then array[]::text[] else veil end as veiled
                from chat.chat_members m
                join chat.mt_streams s on s.id = m.stream_id
                join chat.chat_conversations k on k.stream_id = m.stream_id
                cross join lateral (select x.at from chat.chat_search x where x.stream_id = m.stream_id
                    order by x.version desc limit 1) n
                where m.person = p_person and m.state = 'member' and (p_stream is null or m.stream_id = p_stream)
                order by n.at desc
            loop
                exit when cardinality(times) >= p_limit and place.newest < times[p_limit];
                here := 0;
                <<stretches>>
                for stretch in reverse place.head >> 12 .. 0 loop
                    query := null;
                    for i in reverse cardinality(place.access) / 2 .. 1 loop
                        low := greatest(place.access[2 * i - 1], stretch << 12, 1);
                        high := least(place.access[2 * i], ((stretch + 1) << 12) - 1, place.head);
                        continue when low > high;
                        if p_after is not null then
                            select x.at into edge from chat.chat_search x
                            where x.stream_id = place.stream_id and x.version between low and high
                            order by x.version desc limit 1;
                            exit stretches when edge <= p_after;
                        end if;
                        if p_at is not null then
                            select x.at into edge from chat.chat_search x
                            where x.stream_id = place.stream_id and x.version between low and high
                            order by x.version limit 1;
                            continue when edge is null or edge > p_at;
                        end if;
                        if query is null then
                            select string_agg('''' || chat.chat_search_scope(place.stream_id, low) || l || '''', ' & ')
                            ::tsquery into query from unnest(p_lexemes) l;
                            if cardinality(place.veiled) > 0 then
                                select query && string_agg(
                                    '!''' || chat.chat_search_scope(place.stream_id, low) || '@' || u || '''', ' & '
                                )::tsquery into query from unnest(place.veiled) u;
                            end if;
                        end if;
                        if low = greatest(stretch << 12, 1) and high = least(((stretch + 1) << 12) - 1, place.head) then
                            open rows for {Columns} and c.lexemes @@ query {Rest};
                        else
                            open rows for {Columns} and ts_match_vq(c.lexemes, query) {Rest};
                        end if;
                        loop
                            fetch rows into one;
                            exit when not found;
                            here := here + 1;
                            times := times || one.at;
                            stream_id := place.stream_id;
                            access := place.access;
                            veiled := place.veiled;
                            version := one.version;
                            seq := one.seq;
                            at := one.at;
                            return next;
                        end loop;
                        close rows;
                        exit stretches when here >= p_limit;
                    end loop;
                end loop;
                times := array(select t from unnest(times) t order by t desc limit p_limit);
            end loop;
        end $$;
        """;

    public static readonly string Sql = string.Concat(Tables, Scope, Find);
}
