package dev.grove.engine;

import dev.grove.tree.Operation;

/**
 * One top-level operation of a job that waits to be sent to the device, as the store hands it to a session.
 *
 * @param jobId the job it belongs to
 * @param index its place among the job's operations, from 0
 * @param operation what to do
 */
public record Task(String jobId, int index, Operation operation) {}
