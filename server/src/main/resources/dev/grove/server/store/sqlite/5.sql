-- What DM 2.0 has beside its sessions: addresses for single devices, the objects that devices have.
create table ticket (
    id text primary key,
    device text not null,
    purpose text not null,
    job text not null,
    path text not null,
    node text not null,
    expires_at integer,
    state text not null,
    digest text not null,
    status integer,
    detail text,
    results blob,
    closed_at integer
) without rowid;
create index ticket_of_device on ticket (device) where state <> 'CLOSED';
create index ticket_expiring on ticket (expires_at) where state <> 'CLOSED' and expires_at is not null;
create index ticket_closed on ticket (closed_at) where closed_at is not null;

create table object (
    device text not null,
    moid text not null,
    ddf text,
    instances text not null,
    primary key (device, moid)
) without rowid;

create table validator (
    device text not null,
    moid text not null,
    instance text not null,
    value text not null,
    primary key (device, moid, instance)
) without rowid;

create index job_waiting on job (device, num) where live = 1 and steps like '%WAITING%';
