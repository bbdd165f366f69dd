-- The first schema. Times are milliseconds since 1970. Every table is keyed first by device: it can be partitioned or
-- spread by it, and a unit of work of one device stays in one place. Texts compare by code point.
-- What changes with every message stands in no index, so that the row changes in place.

create table head (
    device text collate "C" primary key,
    epoch bigint not null,
    newest bigint not null
) with (fillfactor = 70);

create table device (
    device text collate "C" primary key,
    name text collate "C" not null,
    certificate text,
    profile text not null,
    created_at bigint not null,
    seen_at bigint,
    client_user text, client_password text, client_nonce bytea,
    client_schemes text not null,
    server_user text, server_password text, server_nonce bytea,
    server_scheme text not null,
    psk_identity text collate "C", psk_key bytea,
    usual bigint, quiet_until bigint, silent_since bigint,
    traced_until bigint
) with (fillfactor = 70);
create index device_by_psk on device (psk_identity) where psk_identity is not null;

-- phase: 0 living, 1 ended with the engine's state, 2 ended without. due_at: looked at by the sweeps; not later than
-- expires_at, and moved only when it has passed.
create table session (
    device text collate "C" not null,
    num bigint not null,
    session_id text collate "C" not null,
    version bigint not null,
    started_at bigint not null,
    last_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    reason text,
    remark text,
    profile text not null,
    authenticated boolean not null,
    messages integer not null,
    operations integer not null,
    phase smallint not null,
    due_at bigint not null,
    tracing smallint not null,
    state bytea,
    primary key (device, num)
) with (fillfactor = 70);
create index session_by_id on session (device, session_id, num);
create index session_alive on session (device, num) where phase = 0;
create index session_due on session (phase, due_at) where phase < 2;
create index session_ended on session (ended_at) where phase > 0;
create index session_traced on session (ended_at) where phase > 0 and tracing <> 0;

create table trace (
    device text collate "C" not null,
    session bigint not null,
    turn bigint not null,
    entries bytea not null,
    primary key (device, session, turn)
);

create table job (
    device text collate "C" not null,
    num bigint not null,
    operations bytea not null,
    steps text not null,
    state text not null,
    live boolean not null,
    priority integer not null,
    retry_exec boolean not null,
    submitted_at bigint not null,
    expires_at bigint,
    finished_at bigint,
    session bigint not null,
    reason text not null,
    primary key (device, num)
) with (fillfactor = 70);
create index job_alive on job (device, priority desc, num) where live;
create index job_in_flight on job (device, session) where session <> 0;
create index job_expiring on job (expires_at) where live and expires_at is not null;
create index job_finished on job (finished_at) where finished_at is not null;

create table result (
    device text collate "C" not null,
    job bigint not null,
    path text collate "C" not null,
    status integer,
    detail text,
    results bytea not null,
    at bigint not null,
    primary key (device, job, path)
);

create table node (
    device text collate "C" not null,
    uri text collate "C" not null,
    format text,
    type text,
    data bytea,
    at bigint not null,
    primary key (device, uri)
) with (fillfactor = 80);

create table alert (
    device text collate "C" not null,
    num bigint not null,
    session bigint not null,
    at bigint not null,
    code integer not null,
    type text not null,
    mark text,
    correlator text,
    source text,
    format text not null,
    data_type text not null,
    data bytea not null,
    primary key (device, num)
);
create index alert_at on alert (at);

create table description (
    device text collate "C" not null,
    name text collate "C" not null,
    man text not null,
    mod text not null,
    bytes integer not null,
    sha256 text not null,
    at bigint not null,
    document bytea not null,
    primary key (device, name)
);

create table ticket (
    device text collate "C" not null,
    id text collate "C" not null,
    purpose text not null,
    job text not null,
    path text not null,
    node text not null,
    expires_at bigint,
    state text not null,
    digest text not null,
    status integer,
    detail text,
    results bytea,
    closed_at bigint,
    primary key (device, id)
);
create index ticket_by_id on ticket (id);
create index ticket_expiring on ticket (expires_at) where state <> 'CLOSED' and expires_at is not null;
create index ticket_closed on ticket (closed_at) where closed_at is not null;

create table object (
    device text collate "C" not null,
    moid text collate "C" not null,
    ddf text,
    instances text not null,
    primary key (device, moid)
);

create table validator (
    device text collate "C" not null,
    moid text collate "C" not null,
    instance text collate "C" not null,
    value text not null,
    primary key (device, moid, instance)
);

-- What nodes do for all: who does what just now, and what they tell each other. By the clock of the database.
create table lease (
    work text collate "C" primary key,
    holder text not null,
    ends_at timestamptz not null
);

create table event_batch (
    node text collate "C" not null,
    num bigint not null,
    at bigint not null,
    told_at timestamptz not null default clock_timestamp(),
    events bytea not null,
    primary key (node, num)
);
create index event_batch_told on event_batch (told_at);
