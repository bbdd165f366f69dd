package dev.grove.testkit.simulation;

/**
 * An operation that can be recognised wherever it turns up, since its value, argument or address holds its name.
 *
 * @param name unique in a simulation
 * @param deviceId whose it is
 * @param job the number of its job, given by the server
 * @param path its place in the job
 * @param kind what it does
 * @param mayRepeat whether it may run again after its answer was lost
 */
record Mark(String name, String deviceId, long job, String path, Kind kind, boolean mayRepeat) {

    /** What a marked operation does. */
    enum Kind {
        READ, WRITE, EXEC
    }
}
