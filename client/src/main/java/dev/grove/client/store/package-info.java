/** What a device keeps when the power fails: its tree, and what else it must not forget. */
@NullMarked
package dev.grove.client.store;

import org.jspecify.annotations.NullMarked;
