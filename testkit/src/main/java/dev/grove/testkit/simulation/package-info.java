/**
 * A world in one thread: devices, a server over a store that can crash, jobs, lost and repeated messages; all of it
 * follows from one seed, and what must always hold is checked after each step.
 */
@NullMarked
package dev.grove.testkit.simulation;

import org.jspecify.annotations.NullMarked;
