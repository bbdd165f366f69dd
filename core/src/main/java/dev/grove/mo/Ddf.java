package dev.grove.mo;

import dev.grove.tree.Description;

/**
 * A device description file ([TND 1.2 §8.5]).
 *
 * @param verDtd version of the document type, such as {@code 1.2}
 * @param man maker of the device; may be empty
 * @param mod model of the device; may be empty
 */
public record Ddf(String verDtd, String man, String mod, Description description) {}
