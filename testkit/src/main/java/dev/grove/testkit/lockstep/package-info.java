/**
 * Scripted peers: what is said is exact, right or wrong; what comes back is checked, message by message. For tests of
 * any DM 1.x server ({@link dev.grove.testkit.lockstep.LockstepDevice}) or device
 * ({@link dev.grove.testkit.lockstep.LockstepServer}), in the same process or over HTTP.
 */
@NullMarked
package dev.grove.testkit.lockstep;

import org.jspecify.annotations.NullMarked;
