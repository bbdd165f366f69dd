/** The management tree and the small closed set of what may be done to it. Knows no protocol. */
@NullMarked
package dev.grove.tree;

import org.jspecify.annotations.NullMarked;
