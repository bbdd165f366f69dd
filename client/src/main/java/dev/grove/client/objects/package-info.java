/** Management objects that Grove ships, as parts of a device and as examples of how to write one. */
@NullMarked
package dev.grove.client.objects;

import org.jspecify.annotations.NullMarked;
