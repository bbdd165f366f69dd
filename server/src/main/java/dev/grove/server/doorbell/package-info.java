/** The bearers by which devices are woken, each behind the port {@link dev.grove.server.doorbell.Doorbell}. */
@org.jspecify.annotations.NullMarked
package dev.grove.server.doorbell;
