-- What nodes must know alike, and nobody else may know.
create table secret (
    name text collate "C" primary key,
    value bytea not null
);
