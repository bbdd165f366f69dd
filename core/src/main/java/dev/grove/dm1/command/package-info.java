/** Carrying out the commands of a message on a management tree, with the user where an alert asks for him. */
@NullMarked
package dev.grove.dm1.command;

import org.jspecify.annotations.NullMarked;
