using Chat.Domain.Meeting;

namespace Chat.Host.Store;

/// <summary>
/// A row for each person with all their friends, as numbers: what suggestions are counted from; see
/// docs/decisions/0022-meeting.md.
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
            friends int[] not null default '{}'
        );
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
            update chat.chat_circles c set friends = array(
                select -o.number from chat.chat_pairs p join chat.chat_circles o on o.person = p.other
                where p.person = c.person and p.bond = 3 limit 5000);
        end $$;
        """;

    /// <summary>
    /// Some are friends now, or are not any more, and some have opened or closed themselves. A friend's number is
    /// negated while they are closed. Whoever opens or closes is alone with the circles meanwhile: so nobody becomes
    /// their friend unseen.
    /// </summary>
    public static readonly string Functions = $$"""
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
                    then array_replace(friends, -changed.number, changed.number)
                    else array_replace(friends, changed.number, -changed.number) end
                where number = any (select abs(n) from unnest(changed.friends) as n);
            end loop;
            perform 1 from chat.chat_circles where person = any (p_one || p_other)
            order by person for no key update;
            update chat.chat_circles c set friends = (
                array(select n from unnest(c.friends) as n where abs(n) <> all (s.others)) || s.come
            )[1:{{Circle.MaxFriends}}]
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
