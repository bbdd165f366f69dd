/**
 * The fleet: devices, jobs, sessions, the mirrored trees, alerts; what may happen to them, and the ports through which
 * stores and faces reach them. Knows no protocol, database or HTTP.
 */
@NullMarked
package dev.grove.server.fleet;

import org.jspecify.annotations.NullMarked;
