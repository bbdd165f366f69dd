package dev.grove.tools.simulate;

import java.util.Arrays;

/**
 * When which device calls next: a heap in two arrays, since there may be a million of them. Each device stands in it
 * once at most. Not for several threads.
 */
final class Timetable {

    private long[] dues;
    private int[] devices;
    private int size;

    /** @param devices how many there will be; more find room too */
    Timetable(int devices) {
        this.dues = new long[Math.max(devices, 16)];
        this.devices = new int[Math.max(devices, 16)];
    }

    int size() {
        return size;
    }

    /** When the first is due; the end of time if there is none. */
    long firstDue() {
        return size == 0 ? Long.MAX_VALUE : dues[0];
    }

    void add(int device, long due) {
        if (size == dues.length) {
            dues = Arrays.copyOf(dues, 2 * size);
            devices = Arrays.copyOf(devices, 2 * size);
        }
        int at = size++;
        while (at > 0 && dues[(at - 1) / 2] > due) {
            put(at, devices[(at - 1) / 2], dues[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        put(at, device, due);
    }

    /**
     * Takes the device out that is due first.
     *
     * @throws IllegalStateException if there is none
     */
    int take() {
        if (size == 0) {
            throw new IllegalStateException("nobody is waiting");
        }
        int first = devices[0];
        size--;
        if (size > 0) {
            sink(devices[size], dues[size]);
        }
        return first;
    }

    private void sink(int device, long due) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && dues[child + 1] < dues[child]) {
                child++;
            }
            if (dues[child] >= due) {
                break;
            }
            put(at, devices[child], dues[child]);
            at = child;
        }
        put(at, device, due);
    }

    private void put(int at, int device, long due) {
        devices[at] = device;
        dues[at] = due;
    }
}
