-- Audits (steps 1.2.1, 1.3.1): what was audited, by whom, with which records and findings.
create table audits (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    code text not null check (length(code) between 1 and 40),
    title text not null default '' check (length(title) <= 200),
    kind text not null check (kind in ('internal', 'diagnosis', 'mock', 'pre_audit')),
    under_procedure boolean not null default false,
    planned_full_scope boolean not null default false,
    planned_start_on date,
    start_on date,
    end_on date,
    planned_report_on date,
    report_approved_on date,
    report_approved_by text not null default '' check (length(report_approved_by) <= 100),
    part_ids uuid[] not null default '{}',
    -- The records that must be kept: a record counts as kept when its file is here.
    plan_file_id uuid,
    checklist_file_id uuid,
    report_file_id uuid,
    follow_up_file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (end_on >= start_on), check (end_on is null or start_on is not null),
    check (report_approved_on >= end_on), check (report_approved_on is null or end_on is not null),
    foreign key (engagement_id, plan_file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, checklist_file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, report_file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, follow_up_file_id) references evidence (engagement_id, id)
);
create unique index on audits (engagement_id, code) where withdrawn_at is null;
call fence('audits');

create table audit_areas (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    audit_id uuid not null,
    department_id uuid not null,
    clauses text[] not null check (cardinality(clauses) between 1 and 23),
    -- People of the register who audited this area.
    auditor_ids uuid[] not null check (cardinality(auditor_ids) between 1 and 20),
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    foreign key (engagement_id, audit_id) references audits (engagement_id, id),
    foreign key (engagement_id, department_id) references departments (engagement_id, id)
);
create index on audit_areas (engagement_id, audit_id);
call fence('audit_areas');

create table audit_findings (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    audit_id uuid not null,
    code text not null check (length(code) between 1 and 40),
    grade text not null check (grade in ('major', 'minor', 'observation', 'good_practice')),
    item text not null default '' check (length(item) <= 20),
    department_id uuid,
    fact text not null check (length(fact) between 1 and 2000),
    owner_id uuid,
    plan_accepted_on date,
    due_on date,
    verified_on date,
    verified_by uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (verified_by is null or owner_id is null or verified_by <> owner_id),
    check (verified_on is null or verified_by is not null),
    foreign key (engagement_id, audit_id) references audits (engagement_id, id),
    foreign key (engagement_id, department_id) references departments (engagement_id, id),
    foreign key (engagement_id, owner_id) references people (engagement_id, id),
    foreign key (engagement_id, verified_by) references people (engagement_id, id)
);
create index on audit_findings (engagement_id, audit_id);
create unique index on audit_findings (engagement_id, audit_id, code) where withdrawn_at is null;
call fence('audit_findings');

create view audit_facts with (security_invoker = true) as
    select a.engagement_id, json_build_object(
        'id', a.id, 'kind', a.kind, 'under_procedure', a.under_procedure, 'planned_full_scope', a.planned_full_scope,
        'planned_start_on', a.planned_start_on, 'start_on', a.start_on, 'end_on', a.end_on,
        'planned_report_on', a.planned_report_on, 'report_approved_on', a.report_approved_on,
        'part_ids', (select coalesce(json_agg(p.id), '[]') from scope_parts p
                     where p.engagement_id = a.engagement_id and p.id = any (a.part_ids) and p.withdrawn_at is null),
        'areas', (select coalesce(json_agg(json_build_object(
                'department_id', r.department_id, 'clauses', r.clauses,
                'auditors', (select json_agg(json_build_object('person_id', w.person_id, 'department_id', p.department_id))
                             from unnest(r.auditor_ids) w (person_id)
                             left join people p on p.engagement_id = r.engagement_id and p.id = w.person_id))), '[]')
            from audit_areas r where r.engagement_id = a.engagement_id and r.audit_id = a.id and r.withdrawn_at is null),
        'records_kept', array_remove(array[
            case when a.plan_file_id is not null then 'plan' end, case when a.checklist_file_id is not null then 'checklist' end,
            case when a.report_file_id is not null then 'report' end, case when a.follow_up_file_id is not null then 'nc_follow_up' end], null),
        'findings', (select coalesce(json_agg(json_build_object(
                'id', f.id, 'grade', f.grade, 'plan_accepted_on', f.plan_accepted_on, 'due_on', f.due_on, 'verified_on', f.verified_on)), '[]')
            from audit_findings f where f.engagement_id = a.engagement_id and f.audit_id = a.id and f.withdrawn_at is null)) as fact
    from audits a where a.withdrawn_at is null;
grant select on audit_facts to certgate_app, certgate_auditor;
