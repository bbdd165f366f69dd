/** {@code grove simulate}: a whole fleet in one process, each device a client engine with a tree of its own. */
@NullMarked
package dev.grove.tools.simulate;

import org.jspecify.annotations.NullMarked;
