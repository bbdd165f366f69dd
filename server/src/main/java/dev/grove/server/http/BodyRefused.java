package dev.grove.server.http;

/** A body was not taken: too long, too slow, cut off, or in a coding that nobody knows. */
public final class BodyRefused extends Exception {

    private final int status;

    /**
     * @param status the HTTP status that says so: 400, 408, 413 or 415
     * @param reason a sentence for people, without any part of the body
     */
    public BodyRefused(int status, String reason) {
        super(reason, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
