package dev.grove.dm1;

/**
 * A large object on its way to the device ([DMPRO 1.3 §7]). Its value is not kept here: it is cut from the task turn by
 * turn.
 *
 * @param jobId of the task
 * @param index of the task
 * @param next where the next chunk begins, in characters of its text or bytes of its opaque data
 * @param isComplete whether the last chunk has left
 * @param isRepeated whether this is the second and last attempt
 */
record Sending(String jobId, int index, int next, boolean isComplete, boolean isRepeated) {

    boolean isOf(String itsJobId, int itsIndex) {
        return index == itsIndex && jobId.equals(itsJobId);
    }

    /** The same object from its beginning. */
    Sending again() {
        return new Sending(jobId, index, 0, false, true);
    }
}
