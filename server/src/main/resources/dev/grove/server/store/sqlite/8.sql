-- How devices can be woken, and who is to be woken: looked at by the time of the next attempt, and by that of the end.
create table reach (
    device text primary key,
    body blob not null
) without rowid;

create table wake (
    num integer primary key autoincrement,
    device text not null,
    due_at integer,
    ended_at integer,
    body blob not null
);
create index wake_of_device on wake (device, num);
create index wake_open on wake (device, num) where ended_at is null;
create index wake_due on wake (due_at, num) where due_at is not null;
create index wake_ended on wake (ended_at) where ended_at is not null;
