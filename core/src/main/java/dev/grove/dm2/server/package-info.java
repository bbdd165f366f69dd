/** The server's side of a DM 2.0 session: a pure engine. */
@NullMarked
package dev.grove.dm2.server;

import org.jspecify.annotations.NullMarked;
