/** The engine of a DM 2.0 device: what it does with the commands of a server, step by step. */
@NullMarked
package dev.grove.dm2.client;

import org.jspecify.annotations.NullMarked;
