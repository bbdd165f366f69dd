/** HTTP as the faces of the server see it: a call comes, an answer goes. Which library carries them is hidden. */
@NullMarked
package dev.grove.server.http;

import org.jspecify.annotations.NullMarked;
