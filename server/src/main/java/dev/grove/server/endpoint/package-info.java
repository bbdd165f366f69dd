/** The faces to devices: one class for each wire. They translate between HTTP, the engine and the fleet. */
@NullMarked
package dev.grove.server.endpoint;

import org.jspecify.annotations.NullMarked;
