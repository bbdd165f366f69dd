/** The benchmark of the whole server, part by part, each figure beside one that it can be compared with. */
@NullMarked
package dev.grove.tools.bench;

import org.jspecify.annotations.NullMarked;
