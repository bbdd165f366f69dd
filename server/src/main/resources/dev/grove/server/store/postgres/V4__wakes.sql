-- How devices can be woken, and who is to be woken: looked at by the time of the next attempt, and by that of the end.
-- Nothing of it is on the way of a message.
create table reach (
    device text collate "C" primary key,
    body bytea not null
);

create table wake (
    device text collate "C" not null,
    num bigint not null,
    due_at bigint,
    ended_at bigint,
    body bytea not null,
    primary key (device, num)
);
create index wake_open on wake (device, num) where ended_at is null;
create index wake_due on wake (due_at) where due_at is not null;
create index wake_ended on wake (ended_at) where ended_at is not null;
