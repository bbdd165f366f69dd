/** How a device hears that a server wants it to call: listeners for notifications, and what it takes of them. */
@NullMarked
package dev.grove.client.notify;

import org.jspecify.annotations.NullMarked;
