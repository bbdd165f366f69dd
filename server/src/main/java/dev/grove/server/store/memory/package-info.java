/** A store of the fleet that lives in memory: for tests and trials. */
@NullMarked
package dev.grove.server.store.memory;

import org.jspecify.annotations.NullMarked;
