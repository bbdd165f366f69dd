/** The client engine of DM 1.x: a pure function from a state and a packet to the next state and packet. */
@NullMarked
package dev.grove.dm1.client;

import org.jspecify.annotations.NullMarked;
