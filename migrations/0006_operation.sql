-- Operation (step 1.1.6): records per process and day, suspensions, restarts of the clock.
create table operating_records (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    process text not null check (process in ('6.1', '6.2', '6.3', '6.4', '6.5', '6.6', '7.2', '7.3', '8.2', '8.3', '9.1', '9.2', '10.1')),
    title text not null check (length(title) between 1 and 200),
    reference text not null default '' check (length(reference) <= 100),
    recorded_on date not null,
    -- The civil day on which it was entered here, or in the system it came from.
    entered_on date not null,
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (entered_on >= recorded_on),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
create index on operating_records (engagement_id, process, recorded_on, entered_on) where withdrawn_at is null;
call fence('operating_records');

create table suspensions (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    from_on date not null,
    resumed_on date,
    reason text not null check (length(reason) between 1 and 1000),
    file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (resumed_on > from_on),
    foreign key (engagement_id, file_id) references evidence (engagement_id, id)
);
call fence('suspensions');

create table restarts (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    on_day date not null,
    kind text not null check (kind in ('scope_widened', 'process_rebuilt')),
    reason text not null check (length(reason) between 1 and 1000),
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id)
);
call fence('restarts');

create view suspension_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'from_on', from_on, 'resumed_on', resumed_on) as fact
    from suspensions where withdrawn_at is null;
create view restart_facts with (security_invoker = true) as
    select engagement_id, json_build_object('id', id, 'on', on_day, 'reason', kind) as fact
    from restarts where withdrawn_at is null;
grant select on suspension_facts, restart_facts to certgate_app, certgate_auditor;
