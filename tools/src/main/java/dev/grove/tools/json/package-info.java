/** JSON as the tools write and read it. */
@NullMarked
package dev.grove.tools.json;

import org.jspecify.annotations.NullMarked;
