/** DM 2.0: its packages, commands and objects as values, and their JSON. */
@NullMarked
package dev.grove.dm2;

import org.jspecify.annotations.NullMarked;
