/** A server for a fleet of devices: configuration, the HTTP front and the wiring of the parts. */
@NullMarked
package dev.grove.server;

import org.jspecify.annotations.NullMarked;
