/** A device: what a device maker embeds. Accounts, sessions, schedules, and the objects that Grove ships. */
@NullMarked
package dev.grove.client;

import org.jspecify.annotations.NullMarked;
