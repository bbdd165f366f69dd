/** The objects of a DM 2.0 device as a server sees, reads and changes them. */
@NullMarked
package dev.grove.dm2.device;

import org.jspecify.annotations.NullMarked;
