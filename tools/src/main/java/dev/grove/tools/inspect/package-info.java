/** What {@code grove decode} and {@code grove encode} do: recognise a document, show it, spell it anew. */
@NullMarked
package dev.grove.tools.inspect;

import org.jspecify.annotations.NullMarked;
