-- What was learned last of a device's tree, change behind change: a turn writes one row here, not one a node. When it has
-- become long it is poured out into the nodes.
create table learned (
    device text primary key,
    changes blob not null
) without rowid;
