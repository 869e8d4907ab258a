namespace Chat.Host.Store;

/// <summary>What runs inside PostgreSQL, so that an append is one round trip.</summary>
internal static class Functions
{
    /// <summary>The lease is another's.</summary>
    public const string Fenced = "CH001";

    /// <summary>A stream is not at the version that was expected.</summary>
    public const string Stale = "CH002";

    /// <summary>A guard does not hold.</summary>
    public const string Unguarded = "CH003";

    /// <summary>
    /// How many messages a stream had at a version. Between the last note up to there and that version are nothing but
    /// messages, so one probe of an index answers it.
    /// </summary>
    private const string SeqAt = """
        create or replace function chat.chat_seq_at(p_stream text, p_version bigint) returns bigint
        language sql stable as $$
            select coalesce(
                (select n.seq + p_version - n.version from chat.chat_notes n
                 where n.stream_id = p_stream and n.version <= p_version
                 order by n.seq desc, n.version desc limit 1),
                p_version)
        $$;
        """;

    /// <summary>
    /// The version of a message: as many notes stand before it as the last note of a lower seq counts.
    /// </summary>
    private const string VersionOf = """
        create or replace function chat.chat_version_of(p_stream text, p_seq bigint) returns bigint
        language sql stable as $$
            select p_seq + coalesce(
                (select n.version - n.seq from chat.chat_notes n
                 where n.stream_id = p_stream and n.seq < p_seq
                 order by n.seq desc, n.version desc limit 1),
                0)
        $$;
        """;

    /// <summary>Stretches of access (from, until, from, until …) as they are after leaving at a version.</summary>
    private const string Closed = """
        create or replace function chat.chat_closed(p_access bigint[], p_at bigint) returns bigint[]
        language sql immutable as $$
            select coalesce(array_agg(case when i % 2 = 1 then p_access[i] else least(p_access[i], p_at) end
                order by i), '{}')
            from generate_subscripts(p_access, 1) as i
            where p_access[i - (i + 1) % 2] <= p_at
        $$;
        """;

    /// <summary>
    /// Locks what a batch relies on and what it changes, in the order of the keys, so that two batches cannot wait for
    /// each other. A stream that does not exist has no row to lock: who relies on that shares a lock that its creation
    /// takes alone.
    /// </summary>
    private const string Lock = """
        create or replace function chat.chat_lock(p_keys text[], p_guarded bigint[]) returns void
        language plpgsql as $$
        begin
            for i in 1 .. cardinality(p_keys) loop
                if p_guarded[i] is null then
                    perform 1 from chat.mt_streams where id = p_keys[i] for no key update;
                    if not found then
                        perform pg_advisory_xact_lock(hashtextextended(p_keys[i], 0));
                    end if;
                elsif p_guarded[i] = 0 then
                    perform pg_advisory_xact_lock_shared(hashtextextended(p_keys[i], 0));
                    perform 1 from chat.mt_streams where id = p_keys[i];
                    if found then
                        raise exception 'a stream is there: %', p_keys[i] using errcode = 'CH003';
                    end if;
                else
                    perform 1 from chat.mt_streams where id = p_keys[i] and version = p_guarded[i] for share;
                    if not found then
                        raise exception 'a stream moved on: %', p_keys[i] using errcode = 'CH003';
                    end if;
                end if;
            end loop;
        end $$;
        """;

    /// <summary>
    /// The append: the fence, the streams from their expected to their new versions, the events. The key share lock on
    /// the host's row is in nobody's way but a takeover's, which locks it for update: a renewal never waits for an
    /// append.
    /// </summary>
    private const string Append = """
        create or replace function chat.chat_append(
            p_host text, p_epoch bigint,
            p_streams text[], p_expected bigint[], p_next bigint[],
            p_ids uuid[], p_stream text[], p_versions bigint[], p_types smallint[], p_by text[],
            p_bytes bytea[], p_bodies text[], p_names text[]
        ) returns void language plpgsql as $$
        declare
            xid text := pg_current_xact_id()::text;
            moved bigint;
            made bigint := 0;
        begin
            perform 1 from chat.chat_hosts where host = p_host and epoch = p_epoch for key share;
            if not found then
                raise exception 'the lease is another''s' using errcode = 'CH001';
            end if;
            if 0 = any(p_expected) then
                perform pg_advisory_xact_lock(hashtextextended(u.id, 0))
                from unnest(p_streams, p_expected) as u(id, expected) where u.expected = 0;
                insert into chat.mt_streams (id, version, timestamp, created, tenant_id, is_archived)
                select u.id, u.next, now(), now(), '*DEFAULT*', false
                from unnest(p_streams, p_expected, p_next) as u(id, expected, next) where u.expected = 0
                on conflict (id) do nothing;
                get diagnostics made = row_count;
            end if;
            update chat.mt_streams s set version = u.next, timestamp = now()
            from unnest(p_streams, p_expected, p_next) as u(id, expected, next)
            where s.id = u.id and s.version = u.expected and u.expected > 0;
            get diagnostics moved = row_count;
            if moved + made <> cardinality(p_streams) then
                raise exception 'a stream is not as expected' using errcode = 'CH002';
            end if;
            insert into chat.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id,
                correlation_id, user_name, is_archived)
            select nextval('chat.mt_events_sequence'), u.id, u.stream_id, u.version,
                case when u.body is null then '{}'::jsonb else jsonb_build_object('body', u.body) end,
                u.bytes, p_names[u.type], now(), '*DEFAULT*', xid, u.by, false
            from unnest(p_ids, p_stream, p_versions, p_types, p_by, p_bytes, p_bodies)
                as u(id, stream_id, version, type, by, bytes, body);
        end $$;
        """;

    /// <summary>With whom somebody has nothing to do: whom they closed out, and who closed them out.</summary>
    private const string Veil = """
        create or replace function chat.chat_veil(p_person text) returns text[]
        language sql stable as $$
            select coalesce(array_agg(distinct p.one), '{}') from (
                select other as one from chat.chat_pairs where person = p_person and blocked
                union all
                select person from chat.chat_pairs where other = p_person and blocked
            ) p
        $$;
        """;

    public static readonly string Sql = string.Concat(SeqAt, VersionOf, Closed, Lock, Append, Veil);
}
