namespace Chat.Host.Store;

/// <summary>
/// The tables beside Marten's, in its schema. All but the first five follow from the events and are written in the
/// transaction that appends them; see docs/decisions/0002-no-row-beside-a-plain-send.md.
/// </summary>
internal static class Tables
{
    public const string Sql = """
        create table if not exists chat.chat_meta (
            only_row boolean primary key default true check (only_row),
            schema_version int not null,
            db_epoch uuid not null default gen_random_uuid()
        );
        create table if not exists chat.chat_hosts (
            host text primary key,
            epoch bigint not null,
            until timestamptz not null
        );
        alter table chat.chat_hosts add column if not exists leaving boolean not null default false;
        alter table chat.chat_hosts add column if not exists instance text;
        create table if not exists chat.chat_buckets (
            bucket int primary key check (bucket between 0 and 1023),
            host text not null
        );
        create table if not exists chat.chat_person_keys (
            person text primary key,
            key bytea not null
        );
        create table if not exists chat.chat_marks (
            person text not null,
            stream_id text not null,
            read bigint not null,
            delivered bigint not null check (read <= delivered),
            xid xid8 not null default pg_current_xact_id(),
            primary key (person, stream_id)
        );
        create table if not exists chat.chat_notes (
            stream_id text not null,
            seq bigint not null,
            version bigint not null,
            type smallint not null,
            by text not null,
            target_seq bigint,
            target_by text,
            primary key (stream_id, seq, version)
        );
        create index if not exists chat_notes_target on chat.chat_notes (stream_id, target_seq, version)
            where target_seq is not null;
        create table if not exists chat.chat_members (
            person text not null,
            stream_id text not null,
            state text not null check (state in ('member', 'invited', 'former')),
            access bigint[] not null,
            joined_seq bigint not null,
            xid xid8 not null default pg_current_xact_id(),
            primary key (person, stream_id)
        );
        alter table chat.chat_members add column if not exists declined boolean not null default false;
        create index if not exists chat_members_stream on chat.chat_members (stream_id);
        create table if not exists chat.chat_mentions (
            person text not null,
            stream_id text not null,
            seq bigint not null,
            primary key (person, stream_id, seq)
        );
        alter table chat.chat_mentions add column if not exists by text;
        create index if not exists chat_mentions_message on chat.chat_mentions (stream_id, seq);
        create table if not exists chat.chat_conversations (
            stream_id text primary key,
            kind smallint not null,
            name text,
            xid xid8 not null default pg_current_xact_id()
        );
        alter table chat.chat_conversations add column if not exists join_rule smallint;
        create table if not exists chat.chat_devices (
            person text not null,
            device text not null,
            seen bigint,
            revoked bigint,
            primary key (person, device)
        );
        create table if not exists chat.chat_suspensions (
            person text primary key,
            until bigint not null
        );
        create table if not exists chat.chat_pairs (
            person text not null collate "C",
            other text not null collate "C",
            stream_id text not null,
            bond smallint not null,
            blocked boolean not null,
            version bigint not null,
            at bigint not null,
            primary key (person, other)
        );
        drop index if exists chat.chat_pairs_blocked;
        create index if not exists chat_pairs_blockers on chat.chat_pairs (other) where blocked;
        create table if not exists chat.chat_places (
            person text primary key collate "C",
            version bigint not null,
            room text,
            ghosted text[] not null,
            muted text[] not null
        );
        alter table chat.chat_places add column if not exists call text;
        alter table chat.chat_places add column if not exists quiet int[];
        alter table chat.chat_places drop column if exists private;
        create index if not exists chat_places_taken on chat.chat_places (person)
            where room is not null or call is not null;
        drop index if exists chat.chat_places_room;
        create table if not exists chat.chat_due (
            stream_id text primary key,
            version bigint not null,
            at bigint not null
        );
        create index if not exists chat_due_at on chat.chat_due (at);
        create table if not exists chat.chat_snapshots (
            stream_id text primary key,
            version bigint not null,
            fold_version int not null,
            bytes bytea not null
        );
        """;
}
