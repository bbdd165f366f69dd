/** Documents that describe or hold trees (DDF, TNDS), and the standard management objects. */
@NullMarked
package dev.grove.mo;

import org.jspecify.annotations.NullMarked;
