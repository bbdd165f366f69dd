/** The session benchmark: sessions on the durable store beside a constant answer of the same HTTP server. */
@NullMarked
package dev.grove.tools.bench;

import org.jspecify.annotations.NullMarked;
