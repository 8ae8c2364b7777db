-- The cases of the organization, who may see them, and what they did.
-- Run by the owner of the database in one transaction. The groups imr_reviewer and imr_coordinator
-- exist already; each reviewer has a role of his own in one of them.

create extension if not exists pg_trgm;

create table schema (
    version integer primary key,
    applied timestamptz not null default clock_timestamp()
);

-- A new epoch begins when the organization restores a backup. Together with the timeline of the
-- server, which a failover increments, it tells a former primary from the present one.
create table epoch (
    number bigint primary key,
    started timestamptz not null default clock_timestamp()
);
insert into epoch (number) values (1);

create table cases (
    number text collate "C" primary key,
    -- Incremented by each save.
    revision bigint not null default 1,
    -- The case file, byte by byte, and its SHA-256.
    body bytea not null,
    digest bytea not null,
    -- The database role of the reviewer; blank while nobody has the case.
    reviewer text collate "C" not null default '',
    -- 'infinity' if no limit runs.
    due date not null default 'infinity',
    -- 0 open, 1 decided, 2 broken or altered, 3 finished, as the worklist sorts them.
    rank smallint not null,
    state text not null,
    priority text not null,
    items integer not null,
    decided integer not null,
    -- What the filter of the worklist searches, case-folded.
    words text not null,
    -- What the reviewer wrote, for the full-text search.
    prose text not null,
    -- Stored from the beginning: adding it later rewrites the table.
    search tsvector not null generated always as (to_tsvector('english', prose)) stored,
    -- What else a row of the worklist shows.
    shown jsonb not null,
    -- The session that wrote the revision, and its count: a repeated save is recognized by them.
    session text not null,
    sequence bigint not null,
    changed timestamptz not null default clock_timestamp(),
    -- The other tables refer to both, so that an assignment reaches their rows, too.
    unique (number, reviewer)
);
-- Each of these has the reviewer: `explain analyze` counts the rows that an index finds and the
-- policy removes, which would tell how many cases of others have a due date.
create index cases_reviewer_rank on cases (reviewer, rank, due, number);
create index cases_rank on cases (rank, due, number, reviewer);
create index cases_reviewer_changed on cases (reviewer, changed, number);
create index cases_changed on cases (changed, number, reviewer);
create index cases_reviewer_state on cases (reviewer, state, due, number);
create index cases_unfinished on cases (due, number, reviewer) where rank < 3;
-- `lower` keeps `=` from this index: unlike `like`, PostgreSQL may evaluate it before the policy,
-- and the count would tell which words the cases of others have.
create index cases_words on cases using gin (lower(words) gin_trgm_ops);
create index cases_search on cases using gin (search);

-- In these tables `reviewer` is that of the case, so that a policy and a key can have it.

create table versions (
    number text collate "C" not null,
    reviewer text collate "C" not null,
    version integer not null,
    at timestamptz not null default clock_timestamp(),
    event text not null,
    body bytea not null,
    digest bytea not null,
    primary key (number, version, reviewer),
    foreign key (number, reviewer) references cases (number, reviewer)
        on update cascade on delete cascade
);

-- The files of a case besides its case file: letters and sealed copies, by their path in the folder.
create table files (
    number text collate "C" not null,
    reviewer text collate "C" not null,
    path text collate "C" not null,
    body bytea not null,
    digest bytea not null,
    primary key (number, path, reviewer),
    foreign key (number, reviewer) references cases (number, reviewer)
        on update cascade on delete cascade
);

-- Which session may write a case. A row stays after a release, because the fence must only grow.
create table claims (
    number text collate "C" not null,
    reviewer text collate "C" not null,
    session text not null default '',
    who text not null default '',
    host text not null default '',
    since timestamptz,
    expires timestamptz not null default '-infinity',
    fence bigint not null default 0,
    -- The session that asks for the case, and until when.
    asked_session text not null default '',
    asked_who text not null default '',
    asked_host text not null default '',
    asked_since timestamptz,
    asked_expires timestamptz not null default '-infinity',
    primary key (number, reviewer),
    foreign key (number, reviewer) references cases (number, reviewer)
        on update cascade on delete cascade
);

create table audit (
    -- Chosen by the session, so that it can repeat an event whose commit was not acknowledged. A
    -- counter would tell how much others do.
    entry uuid primary key,
    at timestamptz not null default clock_timestamp(),
    who text collate "C" not null default current_user,
    host text not null,
    session text not null,
    number text collate "C" not null,
    event text not null,
    digest bytea
);
create index audit_number on audit (number, who, at);

-- Rights. FORCE makes them hold for the owner, too.
alter table cases enable row level security;
alter table cases force row level security;
alter table versions enable row level security;
alter table versions force row level security;
alter table files enable row level security;
alter table files force row level security;
alter table claims enable row level security;
alter table claims force row level security;
alter table audit enable row level security;
alter table audit force row level security;

create policy own on cases for all to imr_reviewer
    using (reviewer = current_user) with check (reviewer = current_user);
create policy every on cases for all to imr_coordinator using (true) with check (true);
create policy own on versions for all to imr_reviewer
    using (reviewer = current_user) with check (reviewer = current_user);
create policy every on versions for all to imr_coordinator using (true) with check (true);
create policy own on files for all to imr_reviewer
    using (reviewer = current_user) with check (reviewer = current_user);
create policy every on files for all to imr_coordinator using (true) with check (true);
create policy own on claims for all to imr_reviewer
    using (reviewer = current_user) with check (reviewer = current_user);
create policy every on claims for all to imr_coordinator using (true) with check (true);

create policy own on audit for select to imr_reviewer using (who = current_user);
create policy every on audit for select to imr_coordinator using (true);
-- Of a case that the role sees, or of no case.
create policy own_name on audit for insert to imr_reviewer, imr_coordinator
    with check (
        who = current_user
        and (number = '' or exists (select from cases where cases.number = audit.number))
    );

grant select on schema, epoch to imr_reviewer, imr_coordinator;
grant select, insert, update on cases, files, claims to imr_reviewer, imr_coordinator;
grant select, insert, delete on versions to imr_reviewer, imr_coordinator;
grant delete on cases to imr_coordinator;
-- Not the time and not the name of who did it.
grant select, insert (entry, host, session, number, event, digest) on audit
    to imr_reviewer, imr_coordinator;

-- The planner estimates by statistics of all rows, whoever asks: by `explain` and comparisons, a
-- reviewer could read from them what others wrote. Without any it assumes fixed shares.
do $$
declare
    each record;
begin
    for each in
        select attrelid::regclass as relation, attnum, attname, relkind
        from pg_attribute join pg_class on pg_class.oid = attrelid
        where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped
            and relname in ('cases', 'cases_words', 'versions', 'files', 'claims', 'audit')
    loop
        if each.relkind = 'i' then
            execute format(
                'alter index %s alter column %s set statistics 0', each.relation, each.attnum
            );
        else
            execute format(
                'alter table %s alter column %I set statistics 0', each.relation, each.attname
            );
        end if;
    end loop;
end
$$;

insert into schema (version) values (1);
