-- Descriptions (DDF) that people gave for single devices.
create table description (
    num integer primary key,
    device text not null,
    name text not null,
    man text not null,
    mod text not null,
    bytes integer not null,
    sha256 text not null,
    at integer not null,
    document blob not null
);
create unique index description_of_device on description (device, name);
