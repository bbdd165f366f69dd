/** Doing operations on a tree: rights, checks, status codes, Atomic. One way in: {@link TreeEditor}. */
@NullMarked
package dev.grove.tree.edit;

import org.jspecify.annotations.NullMarked;
