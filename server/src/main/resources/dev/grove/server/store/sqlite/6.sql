-- Messages are kept only where somebody asked: of a session 0 none, 1 some, 2 those to come. When devices use to call.
alter table device add column usual integer;
alter table device add column quiet_until integer;
alter table device add column silent_since integer;
alter table device add column traced_until integer;
create index device_quiet on device (quiet_until) where quiet_until is not null;
create index device_silent on device (id) where silent_since is not null;

drop index session_with_trace;
create index session_with_trace on session (ended_at) where ended_at is not null and traced > 0;
