/** What is known of a device beforehand, and which operations that rules out before they are sent. */
@NullMarked
package dev.grove.server.fleet.check;

import org.jspecify.annotations.NullMarked;
