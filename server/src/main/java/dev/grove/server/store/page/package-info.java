/**
 * The records of the fleet as pages of rows, one page a device: for engines that keep a device's rows together in order
 * and know no more than that. What such an engine cannot find by the device is asked of a {@code FleetIndex}.
 */
@NullMarked
package dev.grove.server.store.page;

import org.jspecify.annotations.NullMarked;
