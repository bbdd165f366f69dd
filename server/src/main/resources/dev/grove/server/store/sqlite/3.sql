-- What belongs together lies together, in the tree of the primary key, and a turn writes fewer pages.
create table device_3 (
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
) without rowid;
insert into device_3 select * from device;
drop table device;
alter table device_3 rename to device;

create table result_3 (
    job integer not null,
    path text not null,
    status integer,
    detail text,
    results blob not null,
    at integer not null,
    primary key (job, path)
) without rowid;
insert into result_3 select job, path, status, detail, results, at from result;
drop table result;
alter table result_3 rename to result;

create table node_3 (
    device text not null,
    uri text not null,
    format text,
    type text,
    data blob,
    at integer not null,
    primary key (device, uri)
) without rowid;
insert into node_3 select device, uri, format, type, data, at from node;
drop table node;
alter table node_3 rename to node;

-- One row a turn, numbered by session. Traces of before are dropped: nobody relies on them.
drop table trace;
create table trace (
    num integer primary key,
    entries blob not null
);
