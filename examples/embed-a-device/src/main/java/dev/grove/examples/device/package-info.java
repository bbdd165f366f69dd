/** A thermostat that is managed: an example of a device maker's own code. */
@NullMarked
package dev.grove.examples.device;

import org.jspecify.annotations.NullMarked;
