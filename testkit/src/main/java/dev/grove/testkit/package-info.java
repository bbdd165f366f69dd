/**
 * What integrators test their own peers with: scripted peers ({@link dev.grove.testkit.lockstep}), generators
 * ({@link dev.grove.testkit.random}) and a simulation with faults ({@link dev.grove.testkit.simulation}).
 */
@NullMarked
package dev.grove.testkit;

import org.jspecify.annotations.NullMarked;
