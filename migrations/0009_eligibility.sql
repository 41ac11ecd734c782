-- Eligibility records of conditions 1 and 4: legal documents, penalties, declarations of no penalty, credit searches.
create table legal_documents (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    kind text not null check (kind in ('business_licence', 'legal_person_licence', 'production_licence', 'equivalent_certificate', 'legal_person_certificate', 'registration_certificate', 'parent_licence', 'parent_authorisation', 'permit')),
    permit_code text check (permit_code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
    number text check (length(number) between 1 and 300),
    issuer text check (length(issuer) between 1 and 300),
    holder_name text not null check (length(holder_name) between 1 and 300),
    valid_from date not null,
    -- Empty: long-term or without expiry. The last day counts.
    valid_to date,
    status text not null default 'in_force' check (status in ('in_force', 'abnormal', 'revoked', 'cancelled')),
    status_since date,
    needs_translation boolean not null default false,
    extract_on date,
    file_id uuid,
    translation_file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check ((kind = 'permit') = (permit_code is not null)),
    check (valid_to >= valid_from),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, translation_file_id) references evidence (engagement_id, id)
);
call fence('legal_documents');

create table penalties (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    authority text not null check (length(authority) between 1 and 300),
    document_no text check (length(document_no) between 1 and 300),
    decided_on date not null,
    violation_on date,
    kind text not null check (kind in ('warning', 'criticism', 'fine', 'confiscation', 'licence_held', 'licence_lowered', 'licence_revoked', 'business_restricted', 'suspension_order', 'closure_order', 'other', 'order_to_correct', 'late_payment_charge', 'regulatory_talk')),
    subject text not null check (subject in ('applicant', 'employee', 'parent', 'subsidiary')),
    related boolean not null default true,
    authority_abroad boolean not null default false,
    status text not null default 'in_force' check (status in ('in_force', 'under_appeal', 'changed', 'revoked')),
    status_since date,
    repaired_on date,
    file_id uuid,
    status_file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (decided_on >= violation_on),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, status_file_id) references evidence (engagement_id, id)
);
call fence('penalties');

create table no_penalty_declarations (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    signed_on date not null,
    signed_by text not null check (length(signed_by) between 1 and 100),
    covers_to date,
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (signed_on >= covers_to),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
call fence('no_penalty_declarations');

create table credit_searches (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    source text not null check (length(source) between 1 and 300),
    searched_on date not null,
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
call fence('credit_searches');

create view legal_document_facts with (security_invoker = true) as
    select engagement_id, json_build_object(
        'id', id, 'kind', kind, 'permit_code', permit_code, 'number', number, 'issuer', issuer, 'holder_name', holder_name,
        'valid_from', valid_from, 'valid_to', valid_to, 'status', status, 'status_since', status_since, 'file_id', file_id,
        'needs_translation', needs_translation, 'translation_file_id', translation_file_id, 'extract_on', extract_on) as fact
    from legal_documents where withdrawn_at is null;
create view penalty_facts with (security_invoker = true) as
    select engagement_id, json_build_object(
        'id', id, 'authority', authority, 'document_no', document_no, 'decided_on', decided_on, 'violation_on', violation_on,
        'kind', kind, 'subject', subject, 'related', related, 'authority_abroad', authority_abroad, 'status', status,
        'status_since', status_since, 'repaired_on', repaired_on, 'file_id', file_id, 'status_file_id', status_file_id) as fact
    from penalties where withdrawn_at is null;
create view no_penalty_declaration_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'signed_on', signed_on, 'covers_to', covers_to, 'file_id', file_id) as fact
    from no_penalty_declarations where withdrawn_at is null;
create view credit_search_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'source', source, 'searched_on', searched_on, 'file_id', file_id) as fact
    from credit_searches where withdrawn_at is null;
grant select on legal_document_facts, penalty_facts, no_penalty_declaration_facts, credit_search_facts to certgate_app, certgate_auditor;
