package dev.grove.server.doorbell.obex;

import java.time.Duration;

/**
 * How devices are called by OBEX.
 *
 * @param port where the address names none
 * @param patience how long all of a call may take
 * @param atOnce calls that may be under way
 * @param perSecond calls a second; 0: as many as there are
 */
public record ObexSettings(int port, Duration patience, int atOnce, int perSecond) {}
