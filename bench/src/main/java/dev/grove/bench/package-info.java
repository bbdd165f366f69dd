/** Benchmarks of the codecs; see docs/performance.md. */
@NullMarked
package dev.grove.bench;

import org.jspecify.annotations.NullMarked;
