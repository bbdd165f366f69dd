/** Other people's programs as a second opinion; each test is skipped, with a reason, where the program is absent. */
@NullMarked
package dev.grove.verify.interop;

import org.jspecify.annotations.NullMarked;
