/** Spelling: bytes, XML, WBXML, JSON; and their limits. The lowest floor of the house. */
@NullMarked
package dev.grove.wire;

import org.jspecify.annotations.NullMarked;
