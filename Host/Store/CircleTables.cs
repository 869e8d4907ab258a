using Chat.Domain.Meeting;

namespace Chat.Host.Store;

/// <summary>
/// A row for each person with all their friends, as numbers: what suggestions are counted from; see
/// docs/decisions/0022-meeting.md. The numbers are four bytes each, the highest first, in one string of bytes, which is
/// sent as it lies: an array is sent number by number.
/// </summary>
internal static class CircleTables
{
    /// <summary>
    /// The tables, and who is friends with whom already. A number follows from the id alone, so that an order by it
    /// tells nothing of anybody's friends; only where two ids meet in one does it matter who came first.
    /// </summary>
    public const string Tables = """
        create table if not exists chat.chat_circles (
            person text primary key collate "C",
            number int not null unique check (number > 0),
            open boolean not null default false,
            friends bytea not null default ''
        );
        create or replace function chat.chat_circle_pack(p_friends int[]) returns bytea
        language sql immutable parallel safe as $$
            select coalesce(string_agg(int4send(u.n), '' order by u.at), '')
            from unnest(p_friends) with ordinality as u(n, at)
        $$;
        do $$
        begin
            if exists (
                select from information_schema.columns where table_schema = 'chat'
                    and table_name = 'chat_circles' and column_name = 'friends' and data_type = 'ARRAY'
            ) then
                alter table chat.chat_circles alter column friends drop default;
                alter table chat.chat_circles
                    alter column friends type bytea using chat.chat_circle_pack(friends);
                alter table chat.chat_circles alter column friends set default '';
            end if;
        end $$;
        alter table chat.chat_circles alter column friends set storage external;
        create table if not exists chat.chat_company (
            person text not null collate "C",
            other text not null collate "C",
            ms bigint not null,
            until bigint not null,
            primary key (person, other)
        );
        create or replace function chat.chat_circle_number(p_person text) returns int
        language plpgsql as $$
        declare
            drawn int;
        begin
            for salt in 0 .. 1000 loop
                drawn := (hashtextextended(p_person, salt) & 2147483647)::int;
                if drawn > 0 and not exists (select from chat.chat_circles where number = drawn) then
                    return drawn;
                end if;
            end loop;
            raise exception 'no number is left for %', p_person;
        end $$;
        do $$
        declare
            one text;
        begin
            if exists (select from chat.chat_circles) then
                return;
            end if;
            for one in select distinct person from chat.chat_pairs where bond = 3 loop
                insert into chat.chat_circles (person, number) values (one, chat.chat_circle_number(one));
            end loop;
            update chat.chat_circles c set friends = chat.chat_circle_pack(array(
                select -o.number from chat.chat_pairs p join chat.chat_circles o on o.person = p.other
                where p.person = c.person and p.bond = 3 limit 5000));
        end $$;
        """;

    /// <summary>
    /// Some are friends now, or are not any more, and some have opened or closed themselves. A friend's number is
    /// negated while they are closed. Whoever opens or closes is alone with the circles meanwhile: so nobody becomes
    /// their friend unseen.
    /// </summary>
    // Unpacked is what is in memory: otherwise each byte of who has many friends is fetched with all the others. Where
    // a number seems to begin within another one, all of them are looked at.
    public static readonly string Functions = $$"""
        create or replace function chat.chat_circle_numbers(p_friends bytea) returns int[]
        language sql immutable parallel safe as $$
            select coalesce(array_agg(
                (get_byte(m.held, n) << 24) | (get_byte(m.held, n + 1) << 16)
                    | (get_byte(m.held, n + 2) << 8) | get_byte(m.held, n + 3) order by n), '{}')
            from (select p_friends || ''::bytea as held offset 0) m, generate_series(0, length(m.held) - 4, 4) as n
        $$;
        create or replace function chat.chat_circle_with(p_friends bytea, p_old int, p_new int) returns bytea
        language plpgsql immutable parallel safe as $$
        declare
            at int := position(int4send(p_old) in p_friends);
        begin
            return case
                when at = 0 then p_friends
                when at % 4 = 1 then overlay(p_friends placing int4send(p_new) from at)
                else chat.chat_circle_pack(array_replace(chat.chat_circle_numbers(p_friends), p_old, p_new))
            end;
        end $$;
        create or replace function chat.chat_circle(
            p_one text[], p_other text[], p_friends boolean[], p_people text[], p_open boolean[]
        ) returns void language plpgsql as $$
        declare
            changed record;
        begin
            if exists (
                select from unnest(p_people, p_open) as u(person, open)
                left join chat.chat_circles c on c.person = u.person where coalesce(c.open, false) <> u.open
            ) then
                perform pg_advisory_xact_lock(hashtextextended('chat.chat_circles', 0));
            else
                perform pg_advisory_xact_lock_shared(hashtextextended('chat.chat_circles', 0));
            end if;
            for changed in
                select distinct u.person from (
                    select unnest(p_one || p_other) as person
                    union all select o.person from unnest(p_people, p_open) as o(person, open) where o.open
                ) u
                where not exists (select from chat.chat_circles c where c.person = u.person) order by 1
            loop
                insert into chat.chat_circles (person, number)
                values (changed.person, chat.chat_circle_number(changed.person)) on conflict do nothing;
            end loop;
            for changed in
                select c.number, c.friends, u.open from unnest(p_people, p_open) as u(person, open)
                join chat.chat_circles c on c.person = u.person where c.open <> u.open order by c.person
            loop
                update chat.chat_circles set open = changed.open where number = changed.number;
                update chat.chat_circles set friends = case when changed.open
                    then chat.chat_circle_with(friends, -changed.number, changed.number)
                    else chat.chat_circle_with(friends, changed.number, -changed.number) end
                where number = any (
                    select abs(n) from unnest(chat.chat_circle_numbers(changed.friends)) as n);
            end loop;
            perform 1 from chat.chat_circles where person = any (p_one || p_other)
            order by person for no key update;
            update chat.chat_circles c set friends = chat.chat_circle_pack((
                array(
                    select n from unnest(chat.chat_circle_numbers(c.friends)) as n where abs(n) <> all (s.others)
                ) || s.come
            )[1:{{Circle.MaxFriends}}])
            from (
                select u.person, array_agg(o.number) as others,
                    coalesce(array_agg(case when o.open then o.number else -o.number end)
                        filter (where u.friends), '{}') as come
                from (
                    select * from unnest(p_one, p_other, p_friends) as a(person, other, friends)
                    union all select * from unnest(p_other, p_one, p_friends) as b(person, other, friends)
                ) u
                join chat.chat_circles o on o.person = u.other group by u.person
            ) s
            where c.person = s.person;
        end $$;
        """;
}
