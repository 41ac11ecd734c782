-- Documents of the management system: the controlled list with the requirements each one covers, and the issue orders.
create table documents (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    code text not null check (length(code) between 1 and 40),
    title_zh text not null default '' check (length(title_zh) <= 200),
    title_en text not null default '' check (length(title_en) <= 200),
    level text not null check (level in ('A', 'B', 'C', 'D')),
    -- Checklist items of kind D that this document covers.
    items text[] not null check (cardinality(items) <= 300),
    planned_effective_on date,
    -- The first effective date; later revisions do not change it.
    effective_on date,
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (title_zh <> '' or title_en <> ''),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
create unique index on documents (engagement_id, code) where withdrawn_at is null;
call fence('documents');

-- Checklist items of kind D that need no document here, with the approved reason.
create table item_excuses (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    item text not null check (item ~ '^[0-9.]+-[0-9]{2}$'),
    excused_on date not null,
    reason text not null check (length(reason) between 1 and 1000),
    approved_by text not null check (length(approved_by) between 1 and 100),
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id)
);
create unique index on item_excuses (engagement_id, item) where withdrawn_at is null;
call fence('item_excuses');

create table issue_orders (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    number text not null default '' check (length(number) <= 100),
    kind text not null check (kind in ('first_edition', 'scope_extension', 'reissue', 're_establishment', 'second_edition')),
    -- Empty: every part of the scope.
    part_ids uuid[] not null default '{}',
    planned_on date,
    issued_on date,
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
call fence('issue_orders');

create view document_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'items', items, 'planned_effective_on', planned_effective_on, 'effective_on', effective_on) as fact
    from documents where withdrawn_at is null and cardinality(items) > 0;
create view issue_order_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'kind', kind, 'part_ids', part_ids, 'planned_on', planned_on, 'issued_on', issued_on, 'file_id', file_id) as fact
    from issue_orders where withdrawn_at is null;
grant select on document_facts, issue_order_facts to certgate_app, certgate_auditor;
