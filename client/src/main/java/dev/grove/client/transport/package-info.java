/** How a device's messages reach the server, and the answers come back. */
@NullMarked
package dev.grove.client.transport;

import org.jspecify.annotations.NullMarked;
