/** How the server's log looks: lines for people or JSON for programs, both with the named values of an event. */
@NullMarked
package dev.grove.server.log;

import org.jspecify.annotations.NullMarked;
