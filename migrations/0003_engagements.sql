-- Engagements: clients, engagements, scope, departments, people and their roles.

create table clients (
    id uuid primary key,
    consultancy_id uuid not null references consultancies (id),
    name_zh text not null default '' check (length(name_zh) <= 200),
    name_en text not null default '' check (length(name_en) <= 200),
    opened_at timestamptz not null,
    check (name_zh <> '' or name_en <> ''),
    unique (consultancy_id, id)
);

create table engagements (
    id uuid primary key,
    consultancy_id uuid not null references consultancies (id),
    client_id uuid not null references clients (id),
    -- The short code in addresses, titles and file names.
    code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{1,15}$'),
    colour smallint not null default 1 check (colour between 1 and 8),
    opened_by uuid not null references accounts (id),
    opened_at timestamptz not null,
    -- Facts of the applicant (contract section 2).
    applicant_kind text not null check (applicant_kind in ('cn_company', 'cn_foreign_invested', 'cn_public_institution', 'cn_social_organisation', 'cn_branch', 'overseas', 'hk_mo_tw')),
    legal_name text not null check (length(legal_name) between 1 and 300),
    parent_name text check (length(parent_name) between 1 and 300),
    production_licence_required boolean not null default false,
    permits_required text[] not null default '{}',
    scope_zh text not null default '' check (length(scope_zh) <= 2000),
    scope_en text not null default '' check (length(scope_en) <= 2000),
    edition text not null default '2005' check (edition in ('2005', '2011', '2018')),
    kick_off_on date not null,
    application_on date,
    planned_stage2_on date,
    -- Settings of the rule pack seed-2005 (contract section 10).
    month_rule text not null default 'inclusive' check (month_rule in ('inclusive', 'strict')),
    legal_document_rule text not null default 'any_one' check (legal_document_rule in ('any_one', 'licence_always')),
    permit_rule text not null default 'block' check (permit_rule in ('block', 'warn')),
    suspension_rule text not null default 'restart' check (suspension_rule in ('restart', 'extend')),
    audit_rule text not null default 'full' check (audit_rule in ('full', 'literal')),
    review_rule text not null default 'after_audit' check (review_rule in ('after_audit', 'supplement')),
    penalty_date text not null default 'decision' check (penalty_date in ('decision', 'violation')),
    penalty_rule text not null default 'fixed' check (penalty_rule in ('fixed', 'rolling')),
    penalty_scope text not null default 'all' check (penalty_scope in ('all', 'related')),
    lead_person_id uuid,
    closed_at timestamptz,
    version integer not null default 1,
    unique (consultancy_id, id),
    foreign key (consultancy_id, client_id) references clients (consultancy_id, id)
);
create index on engagements (client_id);

create table departments (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    code text not null check (length(code) between 1 and 20),
    name_zh text not null default '' check (length(name_zh) <= 100),
    name_en text not null default '' check (length(name_en) <= 100),
    parent_id uuid,
    in_scope boolean not null default true,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (name_zh <> '' or name_en <> ''),
    check (parent_id <> id),
    foreign key (engagement_id, parent_id) references departments (engagement_id, id)
);
create unique index on departments (engagement_id, code) where withdrawn_at is null;

create table people (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    name text not null check (length(name) between 1 and 100),
    name_latin text not null default '' check (length(name_latin) <= 100),
    staff_no text check (length(staff_no) between 1 and 40),
    email text check (email = lower(email) and length(email) between 3 and 254),
    department_id uuid,
    post text not null default '' check (length(post) <= 100),
    is_management boolean not null default false,
    is_full_time boolean not null default false,
    joined_on date,
    left_on date,
    account_id uuid references accounts (id),
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (left_on >= joined_on),
    foreign key (engagement_id, department_id) references departments (engagement_id, id)
);
create unique index on people (engagement_id, email) where withdrawn_at is null;
create unique index on people (engagement_id, staff_no) where withdrawn_at is null;
create unique index on people (engagement_id, account_id) where account_id is not null;
create index on people (engagement_id, department_id);
alter table engagements add foreign key (id, lead_person_id) references people (engagement_id, id);

create table memberships (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    person_id uuid not null,
    -- Empty until the person has accepted the invitation; a membership acts only when it is set.
    account_id uuid references accounts (id),
    role text not null check (role in ('consultant', 'top_management', 'mgmt_rep', 'working_body', 'document_team', 'department_head', 'process_owner', 'internal_auditor', 'staff', 'external_reader', 'administrator')),
    since timestamptz not null,
    given_by uuid not null references accounts (id),
    -- Last day of the role; null is without end. An external reader always has one.
    until_on date,
    ended_at timestamptz,
    primary key (engagement_id, id),
    check (role <> 'external_reader' or until_on is not null),
    foreign key (engagement_id, person_id) references people (engagement_id, id)
);
create unique index on memberships (engagement_id, person_id, role) where ended_at is null;
create index on memberships (account_id, engagement_id) where ended_at is null;

create table scope_parts (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    name_zh text not null default '' check (length(name_zh) <= 200),
    name_en text not null default '' check (length(name_en) <= 200),
    address text not null default '' check (length(address) <= 300),
    in_scope boolean not null default true,
    planned_start_on date,
    start_on date,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (name_zh <> '' or name_en <> '')
);

-- The engagement of this transaction, if the person of this transaction may act in it: an active member, or the
-- consultant who is just opening it. Runs with the owner's rights because the policies of the tables it reads call it.
-- PL/pgSQL, since its plans are kept for the session: the check costs some microseconds a table.
create function granted_engagement() returns uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    wanted uuid := nullif(current_setting('app.engagement_id', true), '')::uuid;
    account uuid := nullif(current_setting('app.account_id', true), '')::uuid;
begin
    if exists (select 1 from memberships m where m.engagement_id = wanted and m.account_id = account and m.ended_at is null) then
        return wanted;
    end if;
    if exists (select 1 from engagements e where e.id = wanted and e.opened_by = account)
       and not exists (select 1 from memberships m where m.engagement_id = wanted) then
        return wanted;
    end if;
    return null;
end $$;
revoke all on function granted_engagement() from public;
grant execute on function granted_engagement() to certgate_app;

-- Fences a table that belongs to an engagement: row-level security on and forced, one policy a role, no delete.
create procedure fence(t regclass, writes text default 'insert, update') language plpgsql as $$
begin
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy member on %s to certgate_app using (engagement_id = (select granted_engagement())) with check (engagement_id = (select granted_engagement()))', t);
    execute format('create policy auditor on %s for select to certgate_auditor using (true)', t);
    execute format('create policy owner on %s to certgate_owner using (true) with check (true)', t);
    execute format('grant select, %s on %s to certgate_app', writes, t);
    execute format('grant select on %s to certgate_auditor', t);
end $$;

call fence('departments');
call fence('people');
call fence('memberships');
call fence('scope_parts');

alter table clients enable row level security;
alter table clients force row level security;
create policy owner on clients to certgate_owner using (true) with check (true);
create policy auditor on clients for select to certgate_auditor using (true);
create policy consultancy on clients to certgate_app using (consultancy_id in (
    select m.consultancy_id from consultancy_members m where m.account_id = (select current_account()) and m.ended_at is null));
grant select, insert, update on clients to certgate_app;
grant select on clients to certgate_auditor;

alter table engagements enable row level security;
alter table engagements force row level security;
create policy owner on engagements to certgate_owner using (true) with check (true);
create policy auditor on engagements for select to certgate_auditor using (true);
create policy login on engagements for select to certgate_login using (true);
create policy member on engagements for select to certgate_app using (id = (select granted_engagement()));
create policy member_change on engagements for update to certgate_app using (id = (select granted_engagement())) with check (id = (select granted_engagement()));
create policy opening on engagements for insert to certgate_app with check (
    id = (select current_engagement()) and opened_by = (select current_account())
    and consultancy_id in (select m.consultancy_id from consultancy_members m where m.account_id = (select current_account()) and m.ended_at is null));
grant select, insert, update on engagements to certgate_app;
grant select on engagements to certgate_auditor;
grant select (id, code, colour, consultancy_id, client_id, legal_name, edition, closed_at, lead_person_id) on engagements to certgate_login;
-- The list across engagements names the client.
create policy login on clients for select to certgate_login using (true);
grant select (id, name_zh, name_en) on clients to certgate_login;

-- Sign-in finds the memberships of an account, and accepting an invitation fills in the account.
create policy login on memberships to certgate_login using (true) with check (true);
create policy login on people to certgate_login using (true) with check (true);
grant select, update (account_id) on memberships to certgate_login;
grant select, update (account_id) on people to certgate_login;
alter table one_time_links add foreign key (engagement_id, person_id) references people (engagement_id, id);
create policy member on one_time_links to certgate_app
    using (purpose = 'invitation' and engagement_id = (select granted_engagement()))
    with check (purpose = 'invitation' and engagement_id = (select granted_engagement()));

-- What lists across engagements may read: one summary row an engagement, kept by the same change that alters the facts.
create table standings (
    engagement_id uuid primary key references engagements (id),
    as_of date not null,
    overall text not null check (overall in ('met', 'not_yet', 'unknown', 'not_met')),
    eligible_from date,
    basis text check (basis in ('calendar', 'planned')),
    legal_status text not null,
    operation text not null,
    audit_and_review text not null,
    no_penalty text not null,
    gate text not null default 'none' check (gate in ('none', 'recommended', 'declared', 'suspended', 'withdrawn')),
    next_gate_on date,
    computed_at timestamptz not null
);
alter table standings enable row level security;
alter table standings force row level security;
create policy owner on standings to certgate_owner using (true) with check (true);
create policy auditor on standings for select to certgate_auditor using (true);
create policy member on standings to certgate_app using (engagement_id = (select granted_engagement())) with check (engagement_id = (select granted_engagement()));
create policy login on standings for select to certgate_login using (true);
grant select, insert, update on standings to certgate_app;
grant select on standings to certgate_auditor, certgate_login;

create view department_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'in_scope', in_scope) as fact
    from departments where withdrawn_at is null;
create view scope_part_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'in_scope', in_scope, 'planned_start_on', planned_start_on, 'start_on', start_on) as fact
    from scope_parts where withdrawn_at is null;
grant select on department_facts, scope_part_facts to certgate_app, certgate_auditor;

-- What the trail could only say with the named engagement, now with the granted one.
alter policy app_reads on trail_events using (engagement_id = (select granted_engagement()));
alter policy app_reads on trail_entries using (engagement_id = (select granted_engagement()));
alter policy app_records on trail_events with check (
    (engagement_id is null or engagement_id = (select granted_engagement()))
    and (actor_account_id is null or actor_account_id = (select current_account())));
