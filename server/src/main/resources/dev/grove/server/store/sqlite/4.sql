-- The key that a device and the server share for TLS, found by its identity at every handshake.
alter table device add column psk_identity text;
alter table device add column psk_key blob;
create index device_by_psk on device (psk_identity) where psk_identity is not null;
