-- The first schema. Times are milliseconds since 1970; numbers are never given twice.
create table device (
    id text primary key,
    name text not null,
    certificate text,
    profile text not null,
    created_at integer not null,
    seen_at integer,
    client_user text, client_password text, client_nonce blob,
    client_schemes text not null,
    server_user text, server_password text, server_nonce blob,
    server_scheme text not null
);
create table session (
    num integer primary key autoincrement,
    device text not null,
    session_id text not null,
    version integer not null,
    started_at integer not null,
    last_at integer not null,
    expires_at integer not null,
    ended_at integer,
    reason text,
    remark text,
    profile text not null,
    authenticated integer not null,
    messages integer not null,
    operations integer not null,
    traced integer not null default 1,
    state blob
);
create index session_of_device on session (device, session_id, num);
create index session_alive on session (device, num) where ended_at is null;
create index session_with_state on session (expires_at) where ended_at is not null and state is not null;
create index session_with_trace on session (ended_at) where ended_at is not null and traced = 1;
create index session_ended on session (ended_at) where ended_at is not null;

create table trace (
    num integer primary key,
    session integer not null,
    at integer not null,
    direction text not null,
    media_type text not null,
    body blob not null,
    facts text not null
);
create index trace_of_session on trace (session, num);

create table job (
    num integer primary key autoincrement,
    device text not null,
    operations blob not null,
    steps text not null,
    state text not null,
    live integer not null,
    priority integer not null,
    retry_exec integer not null,
    submitted_at integer not null,
    expires_at integer,
    finished_at integer,
    session integer not null,
    reason text not null
);
create index job_of_device on job (device, num);
create index job_alive on job (device, priority desc, num) where live = 1;
create index job_in_flight on job (session) where session <> 0;
create index job_expiring on job (expires_at) where live = 1 and expires_at is not null;
create index job_finished on job (finished_at) where finished_at is not null;

create table result (
    num integer primary key,
    job integer not null,
    path text not null,
    status integer,
    detail text,
    results blob not null,
    at integer not null
);
create unique index result_of_job on result (job, path);

create table node (
    num integer primary key,
    device text not null,
    uri text not null,
    format text,
    type text,
    data blob,
    at integer not null
);
create unique index node_of_device on node (device, uri);

create table alert (
    num integer primary key autoincrement,
    device text not null,
    session integer not null,
    at integer not null,
    code integer not null,
    type text not null,
    mark text,
    correlator text,
    source text,
    format text not null,
    data_type text not null,
    data blob not null
);
create index alert_of_device on alert (device, num);
