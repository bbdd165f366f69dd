/** What every store of the fleet must keep: one suite, run over each of them. */
@NullMarked
package dev.grove.verify.store;

import org.jspecify.annotations.NullMarked;
