/**
 * Generators: messages, trees, operations and damaged bytes, all of which follow from one seed. A failing test prints
 * its {@link dev.grove.testkit.random.Seed}, and runs again with it.
 */
@NullMarked
package dev.grove.testkit.random;

import org.jspecify.annotations.NullMarked;
