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

-- The facts of one engagement as the contract wants them (section 2), given the catalogue's items of kind D.
create function readiness_facts(engagement uuid, required text[], judged_on date) returns json language sql stable as $$
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
        'operating_records', (select coalesce(json_agg(f.fact), '[]') from operating_record_facts f where f.engagement_id = engagement),
        'audits', (select coalesce(json_agg(f.fact), '[]') from audit_facts f where f.engagement_id = engagement),
        'reviews', (select coalesce(json_agg(f.fact), '[]') from review_facts f where f.engagement_id = engagement),
        'penalties', (select coalesce(json_agg(f.fact), '[]') from penalty_facts f where f.engagement_id = engagement),
        'declarations', (select coalesce(json_agg(f.fact), '[]') from no_penalty_declaration_facts f where f.engagement_id = engagement),
        'credit_searches', (select coalesce(json_agg(f.fact), '[]') from credit_search_facts f where f.engagement_id = engagement))
    from engagements e where e.id = engagement
$$;
revoke all on function readiness_facts(uuid, text[], date) from public;
grant execute on function readiness_facts(uuid, text[], date) to certgate_app, certgate_auditor;
