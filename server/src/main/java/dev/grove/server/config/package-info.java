/** The settings of the server: each option is described once, here, and read, bounded and documented from that. */
@NullMarked
package dev.grove.server.config;

import org.jspecify.annotations.NullMarked;
