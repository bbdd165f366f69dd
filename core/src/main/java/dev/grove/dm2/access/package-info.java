/** Who may do what with the objects of a DM 2.0 device, and where a server may send it. */
@NullMarked
package dev.grove.dm2.access;

import org.jspecify.annotations.NullMarked;
