/** The command {@code grove} as a user runs it, on loopback sockets and real files. */
@NullMarked
package dev.grove.verify.command;

import org.jspecify.annotations.NullMarked;
