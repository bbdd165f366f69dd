/**
 * What integrators test their own peers with: scripted peers ({@link dev.grove.testkit.lockstep}) and generators
 * ({@link dev.grove.testkit.random}).
 */
@NullMarked
package dev.grove.testkit;

import org.jspecify.annotations.NullMarked;
