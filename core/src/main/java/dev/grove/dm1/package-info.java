/** The DM 1.x engines, client and server: pure functions from a state and a packet to the next state and packet. */
@NullMarked
package dev.grove.dm1;

import org.jspecify.annotations.NullMarked;
