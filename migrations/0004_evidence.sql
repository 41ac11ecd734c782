-- Evidence files: what was uploaded, byte for byte, under its SHA-256 in the store outside the database.
create table evidence (
    engagement_id uuid not null references engagements (id),
    id uuid not null,
    -- E-001, E-002 … within the engagement.
    number integer not null check (number > 0),
    sha256 bytea not null check (length(sha256) = 32),
    size bigint not null check (size > 0),
    media_type text not null check (length(media_type) between 3 and 100),
    file_name text not null check (length(file_name) between 1 and 255),
    note text not null default '' check (length(note) <= 300),
    uploaded_at timestamptz not null,
    uploaded_by uuid not null references accounts (id),
    primary key (engagement_id, id),
    unique (engagement_id, number),
    unique (engagement_id, sha256)
);
call fence('evidence', 'insert');
