-- Management reviews (step 1.2.1).
create table reviews (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    title text not null default '' check (length(title) <= 200),
    planned_on date,
    held_on date,
    planned_minutes_on date,
    minutes_approved_on date,
    supplement_approved_on date,
    chair text not null check (chair in ('top_management', 'delegate_written', 'other')),
    chair_person_id uuid,
    -- The decisions, one a line with owner and date; they count as assigned when every line has both.
    decisions jsonb not null default '[]' check (jsonb_typeof(decisions) = 'array'),
    agenda_file_id uuid,
    minutes_file_id uuid,
    withdrawn_at timestamptz,
    version integer not null default 1,
    primary key (engagement_id, id),
    check (minutes_approved_on >= held_on), check (minutes_approved_on is null or held_on is not null),
    foreign key (engagement_id, chair_person_id) references people (engagement_id, id),
    foreign key (engagement_id, agenda_file_id) references evidence (engagement_id, id),
    foreign key (engagement_id, minutes_file_id) references evidence (engagement_id, id)
);
call fence('reviews');

-- Decisions count as assigned when there is at least one and every one has an owner and a date.
create view review_facts with (security_invoker = true) as
    select engagement_id, json_build_object(
        'id', id, 'planned_on', planned_on, 'held_on', held_on, 'planned_minutes_on', planned_minutes_on,
        'minutes_approved_on', minutes_approved_on, 'supplement_approved_on', supplement_approved_on, 'chair', chair,
        'decisions_assigned', jsonb_array_length(decisions) > 0 and not exists (
            select 1 from jsonb_array_elements(decisions) d where coalesce(d ->> 'owner', '') = '' or coalesce(d ->> 'due_on', '') = ''),
        'records_kept', array_remove(array[
            case when agenda_file_id is not null then 'agenda' end, case when minutes_file_id is not null then 'minutes' end], null)) as fact
    from reviews where withdrawn_at is null;
grant select on review_facts to certgate_app, certgate_auditor;
