-- The gate: proofs that a condition is met, recommendations, declarations and how they ended.

-- A proof says: at this moment, judged on this day, this condition was met, on these records. It cannot stand for a
-- condition that is not met, and it cannot stand without the records that the condition is about.
create table condition_proofs (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    condition text not null check (condition in ('legal_status', 'operation', 'audit_and_review', 'no_penalty')),
    status text not null check (status = 'met'),
    as_of date not null,
    met_since date not null check (met_since <= as_of),
    -- The condition's verdict as the engine gave it, and the SHA-256 of the facts it was given.
    verdict jsonb not null check (verdict ->> 'status' = 'met' and verdict ->> 'condition' = condition),
    facts_sha256 bytea not null check (length(facts_sha256) = 32),
    proved_at timestamptz not null,
    legal_document_id uuid,
    issue_order_id uuid,
    audit_id uuid,
    review_id uuid,
    no_penalty_declaration_id uuid,
    credit_search_id uuid,
    primary key (engagement_id, id),
    unique (engagement_id, id, condition, as_of),
    check (condition <> 'legal_status' or legal_document_id is not null),
    check (condition <> 'operation' or issue_order_id is not null),
    check (condition <> 'audit_and_review' or (audit_id is not null and review_id is not null)),
    check (condition <> 'no_penalty' or (no_penalty_declaration_id is not null and credit_search_id is not null)),
    foreign key (engagement_id, legal_document_id) references legal_documents (engagement_id, id),
    foreign key (engagement_id, issue_order_id) references issue_orders (engagement_id, id),
    foreign key (engagement_id, audit_id) references audits (engagement_id, id),
    foreign key (engagement_id, review_id) references reviews (engagement_id, id),
    foreign key (engagement_id, no_penalty_declaration_id) references no_penalty_declarations (engagement_id, id),
    foreign key (engagement_id, credit_search_id) references credit_searches (engagement_id, id)
);
call fence('condition_proofs', 'insert');

create table recommendations (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    recommended_by uuid not null references accounts (id),
    person_id uuid not null,
    role text not null check (role in ('consultant', 'mgmt_rep')),
    recommended_at timestamptz not null,
    as_of date not null,
    -- The sentence that was signed, and when the password was last given for it.
    meaning text not null check (length(meaning) between 1 and 1000),
    proved_at timestamptz not null,
    primary key (engagement_id, id),
    unique (engagement_id, id, recommended_by),
    foreign key (engagement_id, person_id) references people (engagement_id, id)
);
call fence('recommendations', 'insert');

create table ready_declarations (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    recommendation_id uuid not null,
    recommended_by uuid not null,
    declared_by uuid not null references accounts (id),
    person_id uuid not null,
    role text not null check (role in ('mgmt_rep', 'top_management')),
    declared_at timestamptz not null,
    as_of date not null,
    meaning text not null check (length(meaning) between 1 and 1000),
    proved_at timestamptz not null,
    legal_status_proof uuid not null,
    operation_proof uuid not null,
    audit_and_review_proof uuid not null,
    no_penalty_proof uuid not null,
    legal_status text not null default 'legal_status' check (legal_status = 'legal_status'),
    operation text not null default 'operation' check (operation = 'operation'),
    audit_and_review text not null default 'audit_and_review' check (audit_and_review = 'audit_and_review'),
    no_penalty text not null default 'no_penalty' check (no_penalty = 'no_penalty'),
    -- Set in the same change that writes the row of declaration_ends.
    ended_at timestamptz,
    primary key (engagement_id, id),
    unique (engagement_id, recommendation_id),
    check (declared_by <> recommended_by),
    foreign key (engagement_id, recommendation_id, recommended_by) references recommendations (engagement_id, id, recommended_by),
    foreign key (engagement_id, person_id) references people (engagement_id, id),
    foreign key (engagement_id, legal_status_proof, legal_status, as_of) references condition_proofs (engagement_id, id, condition, as_of),
    foreign key (engagement_id, operation_proof, operation, as_of) references condition_proofs (engagement_id, id, condition, as_of),
    foreign key (engagement_id, audit_and_review_proof, audit_and_review, as_of) references condition_proofs (engagement_id, id, condition, as_of),
    foreign key (engagement_id, no_penalty_proof, no_penalty, as_of) references condition_proofs (engagement_id, id, condition, as_of)
);
-- At most one declaration stands.
create unique index on ready_declarations (engagement_id) where ended_at is null;
call fence('ready_declarations', 'insert, update (ended_at)');

create table declaration_ends (
    engagement_id uuid not null references engagements (id),
    declaration_id uuid not null,
    kind text not null check (kind in ('suspended', 'withdrawn')),
    ended_at timestamptz not null,
    -- Who withdrew it, or whose change broke a condition; empty when a day passed and a proof grew stale.
    ended_by uuid references accounts (id),
    as_of date not null,
    -- For a suspension the verdict that no longer is met; for a withdrawal the words of the person.
    verdict jsonb,
    reason text check (length(reason) between 1 and 1000),
    primary key (engagement_id, declaration_id),
    check (kind <> 'withdrawn' or (ended_by is not null and reason is not null)),
    check (kind <> 'suspended' or (verdict is not null and verdict -> 'overall' ->> 'status' <> 'met')),
    foreign key (engagement_id, declaration_id) references ready_declarations (engagement_id, id)
);
call fence('declaration_ends', 'insert');

-- The facts of one engagement as the contract wants them (section 2), as JSON text, given the catalogue's items of kind D.
-- PL/pgSQL, since its plans are kept for the session. The many operating records are written as text: json_build_object
-- takes twice as long. One line per process, day and day of entry is enough for the rules.
create function readiness_facts(engagement uuid, required text[], judged_on date) returns text language plpgsql stable as $$
declare
    most text;
    records text;
begin
    select json_build_object(
        'version', 1, 'engagement_id', e.code, 'as_of', judged_on,
        'application_on', e.application_on, 'planned_stage2_on', e.planned_stage2_on, 'edition', e.edition,
        'rules', json_build_object('pack', 'seed-2005', 'month_rule', e.month_rule, 'legal_document_rule', e.legal_document_rule,
            'permit_rule', e.permit_rule, 'suspension_rule', e.suspension_rule, 'audit_rule', e.audit_rule, 'review_rule', e.review_rule,
            'penalty_date', e.penalty_date, 'penalty_rule', e.penalty_rule, 'penalty_scope', e.penalty_scope),
        'applicant', json_build_object('id', e.id, 'kind', e.applicant_kind, 'legal_name', e.legal_name, 'parent_name', e.parent_name,
            'production_licence_required', e.production_licence_required, 'permits_required', e.permits_required),
        'legal_documents', (select coalesce(json_agg(f.fact), '[]') from legal_document_facts f where f.engagement_id = engagement),
        'departments', (select coalesce(json_agg(f.fact), '[]') from department_facts f where f.engagement_id = engagement),
        'scope_parts', (select coalesce(json_agg(f.fact), '[]') from scope_part_facts f where f.engagement_id = engagement),
        'issue_orders', (select coalesce(json_agg(f.fact), '[]') from issue_order_facts f where f.engagement_id = engagement),
        'restarts', (select coalesce(json_agg(f.fact), '[]') from restart_facts f where f.engagement_id = engagement),
        'suspensions', (select coalesce(json_agg(f.fact), '[]') from suspension_facts f where f.engagement_id = engagement),
        'required_items', (select coalesce(json_agg(json_build_object('item', i.item, 'excused_on', x.excused_on)), '[]')
            from unnest(required) i (item)
            left join item_excuses x on x.engagement_id = engagement and x.item = i.item and x.withdrawn_at is null),
        'documents', (select coalesce(json_agg(f.fact), '[]') from document_facts f where f.engagement_id = engagement),
        'audits', (select coalesce(json_agg(f.fact), '[]') from audit_facts f where f.engagement_id = engagement),
        'reviews', (select coalesce(json_agg(f.fact), '[]') from review_facts f where f.engagement_id = engagement),
        'penalties', (select coalesce(json_agg(f.fact), '[]') from penalty_facts f where f.engagement_id = engagement),
        'declarations', (select coalesce(json_agg(f.fact), '[]') from no_penalty_declaration_facts f where f.engagement_id = engagement),
        'credit_searches', (select coalesce(json_agg(f.fact), '[]') from credit_search_facts f where f.engagement_id = engagement))::text
    into most from engagements e where e.id = engagement;
    -- Ids, processes and days need no escaping.
    select coalesce(string_agg(concat('{"id":"', r.id, '","process":"', r.process, '","recorded_on":"', r.recorded_on, '","entered_on":"', r.entered_on, '"}'), ','), '')
    into records from (
        select min(o.id::text) as id, o.process, o.recorded_on, o.entered_on from operating_records o
        where o.engagement_id = engagement and o.withdrawn_at is null
        group by o.process, o.recorded_on, o.entered_on) r;
    return left(most, -1) || ', "operating_records" : [' || records || ']}';
end $$;

-- What people call the things that facts name by id: words in Chinese, in English, and who owns it.
create function readiness_labels(engagement uuid) returns text language plpgsql stable as $$
begin
    return (select coalesce(json_object_agg(l.id, json_build_array(l.zh, l.en, l.owner)), '{}')::text from (
        select d.id, concat_ws(' ', d.code, coalesce(nullif(d.name_zh, ''), d.name_en)) as zh, concat_ws(' ', d.code, coalesce(nullif(d.name_en, ''), d.name_zh)) as en, '' as owner
        from departments d where d.engagement_id = engagement and d.withdrawn_at is null
        union all
        select s.id, coalesce(nullif(s.name_zh, ''), s.name_en), coalesce(nullif(s.name_en, ''), s.name_zh), ''
        from scope_parts s where s.engagement_id = engagement and s.withdrawn_at is null
        union all
        select o.id, o.number, o.number, '' from issue_orders o where o.engagement_id = engagement and o.withdrawn_at is null
        union all
        select a.id, concat_ws(' ', a.code, nullif(a.title, '')), concat_ws(' ', a.code, nullif(a.title, '')), ''
        from audits a where a.engagement_id = engagement and a.withdrawn_at is null
        union all
        select f.id, f.code, f.code, coalesce(p.name, '')
        from audit_findings f left join people p on p.engagement_id = f.engagement_id and p.id = f.owner_id
        where f.engagement_id = engagement and f.withdrawn_at is null
        union all
        select v.id, v.title, v.title, '' from reviews v where v.engagement_id = engagement and v.withdrawn_at is null
        union all
        select c.id, concat_ws(' ', c.code, coalesce(nullif(c.title_zh, ''), c.title_en)), concat_ws(' ', c.code, coalesce(nullif(c.title_en, ''), c.title_zh)), ''
        from documents c where c.engagement_id = engagement and c.withdrawn_at is null and c.effective_on is null) l);
end $$;

-- The gate's own state, and the names of those who answer for steps: what stands, what is recommended, how the last ended.
create function readiness_gate(engagement uuid) returns text language plpgsql stable as $$
begin
    return json_build_object(
        'people', (select coalesce(json_object_agg(r.role, r.names), '{}') from (
            select m.role, json_agg(p.name order by m.since, p.name) as names
            from memberships m join people p on p.engagement_id = m.engagement_id and p.id = m.person_id
            where m.engagement_id = engagement and m.ended_at is null and m.role in ('consultant', 'top_management', 'mgmt_rep', 'document_team', 'internal_auditor')
            group by m.role) r),
        'lead', (select e.lead_person_id from engagements e where e.id = engagement),
        'declaration', (select json_build_object('id', d.id, 'account', d.declared_by, 'name', p.name, 'role', d.role, 'at', d.declared_at, 'as_of', d.as_of)
            from ready_declarations d join people p on p.engagement_id = d.engagement_id and p.id = d.person_id
            where d.engagement_id = engagement and d.ended_at is null),
        'recommendations', (select coalesce(json_agg(json_build_object('id', c.id, 'account', c.recommended_by, 'person', c.person_id, 'name', p.name,
                'role', c.role, 'at', c.recommended_at, 'as_of', c.as_of) order by c.recommended_at desc, c.id desc), '[]')
            from recommendations c join people p on p.engagement_id = c.engagement_id and p.id = c.person_id
            where c.engagement_id = engagement
              and not exists (select 1 from ready_declarations d where d.engagement_id = engagement and d.recommendation_id = c.id)
              and c.recommended_at > coalesce((select max(x.ended_at) from declaration_ends x where x.engagement_id = engagement), '-infinity')),
        'last_end', (select json_build_object('declaration', x.declaration_id, 'kind', x.kind, 'at', x.ended_at, 'as_of', x.as_of, 'reason', x.reason)
            from declaration_ends x where x.engagement_id = engagement order by x.ended_at desc limit 1))::text;
end $$;

-- The last verdict of each engagement with what the page of readiness shows beside it, kept by the change that alters the
-- facts, so that the page need not gather some hundred records. It counts only while fact_changes holds nothing newer.
create table readings (
    engagement_id uuid primary key references engagements (id),
    as_of date not null,
    -- The program and catalogue that judged; another one judges anew.
    program text not null,
    -- The facts without operating records and documents in force, which the page only counts.
    facts text not null,
    labels text not null,
    verdict text not null
);
call fence('readings');
-- The job of the new day looks here for engagements whose verdict must be reached anew.
create policy login on readings for select to certgate_login using (true);
grant select (engagement_id, as_of, program) on readings to certgate_login;

-- One row for each change of facts that no verdict has looked at yet. Rows are only added, and taken away by the verdict that
-- saw them, so that no two changes wait for each other here.
create table fact_changes (
    id bigint generated always as identity primary key,
    engagement_id uuid not null
);
create index on fact_changes (engagement_id);
alter table fact_changes enable row level security;
alter table fact_changes force row level security;
create policy owner on fact_changes to certgate_owner using (true) with check (true);
create policy auditor on fact_changes for select to certgate_auditor using (true);
create policy login on fact_changes for select to certgate_login using (true);
create policy member on fact_changes to certgate_app using (engagement_id = (select granted_engagement()));
grant select, delete on fact_changes to certgate_app;
grant select on fact_changes to certgate_auditor;
grant select (engagement_id) on fact_changes to certgate_login;

-- Run with the owner's rights, because whoever alters facts must leave the note.
create function note_fact_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into fact_changes (engagement_id) select distinct t.engagement_id from touched t;
    return null;
end $$;
create function note_engagement_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into fact_changes (engagement_id) select t.id from touched t;
    return null;
end $$;
revoke all on function note_fact_change(), note_engagement_change() from public;

do $$
declare t text;
begin
    foreach t in array array['departments', 'people', 'scope_parts', 'documents', 'item_excuses', 'issue_orders', 'operating_records', 'suspensions', 'restarts',
        'audits', 'audit_areas', 'audit_findings', 'reviews', 'legal_documents', 'penalties', 'no_penalty_declarations', 'credit_searches'] loop
        execute format('create trigger facts_entered after insert on %I referencing new table as touched for each statement execute function note_fact_change()', t);
        execute format('create trigger facts_altered after update on %I referencing new table as touched for each statement execute function note_fact_change()', t);
        execute format('create trigger facts_removed after delete on %I referencing old table as touched for each statement execute function note_fact_change()', t);
    end loop;
end $$;
create trigger facts_altered after update on engagements referencing new table as touched for each statement execute function note_engagement_change();

-- All that the pages of readiness and of the gate need, in one statement. Runs with the owner's rights so that the check of
-- membership is made once and not for each of twenty tables; it takes no engagement and answers for the granted one alone.
-- Without a program it gathers the facts anew, as a look at another day does.
create function member_reading(required text[], judged_on date, program text) returns table (facts text, labels text, verdict text, gate text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    granted uuid := granted_engagement();
begin
    if granted is null then
        return;
    end if;
    select r.facts, r.labels, r.verdict into facts, labels, verdict from readings r
    where r.engagement_id = granted and r.as_of = judged_on and r.program = member_reading.program
      and not exists (select 1 from fact_changes c where c.engagement_id = granted);
    if not found then
        facts := readiness_facts(granted, required, judged_on);
        labels := readiness_labels(granted);
        verdict := null;
    end if;
    gate := readiness_gate(granted);
    return next;
end $$;

revoke all on function readiness_facts(uuid, text[], date), readiness_labels(uuid), readiness_gate(uuid), member_reading(text[], date, text) from public;
grant execute on function readiness_facts(uuid, text[], date) to certgate_auditor;
grant execute on function member_reading(text[], date, text) to certgate_app;
