/**
 * Waking devices: who is to call, what is sent to them, when, and whether they called. The bearers stand behind the
 * port {@link dev.grove.server.doorbell.Doorbell}; nothing here is on the way of a message.
 */
@NullMarked
package dev.grove.server.wake;

import org.jspecify.annotations.NullMarked;
