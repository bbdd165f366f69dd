package dev.grove.server.wake;

import dev.grove.server.fleet.Wake;

/** A wake, wherever it is: its number counts the wakes of its device only. */
record WakeKey(String deviceId, long number) {

    static WakeKey of(Wake wake) {
        return new WakeKey(wake.deviceId(), wake.number());
    }
}
