/**
 * What a unit of work has changed, as layers over what is in the tables: reads see the layers first, changes are
 * gathered in order, ready for a journal or for one statement to a database.
 */
@NullMarked
package dev.grove.server.store.layer;

import org.jspecify.annotations.NullMarked;
