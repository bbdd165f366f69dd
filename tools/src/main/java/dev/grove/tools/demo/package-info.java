/** The tour: a server, a device of each kind, and what they say to each other. */
@NullMarked
package dev.grove.tools.demo;

import org.jspecify.annotations.NullMarked;
