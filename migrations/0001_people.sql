-- People: accounts, sessions, one-time links, throttling; consultancies and who administers the installation.
-- Every table here is reached by the role certgate_login alone, save the few columns granted below.

create function current_account() returns uuid language sql stable as
$$ select nullif(current_setting('app.account_id', true), '')::uuid $$;

create function current_engagement() returns uuid language sql stable as
$$ select nullif(current_setting('app.engagement_id', true), '')::uuid $$;

create table accounts (
    id uuid primary key,
    email text not null check (email = lower(email) and length(email) between 3 and 254),
    name text not null check (length(name) between 1 and 100),
    password_hash text check (password_hash like '$argon2id$%'),
    language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
    theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
    shortcuts boolean not null default true,
    created_at timestamptz not null,
    suspended_at timestamptz,
    version integer not null default 1,
    unique (email)
);

-- Who may look after accounts. An administrator sees no engagement content by that alone.
create table administrators (
    account_id uuid primary key references accounts (id),
    appointed_at timestamptz not null,
    appointed_by uuid references accounts (id),
    ended_at timestamptz
);

create table consultancies (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    founded_at timestamptz not null
);

-- Staff of a consultancy: they may open clients and engagements for it.
create table consultancy_members (
    consultancy_id uuid not null references consultancies (id),
    account_id uuid not null references accounts (id),
    since timestamptz not null,
    ended_at timestamptz,
    primary key (consultancy_id, account_id)
);
create index on consultancy_members (account_id);

create table sessions (
    token_hash bytea primary key check (length(token_hash) = 32),
    id uuid not null unique,
    account_id uuid not null references accounts (id),
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    -- The last moment at which the person proved who they are (password or one-time link).
    proved_at timestamptz not null,
    device text not null default '',
    ended_at timestamptz,
    end_reason text check (end_reason in ('signed_out', 'replaced', 'too_many', 'password_changed', 'suspended', 'ended_by_person', 'ended_by_administrator', 'membership_ended')),
    check ((ended_at is null) = (end_reason is null))
);
create index on sessions (account_id) where ended_at is null;

-- One-time links. Only the hash of the token is kept; a link is spent once.
create table one_time_links (
    token_hash bytea primary key check (length(token_hash) = 32),
    id uuid not null unique,
    purpose text not null check (purpose in ('set_up', 'invitation', 'password_reset')),
    account_id uuid references accounts (id),
    email text,
    -- For an invitation into an engagement: the person invited. For one into a consultancy: that consultancy.
    engagement_id uuid,
    person_id uuid,
    consultancy_id uuid references consultancies (id),
    created_at timestamptz not null,
    created_by uuid references accounts (id),
    expires_at timestamptz not null,
    spent_at timestamptz,
    revoked_at timestamptz,
    check (purpose = 'set_up' or email is not null),
    check (purpose <> 'password_reset' or account_id is not null)
);
create index on one_time_links (engagement_id, person_id);

-- Failed guesses by account name and by address; the delay grows, nobody is locked out for good.
create table guesses (
    subject_hash bytea primary key check (length(subject_hash) = 32),
    failures integer not null check (failures > 0),
    last_at timestamptz not null,
    next_allowed_at timestamptz not null
);
create index on guesses (last_at);

-- What a person had typed when the session ended, kept for a day for that person alone.
create table kept_forms (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    path text not null check (length(path) <= 500),
    fields jsonb not null,
    kept_at timestamptz not null
);
create index on kept_forms (account_id);

do $$
declare t text;
begin
    foreach t in array array['accounts', 'administrators', 'consultancies', 'consultancy_members', 'sessions', 'one_time_links', 'guesses', 'kept_forms'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy login on %I to certgate_login using (true) with check (true)', t);
        execute format('create policy owner on %I to certgate_owner using (true) with check (true)', t);
    end loop;
end $$;

grant select, insert, update on accounts, administrators, consultancies, consultancy_members, sessions, one_time_links to certgate_login;
grant select, insert, update, delete on guesses, kept_forms to certgate_login;

-- The application may see to which consultancies the person belongs, and their names.
create policy own on consultancy_members for select to certgate_app using (account_id = (select current_account()));
create policy own on consultancies for select to certgate_app using (exists (
    select 1 from consultancy_members m
    where m.consultancy_id = consultancies.id and m.account_id = (select current_account()) and m.ended_at is null));
grant select on consultancies, consultancy_members to certgate_app;
-- Invitations into an engagement are written and revoked by those who manage its people. The policy stands with the engagements.
grant insert (token_hash, id, purpose, email, engagement_id, person_id, created_at, created_by, expires_at) on one_time_links to certgate_app;
grant select (id, purpose, email, engagement_id, person_id, created_at, expires_at, spent_at, revoked_at) on one_time_links to certgate_app;
grant update (revoked_at) on one_time_links to certgate_app;
