/**
 * Apache Cassandra behind the ports of the fleet: a device is a partition, and what one unit of work writes to it is
 * one conditional batch. What is to be found without knowing the device stands in tables of its own.
 */
@NullMarked
package dev.grove.server.store.cassandra;

import org.jspecify.annotations.NullMarked;
