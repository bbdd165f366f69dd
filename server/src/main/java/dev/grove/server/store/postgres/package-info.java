/**
 * The fleet in PostgreSQL, shared by nodes that keep nothing of their own. What a unit of work changes is gathered and
 * sent at its end, in one round trip together with the commit; two units of one device at once are told apart by its
 * row of the table {@code head}, and the later one runs again.
 */
@NullMarked
package dev.grove.server.store.postgres;

import org.jspecify.annotations.NullMarked;
