/** The one command {@code grove} and its subcommands; each is a thin face over a library module. */
@NullMarked
package dev.grove.tools;

import org.jspecify.annotations.NullMarked;
