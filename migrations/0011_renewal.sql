-- Sessions that go on under a new token, and access that ends by itself at the second wall too.

-- The token before the last proof of the password (S41). It serves a few seconds more, for requests already on their way.
alter table sessions
    add column former_hash bytea unique check (length(former_hash) = 32),
    add column renewed_at timestamptz,
    add check ((former_hash is null) = (renewed_at is null));

-- As before, and a membership counts only until its last day.
create or replace function granted_engagement() returns uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    wanted uuid := nullif(current_setting('app.engagement_id', true), '')::uuid;
    account uuid := nullif(current_setting('app.account_id', true), '')::uuid;
    -- The day of the request; where nobody named one, the server's.
    today date := coalesce(nullif(current_setting('app.today', true), '')::date, current_date);
begin
    if exists (select 1 from memberships m where m.engagement_id = wanted and m.account_id = account and m.ended_at is null
               and (m.until_on is null or m.until_on >= today)) then
        return wanted;
    end if;
    if exists (select 1 from engagements e where e.id = wanted and e.opened_by = account)
       and not exists (select 1 from memberships m where m.engagement_id = wanted) then
        return wanted;
    end if;
    return null;
end $$;
