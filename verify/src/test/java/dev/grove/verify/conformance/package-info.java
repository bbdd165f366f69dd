/** Every row of the conformance tables has a test that proves it, or a reason in words. */
@NullMarked
package dev.grove.verify.conformance;

import org.jspecify.annotations.NullMarked;
