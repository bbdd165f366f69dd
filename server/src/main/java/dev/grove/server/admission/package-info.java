/** Whether a session may begin now: newcomers are turned away before the server suffers; it goes on with the rest. */
@NullMarked
package dev.grove.server.admission;

import org.jspecify.annotations.NullMarked;
