package dev.grove.server.doorbell.obex;

import dev.grove.server.doorbell.Flow;

/**
 * How devices are called by OBEX.
 *
 * @param port where the address names none
 * @param flow its patience is for all of a call
 */
public record ObexSettings(int port, Flow flow) {}
