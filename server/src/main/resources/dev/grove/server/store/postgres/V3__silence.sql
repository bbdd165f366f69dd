-- Devices that fall silent, and those that are noted as silent; the time is moved at few contacts only.
create index device_quiet on device (quiet_until) where quiet_until is not null;
create index device_silent on device (device) where silent_since is not null;
create index job_waiting_longest on job (submitted_at) where live;
