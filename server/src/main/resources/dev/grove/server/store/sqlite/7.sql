-- Sessions are forgotten in the order of their numbers, which is about the order in which they end: no index is needed.
drop index session_ended;
