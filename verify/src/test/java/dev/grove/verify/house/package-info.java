/** The rules of the house, as tests: walls between packages, names, sizes, habits. Each rule is shown to bite. */
@NullMarked
package dev.grove.verify.house;

import org.jspecify.annotations.NullMarked;
