/** The server as a whole, on real sockets and in real processes. */
@NullMarked
package dev.grove.verify.server;

import org.jspecify.annotations.NullMarked;
