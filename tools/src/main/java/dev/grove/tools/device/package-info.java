/** {@code grove device}: the client library as a program, with a user, a script, demonstration nodes, one or many. */
@NullMarked
package dev.grove.tools.device;

import org.jspecify.annotations.NullMarked;
