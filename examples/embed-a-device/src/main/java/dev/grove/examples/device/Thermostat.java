package dev.grove.examples.device;

import java.util.concurrent.atomic.AtomicInteger;

/** The thing itself, as its maker has it anyway: it knows nothing of device management. */
final class Thermostat {

    static final int COLDEST = 5;
    static final int WARMEST = 30;

    private final AtomicInteger wanted = new AtomicInteger(20);
    private volatile float measured = 18.5f;

    float measured() {
        return measured;
    }

    int wanted() {
        return wanted.get();
    }

    void want(int degrees) {
        wanted.set(degrees);
    }

    /** Heats as fast as it can until it is warm; the real one takes half an hour. */
    void boost() {
        measured = wanted.get();
    }
}
