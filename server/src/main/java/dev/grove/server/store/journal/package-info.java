/**
 * A journal before a store: what a unit of work changes is forced to the disk as a few bytes, kept in memory where all
 * see it, and put into the tables behind later, together with what else has changed. One way in:
 * {@link JournaledStore}.
 */
@NullMarked
package dev.grove.server.store.journal;

import org.jspecify.annotations.NullMarked;
