/** HTTP as the faces of the server see it: a call comes, an answer goes. Which library carries them is not their matter. */
@NullMarked
package dev.grove.server.http;

import org.jspecify.annotations.NullMarked;
