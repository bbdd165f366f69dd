/** {@code grove device} against {@code grove serve}: real programs, real sockets. */
@NullMarked
package dev.grove.verify.device;

import org.jspecify.annotations.NullMarked;
