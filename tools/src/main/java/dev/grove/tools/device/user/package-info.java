/** Who answers the device's questions and looks at its pages: a person at the terminal, or a script. */
@org.jspecify.annotations.NullMarked
package dev.grove.tools.device.user;
