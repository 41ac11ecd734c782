-- The trail: events, their place in the one Merkle log, and signed checkpoints. Nothing here is ever changed or
-- deleted, save that trail_unsealed is emptied by the sealer. The bytes that are hashed and signed: src/trail/canonical.rs.

create table trail_events (
    -- UUIDv7: events committed together are sealed in the order of their ids.
    id uuid primary key,
    -- Null: an event of the installation, such as a sign-in.
    engagement_id uuid,
    at timestamptz not null check (isfinite(at)),
    -- Null: the system itself, for example a job.
    actor_account_id uuid,
    actor_name text not null,
    actor_roles text[] not null default '{}' check (array_position(actor_roles, null) is null),
    kind text not null check (kind ~ '^[a-z][a-z0-9_]{1,63}$'),
    subject_kind text not null check (subject_kind ~ '^[a-z][a-z0-9_]{1,63}$'),
    subject_id uuid not null,
    before jsonb,
    after jsonb,
    -- 1: SHA-256 over canonical form 1.
    form smallint not null default 1,
    salt bytea not null check (length(salt) = 16),
    event_hash bytea not null check (length(event_hash) = 32)
);
create index on trail_events (engagement_id, at desc, id desc);
create index on trail_events (engagement_id, subject_kind, subject_id, at desc, id desc);

-- What the sealer has still to place in the log; written by the statement that writes the event.
create table trail_unsealed (
    event_id uuid primary key,
    since timestamptz not null default now()
);

create table trail_entries (
    position bigint primary key check (position >= 0),
    event_id uuid not null unique,
    -- The nil id stands for the installation.
    engagement_id uuid not null,
    -- From 1 without gaps within the engagement.
    engagement_number bigint not null check (engagement_number > 0),
    -- A signed statement of its own: "at this position stands the event with this hash".
    seal bytea not null check (length(seal) = 113),
    unique (engagement_id, engagement_number)
);

create table trail_checkpoints (
    tree_size bigint primary key check (tree_size > 0),
    root_hash bytea not null check (length(root_hash) = 32),
    -- Hash of the checkpoint before; zeros for the first.
    previous_hash bytea not null check (length(previous_hash) = 32),
    signed_at timestamptz not null check (isfinite(signed_at)),
    key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
    algorithm text not null check (algorithm = 'ed25519'),
    signature bytea not null check (length(signature) = 64),
    -- Roots of the full subtrees, largest first, so that sealing goes on without reading the log. Not signed: it must yield root_hash.
    frontier bytea[] not null
);

do $$
declare t text;
begin
    foreach t in array array['trail_events', 'trail_unsealed', 'trail_entries', 'trail_checkpoints'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy owner on %I for select to certgate_owner using (true)', t);
        execute format('create policy auditor on %I for select to certgate_auditor using (true)', t);
        execute format('create policy sealer_reads on %I for select to certgate_sealer using (true)', t);
        execute format('grant select on %I to certgate_auditor, certgate_sealer', t);
    end loop;
end $$;

-- The application records for the person of the transaction or for the system, never in another person's name.
create policy app_reads on trail_events for select to certgate_app using (engagement_id = (select current_engagement()));
create policy app_records on trail_events for insert to certgate_app with check (
    (engagement_id is null or engagement_id = (select current_engagement()))
    and (actor_account_id is null or actor_account_id = (select current_account())));
create policy login_records on trail_events for insert to certgate_login with check (true);
create policy app_records on trail_unsealed for insert to certgate_app with check (true);
create policy login_records on trail_unsealed for insert to certgate_login with check (true);
create policy app_reads on trail_entries for select to certgate_app using (engagement_id = (select current_engagement()));
grant select, insert on trail_events to certgate_app;
grant insert on trail_events to certgate_login;
-- The column since is the server's to fill.
grant insert (event_id) on trail_unsealed to certgate_app, certgate_login;
grant select on trail_entries to certgate_app;

create policy sealer_empties on trail_unsealed for delete to certgate_sealer using (true);
create policy sealer_appends on trail_entries for insert to certgate_sealer with check (true);
create policy sealer_appends on trail_checkpoints for insert to certgate_sealer with check (true);
grant delete on trail_unsealed to certgate_sealer;
grant insert on trail_entries, trail_checkpoints to certgate_sealer;
