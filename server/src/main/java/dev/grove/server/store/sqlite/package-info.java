/** The embedded store of the fleet: one SQLite file, one writer that commits many units of work together. */
@NullMarked
package dev.grove.server.store.sqlite;

import org.jspecify.annotations.NullMarked;
